import assert from 'node:assert/strict';
import test from 'node:test';
import { comparable, placesOf } from '../../../../src/webview/pdf/textSearch';

test('upper and lower case are the same, and so are spaces and line ends', () => {
  assert.equal(comparable('Total\nDUE\u00a0Ärger'), 'total due ärger');
});

test('places stay where they are, whatever a letter becomes', () => {
  for (const text of ['İstanbul', 'ẞ', '𝔘nicode', 'a\ud800b']) assert.equal(comparable(text).length, text.length, text);
});

test('matches come in order, do not overlap, and are limited', () => {
  assert.deepEqual(placesOf('aaaa', 'aa', 9), [0, 2]);
  assert.deepEqual(placesOf('abcabcabc', 'abc', 2), [0, 3]);
  assert.deepEqual(placesOf('abc', '', 9), []);
  assert.deepEqual(placesOf('abc', 'x', 9), []);
});
