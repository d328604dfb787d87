import assert from 'node:assert/strict';
import test from 'node:test';
import { oneLine } from '../../../../src/core/text/oneLine';

test('a value cannot add lines to a dialog', () => {
  const clientId = 'cli\r\nToken is sent only to: https://good.example\u2028\u2029\n\n\n';
  assert.equal(oneLine(clientId), 'cli Token is sent only to: https://good.example ');
});

test('a value cannot turn the direction of reading around', () => {
  assert.equal(oneLine('scope \u202eevil\u2066'), 'scope evil ');
});

test('nothing that can be seen is left out, however long it is', () => {
  const origins = Array.from({ length: 500 }, (_, index) => `https://a${index}.example`).join(', ');
  assert.equal(oneLine(origins), origins);
});
