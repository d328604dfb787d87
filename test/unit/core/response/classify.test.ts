import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyBody, type BodyKind } from '../../../../src/core/response/classify';
import { openBody } from './openBody';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);

function summary(kind: BodyKind): string {
  return kind.kind === 'text' ? `${kind.language} ${kind.charset}` : kind.kind;
}

for (const [contentType, head, expected] of [
  ['application/json', ascii('{}'), 'json utf-8'],
  ['application/problem+json; charset=utf-8', ascii('{}'), 'json utf-8'],
  ['APPLICATION/HAL+JSON', ascii('{}'), 'json utf-8'],
  ['text/html; charset="ISO-8859-1"', ascii('<p>'), 'html windows-1252'],
  ['application/atom+xml', ascii('<feed/>'), 'xml utf-8'],
  ['image/svg+xml', ascii('<svg/>'), 'xml utf-8'],
  ['text/csv', ascii('a,b'), 'text utf-8'],
  ['text/plain', ascii(' [1]'), 'json utf-8'],
  ['text/plain; charset=no-such-thing', ascii('hello'), 'text utf-8'],
  [undefined, ascii('<!DOCTYPE html>'), 'html utf-8'],
  [undefined, ascii('<?xml version="1.0"?>'), 'xml utf-8'],
  [undefined, ascii('hello'), 'text utf-8'],
  ['', PNG, 'binary'],
  ['image/png', PNG, 'binary'],
  ['text/plain', PNG, 'binary'],
  ['application/octet-stream', ascii('{"a":1}'), 'json utf-8'],
  ['application/octet-stream', Uint8Array.of(1, 2, 3, 0), 'binary'],
  ['application/json', Uint8Array.of(0xff, 0xfe, 0x31, 0), 'json utf-16le'],
  ['garbage;;;=', ascii('x'), 'text utf-8'],
] as const) {
  void test(`${contentType ?? 'no Content-Type'} with ${Buffer.from(head).toString('latin1').slice(0, 12)} is ${expected}`, () => {
    assert.equal(summary(classifyBody(contentType, head, head.length)), expected);
  });
}

void test('a body without bytes is empty, whatever its type', () => {
  assert.deepEqual(classifyBody('application/json', new Uint8Array(), 0), { kind: 'empty' });
});

void test('text is decoded as its charset says', async () => {
  const view = await openBody(Uint8Array.of(0x63, 0x61, 0x66, 0xe9), { contentType: 'text/csv; charset=latin1' });
  assert.equal(await view.text('raw'), 'café');
});

void test('a byte order mark is not part of the text', async () => {
  const view = await openBody(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d));
  assert.equal(await view.text('pretty'), '{}');
});

void test('a body too big to be held shows its first bytes and says how many', async () => {
  const view = await openBody(new Uint8Array(17 * 1024 * 1024).fill(0x20), { contentType: 'application/json' });
  assert.equal(view.shownBytes, 16 * 1024 * 1024);
  assert.equal(view.size, 17 * 1024 * 1024);
  assert.equal(view.hasPretty, false);
  assert.equal(view.mistake, undefined);
});
