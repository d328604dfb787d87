/** A JSON Schema as the validator wants it: plain, and free of inherited members. */
export type PlainSchema = Record<string, unknown>;

const LISTS: ReadonlySet<string> = new Set(['prefixItems', 'items', 'allOf', 'anyOf', 'oneOf']);
const MAPS: ReadonlySet<string> = new Set([
  ...['$defs', 'definitions', 'properties', 'patternProperties', 'dependentSchemas', 'dependencies'],
]);
/** Keywords whose values are data, and no schemas, whatever they look like. */
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'example']);

/**
 * A schema and all that is in it, unknown keywords included: a `$ref` can lead into any of them. Depth costs no stack.
 */
export function* subschemas(root: unknown): Generator<PlainSchema> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const schema = waiting.pop();
    if (!isPlainObject(schema)) continue;
    yield schema;
    for (const [keyword, value] of Object.entries(schema)) {
      if (DATA.has(keyword)) continue;
      if (Array.isArray(value)) {
        if (LISTS.has(keyword)) waiting.push(...(value as unknown[]).slice(0, MOST_IN_LIST));
      } else if (MAPS.has(keyword) && isPlainObject(value)) {
        for (const item of Object.values(value)) waiting.push(item);
      } else {
        waiting.push(value);
      }
    }
  }
}

/** A call takes only so many arguments. */
const MOST_IN_LIST = 10_000;

export function isPlainObject(value: unknown): value is PlainSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
