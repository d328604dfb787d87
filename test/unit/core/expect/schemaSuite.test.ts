import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSchema } from '../../../../src/core/expect/schema/loadSchema';
import { validateJson } from '../../../../src/core/expect/schema/validateJson';
import { isOtherwise, schemaDrafts, schemaSamples, type SchemaSample } from '../../../helpers/schemaSuite';

describe('the JSON Schema test suite', () => {
  for (const draft of schemaDrafts) {
    it(draft, async () => {
      let count = 0;
      let otherwise = 0;
      for (const sample of schemaSamples(draft)) {
        count++;
        const isRight = (await problemWith(sample)) === undefined ? sample.valid : !sample.valid;
        if (isOtherwise(sample)) otherwise += isRight ? 0 : 1;
        else assert.ok(isRight, sample.title);
      }
      assert.ok(count > 500, String(count));
      // What is passed over stays little.
      assert.ok(otherwise < 45, String(otherwise));
    });
  }
});

async function problemWith({ schema, data }: SchemaSample): Promise<string | undefined> {
  const files = { directory: '', read: () => Promise.reject(new Error('not read')) };
  const loaded = await loadSchema(schema, files, 'inline');
  return loaded.ok ? validateJson(data, loaded.schema) : loaded.problem;
}
