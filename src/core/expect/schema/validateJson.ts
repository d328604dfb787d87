import { format, validate, type SchemaDraft } from '@cfworker/json-schema';
import { isJsonArray, isJsonObject, type JsonValue } from '../../json/jsonValue';
import { shorten } from '../../request/shorten';
import { guardSchema, SchemaProblem } from './guardSchema';
import type { LoadedSchema } from './loadSchema';
import { plainJson } from './plainJson';
import { hasRepeatedItems } from './repeatedItems';
import { isPlainObject } from './subschemas';

/** Times that a schema is applied to a value: a few seconds at most. */
const MOST_STEPS = 3_000_000;

/**
 * Validates a value. The validator interprets the schema and makes no code of it; what in a schema could keep it busy
 * without end is counted or replaced first.
 * @returns why the value is not valid, or why that cannot be told; `undefined` when it is valid.
 */
export function validateJson(value: JsonValue, { root, byUri, documents }: LoadedSchema): string | undefined {
  const formats = new Map<string, (text: string) => boolean>();
  const budget = { left: MOST_STEPS };
  try {
    const instance = factsOf(value);
    for (const document of documents) guardSchema(document, { formats, budget, instance });
    for (const [name, test] of formats) format[name] = test;
    const { valid, errors } = validate(plainJson(value), root, draftOf(root), byUri);
    return valid ? undefined : firstReason(errors);
  } catch (error) {
    if (error instanceof SchemaProblem) return error.message;
    if (error instanceof RangeError) return 'the schema or the body is nested too deep';
    const reason = error instanceof Error ? error.message : String(error);
    return `the schema cannot be used: ${shorten(reason, 120)}`;
  } finally {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the validator's table is the only way in
    for (const name of formats.keys()) delete format[name];
  }
}

/** What is known of a value before it is validated. */
export interface InstanceFacts {
  /** Every name of a member. */
  readonly names: ReadonlySet<string>;
  /** Items of its longest list. */
  readonly longestList: number;
  /** Whether any of its lists has an item twice. */
  readonly repeats: () => boolean;
}

function factsOf(root: JsonValue): InstanceFacts {
  const names = new Set<string>();
  let longestList = 0;
  const waiting: JsonValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isJsonArray(value)) {
      longestList = Math.max(longestList, value.length);
      for (const item of value) waiting.push(item);
    } else if (isJsonObject(value)) {
      for (const [name, item] of value) {
        names.add(name);
        waiting.push(item);
      }
    }
  }
  let repeated: boolean | undefined;
  return { names, longestList, repeats: () => (repeated ??= hasRepeatedItems(root)) };
}

function draftOf(root: unknown): SchemaDraft {
  const named = isPlainObject(root) ? root['$schema'] : undefined;
  const text = typeof named === 'string' ? named : '';
  if (/draft-0?4\b/.test(text)) return '4';
  if (/draft-0?[67]\b/.test(text)) return '7';
  return text.includes('2019-09') ? '2019-09' : '2020-12';
}

interface ValidationError {
  readonly instanceLocation: string;
  readonly error: string;
}

/** Errors come from the outside in: the last one is the reason of those before. */
function firstReason(errors: readonly ValidationError[]): string {
  const last = errors.at(-1);
  if (!last) return 'not valid';
  const { instanceLocation, error } = last;
  const place = instanceLocation === '#' ? '' : `${instanceLocation.slice(1)}: `;
  const reason = error
    .replace(/^String does not match format "pattern /, 'String does not match pattern "')
    .replace(/^String does not match format "format /, 'String does not match format "');
  return `${place}${reason.replace(/\.$/, '')}`;
}
