import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseProjectFile } from '../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../src/core/request/parseRequestFile';
import { repositoryRoot } from '../../helpers/repository';

const source = path.join(repositoryRoot, 'media', 'sample');
const read = (name: string): string => readFileSync(path.join(source, name), 'utf8');
const requestFiles = readdirSync(source).filter((name) => name.endsWith('.http.yaml'));

test('the sample’s project file has nothing to complain about', () => {
  assert.deepEqual(parseProjectFile(read('latchkey.yaml')).diagnostics, []);
});

test('neither have its request files', () => {
  assert.deepEqual(requestFiles.sort(), [
    'auto.http.yaml',
    'chain.http.yaml',
    'errors.http.yaml',
    'orders.http.yaml',
    'profile.http.yaml',
  ]);
  for (const name of requestFiles) {
    const file = parseRequestFile(read(name));
    assert.deepEqual(file.diagnostics, [], name);
    assert.ok(file.requests.length >= 3, name);
  }
});

test('the first request a newcomer sees is me, and it expects 200', () => {
  const [first] = parseRequestFile(read('profile.http.yaml')).requests;
  assert.equal(first?.name, 'me');
});
