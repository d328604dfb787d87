import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, formatDuration, formatSize, formatTimeLeft } from '../../../src/webview/format';

for (const [milliseconds, text] of [
  [0, '0 ms'],
  [4.23, '4.2 ms'],
  [123.4, '123 ms'],
  [999.6, '1 s'],
  [1234, '1.23 s'],
  [125_000, '2 min 5 s'],
] as const) {
  void test(`${milliseconds} milliseconds are ${text}`, () => assert.equal(formatDuration(milliseconds), text));
}

for (const [bytes, text] of [
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [2140, '2.1 kB'],
  [14_400_000, '14 MB'],
  [999_999, '1 MB'],
  [3_000_000_000_000, '3 TB'],
] as const) {
  void test(`${bytes} bytes are ${text}`, () => assert.equal(formatSize(bytes), text));
}

for (const [milliseconds, text] of [
  [-5, '0:00'],
  [252_000, '4:12'],
  [61_500, '1:02'],
  [3_600_000, '1 h 0 min'],
  [12_000_000, '3 h 20 min'],
  [3 * 86_400_000, '3 d'],
] as const) {
  void test(`${milliseconds} milliseconds left are ${text}`, () => assert.equal(formatTimeLeft(milliseconds), text));
}

void test('a placeholder without a fact stays, so that the gap is seen', () => {
  assert.equal(fill('{a} of {b}', { a: 0 }), '0 of {b}');
});
