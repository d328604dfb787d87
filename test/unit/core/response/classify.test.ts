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
  ['text/csv', ascii('a,b'), 'csv utf-8'],
  ['text/markdown', ascii('# a'), 'markdown utf-8'],
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

for (const [contentType, head, oddities] of [
  ['text/plain', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0), ['notText']],
  ['text/csv; charset=nonsense', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0), ['unknownCharset', 'notText']],
  ['image/png', ascii('{"error":"no such picture"}'), ['notBinary']],
  ['application/pdf', ascii('<html><body>Error</body></html>'), ['notBinary']],
  ['text/plain; charset=nonsense', ascii('hello'), ['unknownCharset']],
  ['application/json', ascii('{}'), []],
] as const) {
  void test(`what is odd about ${contentType} is told: ${oddities.join(', ') || 'nothing'}`, () => {
    const kind = classifyBody(contentType, head, head.length);
    assert.deepEqual(kind.kind === 'text' && kind.oddities, oddities);
  });
}

void test('bytes that are none of the charset are told, a replacement that is part of the body is not', async () => {
  const odd = await openBody(Buffer.from('name,place\nCharles,caf\xe9\n', 'latin1'), { contentType: 'text/csv' });
  assert.deepEqual(odd.kind.kind === 'text' && odd.kind.oddities, ['invalidBytes']);
  const fine = await openBody('this is how it is written: \ufffd', { contentType: 'text/csv' });
  assert.deepEqual(fine.kind.kind === 'text' && fine.kind.oddities, []);
});

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
