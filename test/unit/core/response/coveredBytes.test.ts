import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyTable } from '../../../../src/core/response/bodyTable';
import { CoveredBytes } from '../../../../src/core/response/coveredBytes';
import { Secret } from '../../../../src/core/secret';
import { memoryBody, openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const TOKEN = 'eyJhbGciOi.J/UzI1+NiJ9_canary-0042==';
const mask = [new Secret(TOKEN)];

const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16(),
};

for (const [name, encode] of Object.entries(encodings)) {
  test(`no range of the bytes shows a token that is echoed in ${name}, and nothing moves`, async () => {
    const secret = encode(TOKEN);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(200),
        fc.nat(200),
        async (before, after, start, length) => {
          const content = Buffer.concat([before, secret, after]);
          const bytes = await new CoveredBytes(memoryBody(content), mask).read(start, start + length);
          assert.equal(bytes.length, Math.max(0, Math.min(length, content.length - start)));
          for (const [index, byte] of bytes.entries()) {
            const at = start + index - before.length;
            if (at >= 0 && at < secret.length) assert.equal(byte, 42);
            else assert.equal(byte, content[start + index]);
          }
        },
      ),
    );
  });
}

test('a token is covered in the cells of a table, also where quotes hid it', async () => {
  const secret = 'ab"cd"ef,gh-canary';
  const csv = `name,token\nalice,"${secret.replaceAll('"', '""')}"\n`;
  const view = await openBody(csv, { contentType: 'text/csv', mask: [new Secret(secret)] });
  const table = await new BodyTable(view).page(0, 10);
  assert.deepEqual(table.rows[0], ['name', 'token']);
  assert.ok(!JSON.stringify(table).includes('canary'), JSON.stringify(table));
});
