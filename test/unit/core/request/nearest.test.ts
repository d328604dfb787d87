import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nearest } from '../../../../src/core/request/nearest';

const table: readonly (readonly [text: string, candidates: readonly string[], expected: string | undefined])[] = [
  ['gte', ['get', 'post'], 'get'],
  ['Get', ['get', 'post'], 'get'],
  ['heders', ['headers', 'head'], 'headers'],
  ['status', ['status', 'statuses'], 'status'],
  ['qurey', ['query', 'url'], 'query'],
  ['frobnicate', ['get', 'post'], undefined],
  ['a', ['b'], undefined],
  ['id', ['ids'], 'ids'],
  ['ab', ['xy'], undefined],
  ['', ['get'], undefined],
  ['x'.repeat(100), ['x'.repeat(99)], undefined],
];
for (const [text, candidates, expected] of table) {
  it(`${text.slice(0, 20)} → ${expected ?? 'none'}`, () => assert.equal(nearest(text, candidates), expected));
}
