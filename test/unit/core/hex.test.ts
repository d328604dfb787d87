import assert from 'node:assert/strict';
import test from 'node:test';
import { hexText } from '../../../src/core/hex';

test('bytes are two digits each, with something between them or nothing', () => {
  const bytes = Uint8Array.of(0, 1, 15, 16, 171, 255);
  assert.equal(hexText(bytes), '00010f10abff');
  assert.equal(hexText(bytes, ' '), '00 01 0f 10 ab ff');
  assert.equal(hexText(Uint8Array.of(10), ' '), '0a');
  assert.equal(hexText(new Uint8Array(), ' '), '');
});

test('16 MB, as a message of a WebSocket may have, take little of the processor', () => {
  const bytes = new Uint8Array(16 * 1024 * 1024).fill(0xc3);
  const before = process.cpuUsage();
  const text = hexText(bytes);
  const { user, system } = process.cpuUsage(before);
  assert.equal(text.length, 2 * bytes.length);
  assert.match(text.slice(-6), /^c3c3c3$/);
  assert.ok(user + system < 1_500_000, `${(user + system) / 1000} ms`);
});
