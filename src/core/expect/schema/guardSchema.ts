import { format } from '@cfworker/json-schema';
import { LinearExpression } from '../../regex/linearExpression';
import { shorten } from '../../request/shorten';
import { isPlainObject, subschemas, type PlainSchema } from './subschemas';
import type { InstanceFacts } from './validateJson';

/** Why a schema cannot be applied, in a few words. */
export class SchemaProblem extends Error {}

export interface Guards {
  /** Tests of texts that the validator is to know by these names. */
  readonly formats: Map<string, (text: string) => boolean>;
  readonly budget: { left: number };
  readonly instance: InstanceFacts;
}

/** Comparing each item with each takes the square of the items. */
const MOST_UNIQUE_ITEMS = 2_000;
/** Longer texts are not held to formats, whose expressions are the validator's own. */
const LONGEST_FORMATTED = 1_000;
const TYPES: readonly unknown[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/**
 * Makes a schema of a stranger safe to apply, in place: every step is counted, regular expressions are replaced by
 * ones that take linear time, and what would take the square of a big body is refused.
 * @throws SchemaProblem
 */
export function guardSchema(root: unknown, guards: Guards): void {
  for (const schema of [...subschemas(root)]) {
    checkKeywords(schema, guards.instance);
    replacePattern(schema, guards);
    replaceFormat(schema, guards);
    replacePatternProperties(schema, guards.instance);
    countSteps(schema, guards.budget);
  }
}

function checkKeywords(schema: PlainSchema, { longestList, repeats }: InstanceFacts): void {
  const { type, required, uniqueItems } = schema;
  if (type !== undefined && !(Array.isArray(type) ? type : [type]).every((name) => TYPES.includes(name))) {
    if (!isPlainObject(type))
      throw new SchemaProblem(`the schema has the unknown type ${shorten(JSON.stringify(type))}`);
  }
  if (required !== undefined && !Array.isArray(required) && typeof required !== 'boolean' && !isPlainObject(required)) {
    throw new SchemaProblem('the schema has a required that is no list');
  }
  if (uniqueItems !== true || longestList <= MOST_UNIQUE_ITEMS) return;
  // Where no list has an item twice, it holds wherever it stands.
  if (!repeats()) schema['uniqueItems'] = false;
  else {
    const most = `up to ${MOST_UNIQUE_ITEMS} items`;
    throw new SchemaProblem(
      `a list has an item twice, and which uniqueItems is about is only told for lists of ${most}`,
    );
  }
}

function expressionOf(pattern: string): LinearExpression {
  const parsed = LinearExpression.parse(pattern);
  if (!parsed.ok) throw new SchemaProblem(`the schema has the pattern ${shorten(pattern)}: ${parsed.problem}`);
  return parsed.expression;
}

/** A pattern becomes a format of ours, since a format is a function. */
function replacePattern(schema: PlainSchema, { formats }: Guards): void {
  const { pattern } = schema;
  if (typeof pattern !== 'string') return;
  const expression = expressionOf(pattern);
  const name = `pattern ${pattern}`;
  formats.set(name, (text) => expression.test(text) === true);
  delete schema['pattern'];
  requireToo(schema, { format: name });
}

function replaceFormat(schema: PlainSchema, { formats }: Guards): void {
  const name = schema['format'];
  if (
    typeof name !== 'string' ||
    name.startsWith('pattern ') ||
    name.startsWith('format ') ||
    !Object.hasOwn(format, name)
  )
    return;
  const test = format[name];
  if (!test) return;
  const limited = `format ${name}`;
  formats.set(limited, (text) => text.length > LONGEST_FORMATTED || test(text));
  schema['format'] = limited;
}

function requireToo(schema: PlainSchema, other: PlainSchema): void {
  const all = schema['allOf'];
  schema['allOf'] = [...(Array.isArray(all) ? (all as unknown[]) : []), other];
}

/** `^` first, then single characters and classes, and one repetition at most, at the end: linear in any engine. */
const PLAIN = /^\^(?:[\w -]|\\[dwsDWS.\-/]|\[(?:[^\]\\]|\\.)*\])*[+*]?\$?$/;
/** Members that a pattern which is not plain may match. */
const MOST_NAMES = 500;

/** Patterns for names become the names they match in this body. */
function replacePatternProperties(schema: PlainSchema, { names }: InstanceFacts): void {
  const patterns = schema['patternProperties'];
  if (!isPlainObject(patterns)) return;
  const replaced = Object.create(null) as PlainSchema;
  for (const [index, [pattern, subschema]] of Object.entries(patterns).entries()) {
    const expression = expressionOf(pattern);
    if (PLAIN.test(pattern)) {
      replaced[pattern] = subschema;
      continue;
    }
    const matched = Array.from(names).filter((name) => expression.test(name) === true);
    if (matched.length > MOST_NAMES) {
      throw new SchemaProblem(`the pattern ${shorten(pattern)} matches more than ${MOST_NAMES} members`);
    }
    const never = `[^\\s\\S]{${index + 1}}`;
    replaced[[...matched.map((name) => `^${escaped(name)}$`), never].join('|')] = subschema;
  }
  schema['patternProperties'] = replaced;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The validator reads this keyword of a schema each time that it applies it. */
function countSteps(schema: PlainSchema, budget: { left: number }): void {
  const value = schema['$recursiveAnchor'];
  Object.defineProperty(schema, '$recursiveAnchor', {
    enumerable: false,
    configurable: true,
    get: () => {
      if (--budget.left < 0) throw new SchemaProblem('the schema takes too long on this body');
      return value;
    },
  });
}
