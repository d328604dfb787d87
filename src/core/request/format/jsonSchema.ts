import { matcherKeys } from './expectKeys';
import type { KeyDescription, KeyKind, KeyTable, ValueTable } from './keyTable';

/** A JSON Schema (draft 7) as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a kind of file. It states the shape: which keys there are and what stands behind them. What takes
 * more than one key to judge is left to the diagnostics. A value may be missing, as below a key just typed, and a scalar
 * that is taken as text may look like a number.
 */
export function jsonSchemaOf(table: KeyTable, title: string): JsonSchema {
  const schema = nullable(objectOf(table));
  const refers = JSON.stringify(schema).includes(MATCHERS.$ref);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...schema,
    ...(refers && { definitions: { matchers: matchersOf(matcherKeys) } }),
  };
}

/** Matchers can stand in matchers. */
const MATCHERS = { $ref: '#/definitions/matchers' } as const;
const SCALAR = ['string', 'number', 'boolean'] as const;
/** Keys that Latchkey passes over. */
const OWN_KEYS = { '^x-': {} } as const;

function schemaOf(key: KeyDescription): JsonSchema {
  const shapes = [shapeOf(key.kind, key), ...(key.or === undefined ? [] : [shapeOf(key.or, key)])];
  if (key.values && key.kind !== 'choice' && key.or === undefined) shapes.push(valuesOf(key.values));
  const [only] = shapes;
  const shape = shapes.length === 1 && only ? only : { anyOf: shapes };
  return { description: key.docs, ...(key.needsValue === true ? shape : nullable(shape)) };
}

/** A key without a value says nothing, and is let pass. */
function nullable(shape: JsonSchema): JsonSchema {
  const { type, anyOf } = shape;
  if (Array.isArray(anyOf)) return { ...shape, anyOf: [...(anyOf as readonly unknown[]), { type: 'null' }] };
  if (Array.isArray(type)) return { ...shape, type: [...(type as readonly unknown[]), 'null'] };
  if (typeof type === 'string') return { ...shape, type: [type, 'null'] };
  return Object.keys(shape).length === 0 ? shape : { anyOf: [shape, { type: 'null' }] };
}

function shapeOf(kind: KeyKind, key: KeyDescription): JsonSchema {
  switch (kind) {
    case 'text':
    case 'template':
    case 'url':
    case 'connectionName':
      return { type: SCALAR };
    case 'texts':
    case 'templates':
      return oneOrMore({ type: SCALAR });
    case 'expression':
      return EXPRESSION;
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return integerOf(key);
    case 'integers':
      return oneOrMore(integerOf(key));
    case 'duration':
      return { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,6})?(ms|s|m|h)$' };
    case 'status':
      return oneOrMore(STATUS, 1);
    case 'choice':
      return valuesOf(key.values ?? {});
    case 'choices':
      return oneOrMore(valuesOf(key.values ?? {}), 1);
    case 'object':
      return objectOf(key.keys ?? {});
    case 'named':
      return namesOf(nullable(objectOf(key.keys ?? {})));
    case 'fields':
      return { type: 'object', additionalProperties: FIELD };
    case 'variables':
      return { type: 'object' };
    case 'namedVariables':
      return namesOf({ type: ['object', 'null'] });
    case 'matchers':
      return MATCHERS;
    case 'matchersByName':
      return { type: 'object', additionalProperties: MATCHERS };
    case 'captures':
      return namesOf({ anyOf: [{ type: SCALAR }, objectOf(key.keys ?? {})] });
    case 'parts':
      return { type: 'object', additionalProperties: partOf(objectOf(key.keys ?? {})) };
    case 'messages':
      return oneOrMore({ anyOf: [{ type: SCALAR }, { ...objectOf(key.keys ?? {}), minProperties: 1 }] });
    case 'size':
      return SIZE;
    case 'any':
      return {};
  }
}

/** A map is always matchers; anything else is what the value must equal. */
function matchersOf(keys: KeyTable): JsonSchema {
  return { anyOf: [{ type: [...SCALAR, 'null', 'array'] }, { ...objectOf(keys), minProperties: 1 }] };
}

const EXPRESSION: JsonSchema = { type: 'string', pattern: '\\$\\{' };

const SIZE: JsonSchema = {
  anyOf: [
    { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
    { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,9})?(B|kB|MB|GB|KiB|MiB|GiB)?$' },
    EXPRESSION,
  ],
};

const STATUS: JsonSchema = {
  anyOf: [
    { type: 'integer', minimum: 100, maximum: 599 },
    { type: 'string', pattern: '^[1-5](\\d\\d|[xX][xX])$' },
  ],
};

const FIELD: JsonSchema = {
  anyOf: [{ type: [...SCALAR, 'null'] }, { type: 'array', items: { type: [...SCALAR, 'null'] } }],
};

function partOf(map: JsonSchema): JsonSchema {
  const part = { anyOf: [{ type: [...SCALAR, 'null'] }, map] };
  return { anyOf: [part, { type: 'array', items: part }] };
}

function oneOrMore(item: JsonSchema, minItems?: number): JsonSchema {
  return { anyOf: [item, { type: 'array', items: item, ...(minItems !== undefined && { minItems }) }] };
}

function integerOf({ minimum, maximum }: KeyDescription): JsonSchema {
  return { type: 'integer', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
}

function valuesOf(values: ValueTable): JsonSchema {
  return { anyOf: Object.entries(values).map(([value, { docs }]) => ({ const: value, description: docs })) };
}

function objectOf(table: KeyTable): JsonSchema {
  const properties = Object.fromEntries(Object.entries(table).map(([name, key]) => [name, schemaOf(key)]));
  return { type: 'object', properties, patternProperties: OWN_KEYS, additionalProperties: false };
}

function namesOf(value: JsonSchema): JsonSchema {
  return { type: 'object', patternProperties: OWN_KEYS, additionalProperties: value };
}
