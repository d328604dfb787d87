import assert from 'node:assert/strict';
import { it } from 'node:test';
import { dereference, validate, type Schema } from '@cfworker/json-schema';
import { readJson } from '../../../../src/core/json/readJson';
import { loadSchema } from '../../../../src/core/expect/schema/loadSchema';
import { validateJson } from '../../../../src/core/expect/schema/validateJson';
import { anySchemas, anyValues } from '../../../helpers/anySchemas';
import { fc } from '../../../helpers/properties';

/** The draft that a `$schema` stands for. */
const drafts: Readonly<Record<string, '7' | '2019-09'>> = {
  'http://json-schema.org/draft-07/schema#': '7',
  'https://json-schema.org/draft/2019-09/': '2019-09',
};

it('a value is valid by a schema where the library has it so, and says the same where it is not', async () => {
  const files = { directory: '', read: () => Promise.reject(new Error('not read')) };
  await fc.assert(
    fc.asyncProperty(anySchemas, anyValues, async (anySchema, anyValue) => {
      const json = readJson(JSON.stringify(anySchema));
      const body = readJson(JSON.stringify(anyValue));
      assert.ok(json.ok && body.ok);
      const loaded = await loadSchema(json.value, files, 'inline');
      const expected = libraryReason(anySchema, anyValue);
      fc.pre(loaded.ok && expected.kind === 'told');
      assert.equal(inWordsOfTheLibrary(validateJson(body.value, loaded.schema)), expected.reason);
    }),
    { numRuns: 3000 },
  );
});

/** Where its words help nobody, we say it in others. */
function inWordsOfTheLibrary(reason: string | undefined): string | undefined {
  return reason
    ?.replace('Nothing is allowed here', 'False boolean schema')
    .replace(/has more than (\d+) properties$/, 'does not have at least $1 properties');
}

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
