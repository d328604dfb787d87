import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { oidText, readDer, readDerIn, writeDer } from '../../../../../src/core/oauth/keys/der';
import { fc } from '../../../../helpers/properties';

suite('DER', () => {
  test('what is written is read again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 254 }), fc.uint8Array({ maxLength: 70_000, size: 'max' })), {
          maxLength: 4,
        }),
        (elements) => {
          const whole = writeDer(0x30, ...elements.map(([tag, content]) => writeDer(tag, content)));
          const read = readDerIn(0x30, whole)?.map(({ tag, content }) => [tag, Uint8Array.from(content)]);
          assert.deepEqual(
            read,
            elements.map(([tag, content]) => [tag, Uint8Array.from(content)]),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('any bytes: elements or nothing, and never beyond the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const size = readDer(bytes)?.reduce((sum, { content }) => sum + content.length, 0) ?? 0;
        assert.ok(size <= bytes.length);
      }),
    );
  });

  test('object identifiers are read as people write them', () => {
    const table: readonly (readonly [string, readonly number[]])[] = [
      ['1.2.840.113549.1.1.1', [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]],
      ['1.3.101.112', [0x2b, 0x65, 0x70]],
      ['2.999.3', [0x88, 0x37, 0x03]],
    ];
    for (const [text, bytes] of table) assert.equal(oidText(Uint8Array.from(bytes)), text);
  });
});
