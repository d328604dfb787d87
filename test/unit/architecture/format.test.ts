import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { projectFileKeys } from '../../../src/core/request/format/projectKeys';
import { requestFileKeys } from '../../../src/core/request/format/requestKeys';
import { formatPage, formatPath } from '../../tools/docs/formatPage';
import { schemas } from '../../tools/docs/schemas';

test('the list of keys is what the tables make it: else run "npm run docs"', () => {
  const page = formatPage(requestFileKeys, projectFileKeys);
  assert.deepEqual(readFileSync(formatPath, 'utf8').split('\n'), page.split('\n'));
});

test('the JSON Schemas are what the tables make them: else run "npm run docs"', () => {
  for (const [file, schema] of Object.entries(schemas())) {
    assert.deepEqual(readFileSync(file, 'utf8').split('\n'), schema.split('\n'), file);
  }
});

test('the manifest contributes each of the schemas for its files', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly contributes: { readonly yamlValidation: readonly { fileMatch: readonly string[]; url: string }[] };
  };
  const urls = contributes.yamlValidation.map(({ url }) => path.posix.normalize(url));
  assert.deepEqual(urls.sort(), Object.keys(schemas()).sort());
});
