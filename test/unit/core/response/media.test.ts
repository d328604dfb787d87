import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyBody } from '../../../../src/core/response/classify';
import { mediaOf } from '../../../../src/core/response/media';
import { viewersOf } from '../../../../src/core/response/viewers';
import { fc } from '../../../helpers/properties';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

for (const [said, head, type] of [
  ['image/png', '\x89PNG\r\n\x1a\n', 'image/png'],
  ['application/octet-stream', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['text/plain', 'GIF89a', 'image/gif'],
  ['image/jpeg', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['', '\0\0\0\x1cftypavif', 'image/avif'],
  ['image/svg+xml', '<svg/>', 'image/svg+xml'],
  ['application/pdf', '%PDF-1.7', 'application/pdf'],
  ['audio/wav', 'RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
  ['video/mp4', '\0\0\0\x18ftypisom', 'video/mp4'],
  ['video/ogg', 'OggS', 'video/ogg'],
  ['audio/mpeg', '\xff\xfb\x90', 'audio/mpeg'],
  ['image/png', 'no picture', undefined],
  ['text/html', 'BM is short for', undefined],
  ['image/bmp', 'BM\x46\0', 'image/bmp'],
] as const) {
  test(`${said || 'no type'} that begins with ${JSON.stringify(head)} is ${type ?? 'no picture'}`, () => {
    assert.equal(mediaOf(said, ascii(head))?.type, type);
  });
}

test('the type that a browser is given is one of ours, whatever the server says', () => {
  const ours = /^(?:image|audio|video|application)\/(?:[a-z-]+|svg\+xml|mp4)$/;
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ maxLength: 16 }), (said, head) => {
      const type = mediaOf(said, head)?.type;
      assert.ok(type === undefined || ours.test(type), type);
    }),
  );
});

for (const [contentType, head, hasPretty, viewers] of [
  ['application/json', '{}', true, ['pretty', 'raw', 'hex']],
  ['application/json', '{', false, ['raw', 'hex']],
  ['text/csv', 'a,b', false, ['table', 'raw', 'hex']],
  ['text/markdown', '# a', false, ['preview', 'raw', 'hex']],
  ['text/html', '<p>', false, ['raw', 'preview', 'hex']],
  ['image/svg+xml', '<svg/>', false, ['image', 'raw', 'hex']],
  ['image/png', '\x89PNG\r\n\x1a\n\0', false, ['image', 'hex']],
  ['text/plain', 'PK\x03\x04\0\0', false, ['hex', 'raw']],
  ['application/x-thing', '\0\x01', false, ['hex']],
] as const) {
  test(`${contentType} with ${JSON.stringify(head)} can be looked at as ${viewers.join(', ')}`, () => {
    const kind = classifyBody(contentType, ascii(head), head.length);
    const mediaType = kind.kind === 'empty' ? '' : kind.mediaType;
    assert.deepEqual(viewersOf(kind, mediaOf(mediaType, ascii(head)), hasPretty), viewers);
  });
}
