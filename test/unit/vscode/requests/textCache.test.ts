import assert from 'node:assert/strict';
import test from 'node:test';
import { TextCache } from '../../../../src/vscode/requests/textCache';

test('the same texts are read once', () => {
  let reads = 0;
  const cache = new TextCache((text: string, other?: string) => `${text}|${other ?? ''}|${++reads}`);
  assert.equal(cache.get('a', 'x'), 'x||1');
  assert.equal(cache.get('a', 'x'), 'x||1');
  assert.equal(cache.get('b', 'x'), 'x||2');
});

test('another text of the same file is read anew, also when a second text comes or goes', () => {
  const cache = new TextCache((text: string, other?: string) => `${text}|${other ?? 'none'}`);
  assert.equal(cache.get('a', 'get: /old'), 'get: /old|none');
  assert.equal(cache.get('a', 'get: /new'), 'get: /new|none');
  assert.equal(cache.get('a', 'get: /new', ''), 'get: /new|');
  assert.equal(cache.get('a', 'get: /new'), 'get: /new|none');
});
