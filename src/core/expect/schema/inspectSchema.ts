import { shorten } from '../../request/shorten';
import type { SchemaExpressions } from './schemaExpressions';
import { SchemaProblem } from './schemaProblem';
import { isPlainObject, subschemas, type PlainSchema } from './subschemas';

const TYPES: readonly unknown[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** What has to be known of a schema before it is applied. */
export interface SchemaFacts {
  /** `unevaluatedProperties` or `unevaluatedItems` stand somewhere in it. */
  readonly tracksEvaluated: boolean;
  /** `$dynamicRef` stands somewhere in it. */
  readonly isDynamic: boolean;
}

/**
 * Looks through a schema for what would make it useless, wherever it is: it says so even where that part is not needed.
 * @throws SchemaProblem
 */
export function inspectSchema(documents: readonly unknown[], expressions: SchemaExpressions): SchemaFacts {
  let tracksEvaluated = false;
  let isDynamic = false;
  for (const document of documents) {
    for (const schema of subschemas(document)) {
      checkWords(schema);
      checkPatterns(schema, expressions);
      tracksEvaluated ||= 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema;
      isDynamic ||= '$dynamicRef' in schema;
    }
  }
  return { tracksEvaluated, isDynamic };
}

/** What is no schema may look like one: a map of properties that are called `type` and `required`. */
function checkWords({ type, required }: PlainSchema): void {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (type !== undefined && !isPlainObject(type) && !types.every((name) => TYPES.includes(name))) {
    throw new SchemaProblem(`the schema has the unknown type ${shorten(JSON.stringify(type))}`);
  }
  if (required !== undefined && !Array.isArray(required) && typeof required !== 'boolean' && !isPlainObject(required)) {
    throw new SchemaProblem('the schema has a required that is no list');
  }
}

function checkPatterns({ pattern, patternProperties }: PlainSchema, expressions: SchemaExpressions): void {
  if (typeof pattern === 'string') expressions.require(pattern);
  if (isPlainObject(patternProperties)) Object.keys(patternProperties).forEach((each) => expressions.require(each));
}
