import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import test from 'node:test';
import { namedApi } from '../../../src/vscode/commands/namedApi';
import { repositoryRoot } from '../../helpers/repository';

test('the sample names the API that it was written for', () => {
  const sample = readFileSync(path.join(repositoryRoot, 'media', 'sample', 'latchkey.yaml'), 'utf8');
  assert.equal(namedApi(sample), 'http://127.0.0.1:28211');
});

for (const [what, text] of [
  ['no variables', 'connections: {}'],
  ['another machine', 'variables: { api: "http://api.example:8080" }'],
  ['an encrypted server', 'variables: { api: "https://127.0.0.1:8080" }'],
  ['an address that another variable completes', 'variables: { api: "http://127.0.0.1:${port}", port: 1 }'],
  ['no address', 'variables: { api: 8080 }'],
  ['a broken file', 'variables: [ api'],
] as const) {
  test(`nothing is named by ${what}`, () => assert.equal(namedApi(text), undefined));
}
