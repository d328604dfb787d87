import assert from 'node:assert/strict';
import { it } from 'node:test';
import { dereference, validate, type Schema } from '@cfworker/json-schema';
import fc from 'fast-check';
import { readJson } from '../../../../src/core/json/readJson';
import { loadSchema } from '../../../../src/core/expect/schema/loadSchema';
import { validateJson } from '../../../../src/core/expect/schema/validateJson';

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

/** The draft that a `$schema` stands for. */
const drafts: Readonly<Record<string, '7' | '2019-09'>> = {
  'http://json-schema.org/draft-07/schema#': '7',
  'https://json-schema.org/draft/2019-09/': '2019-09',
};

it('a value is valid by a schema where the library has it so, and says the same where it is not', async () => {
  const files = { directory: '', read: () => Promise.reject(new Error('not read')) };
  await fc.assert(
    fc.asyncProperty(schema, value, async (anySchema, anyValue) => {
      const json = readJson(JSON.stringify(anySchema));
      const body = readJson(JSON.stringify(anyValue));
      assert.ok(json.ok && body.ok);
      const loaded = await loadSchema(json.value, files, 'inline');
      const expected = libraryReason(anySchema, anyValue);
      fc.pre(loaded.ok && expected.kind === 'told');
      assert.equal(validateJson(body.value, loaded.schema), expected.reason);
    }),
    { numRuns: 3000 },
  );
});

/** The library's last reason; not told where it recurses without end, or cannot read the schema. */
function libraryReason(
  anySchema: unknown,
  anyValue: unknown,
): { readonly kind: 'told'; readonly reason: string | undefined } | { readonly kind: 'none' } {
  const plain = bare(anySchema) as Schema | boolean;
  const named = typeof plain === 'boolean' ? undefined : plain.$schema;
  const draft = drafts[named ?? ''] ?? '2020-12';
  try {
    const lookup = dereference(plain, Object.create(null) as Record<string, Schema>);
    const { valid, errors } = validate(bare(anyValue), plain, draft, lookup);
    if (valid) return { kind: 'told', reason: undefined };
    const { instanceLocation = '#', error = '' } = errors.at(-1) ?? {};
    const place = instanceLocation === '#' ? '' : `${instanceLocation.slice(1)}: `;
    return { kind: 'told', reason: `${place}${error.replace(/\.$/, '')}` };
  } catch {
    return { kind: 'none' };
  }
}

/** As the library gets it: without inherited members. */
function bare(any: unknown): unknown {
  if (typeof any !== 'object' || any === null) return any;
  if (Array.isArray(any)) return any.map(bare);
  return Object.assign(
    Object.create(null) as object,
    Object.fromEntries(Object.entries(any).map(([key, item]) => [key, bare(item)])),
  );
}
