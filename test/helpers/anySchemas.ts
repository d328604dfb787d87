import { fc } from './properties';

const name = fc.constantFrom('a', 'b', 'c/~d e', '$ref');
const scalar = fc.oneof(
  fc.constantFrom(0, 1, 2.5, -3, 1e21, 12, '', 'a', 'ab', '😀x', '2024-02-30', true, false, null),
  fc.integer({ min: -5, max: 5 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const size = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'array', 'object', 'null');

const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const one = tie('schema');
  const some = fc.array(one, { minLength: 1, maxLength: 3 });
  const byName = fc.dictionary(name, one, { maxKeys: 3 });
  const names = fc.uniqueArray(name, { maxLength: 2 });
  const keywords = {
    ...{ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })), const: value },
    ...{ enum: fc.array(value, { minLength: 1, maxLength: 3 }) },
    ...{ not: one, anyOf: some, allOf: some, oneOf: some, if: one, then: one, else: one },
    ...{ required: names, minProperties: size, maxProperties: size, propertyNames: one, properties: byName },
    ...{ dependentRequired: fc.dictionary(name, names, { maxKeys: 2 }), dependentSchemas: byName },
    ...{ dependencies: fc.dictionary(name, fc.oneof(names, one), { maxKeys: 2 }) },
    ...{ patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$', '.'), one, { maxKeys: 2 }) },
    ...{ additionalProperties: one, unevaluatedProperties: one },
    ...{ prefixItems: some, items: fc.oneof(one, some), additionalItems: one, unevaluatedItems: one },
    ...{ contains: one, minContains: size, maxContains: size, minItems: size, maxItems: size },
    ...{ uniqueItems: fc.boolean(), minimum: size, maximum: size, exclusiveMinimum: size, exclusiveMaximum: size },
    ...{ multipleOf: fc.constantFrom(1, 2, 0.1, 0), minLength: size, maxLength: size },
    ...{ format: fc.constantFrom('date', 'email', 'none'), $ref: fc.constantFrom('#', '#/properties/a', '#/allOf/0') },
    ...{
      $schema: fc.constantFrom('http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/'),
    },
  };
  const record = fc
    .subarray(Object.keys(keywords) as (keyof typeof keywords)[], { minLength: 1, maxLength: 4 })
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, keywords[key] as fc.Arbitrary<unknown>]))));
  return {
    schema: fc.oneof({ maxDepth: 4 }, { arbitrary: fc.boolean(), weight: 1 }, { arbitrary: record, weight: 5 }),
  };
});

/** JSON values of all kinds, such as {@link anySchemas} tell apart. */
export const anyValues: fc.Arbitrary<unknown> = value;

/** JSON Schemas with up to four keywords at each level, of three drafts. */
export const anySchemas: fc.Arbitrary<unknown> = schema;
