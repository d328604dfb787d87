import assert from 'node:assert/strict';
import test from 'node:test';
import { shownSigningText } from '../../../../../src/core/http/signing/signingText';
import { MASK, Secret } from '../../../../../src/core/secret';

test('a text that is signed is shown in one line, with names for what comes later and no secret', () => {
  const text = [
    ...['POST\r\n', { name: 'path', isBase64: false }, '\n', { name: 'bodyHash', isBase64: true }],
    new Secret('canary'),
  ] as const;
  assert.equal(shownSigningText(text), `POST\\r\\n{path}\\n{bodyHash:base64}${MASK}`);
});
