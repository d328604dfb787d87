import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asciiText, bytesPerRow, hexText, offsetText } from '../../../../src/webview/viewers/hexRows';

test('as many bytes are in a row as fit beside each other', () => {
  assert.deepEqual([24, 45, 52, 80, 200].map(bytesPerRow), [4, 8, 8, 16, 32]);
});

test('a row has its offset, its bytes as wide as a full row, and its characters', () => {
  const bytes = Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0xff, 0x7f, 0x20, 0x7e]);
  assert.equal(offsetText(0xfffffff0), 'fffffff0');
  assert.equal(hexText(bytes, 16), '50 4b 03 04 00 ff 7f 20  7e                     ');
  assert.equal(hexText(bytes, 16).length, hexText(new Uint8Array(16), 16).length);
  assert.equal(asciiText(bytes), 'PK..... ~');
});
