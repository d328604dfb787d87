import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskSecrets } from '../../../../src/core/response/mask';
import { MASK, Secret } from '../../../../src/core/secret';
import { allRows, openBody } from './memoryBody';

const TOKEN = 'eyJhbGciOi.J/UzI1+NiJ9_canary-0042==';
const token = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'ABCxyz019-._~+/=:"é') });
const around = fc.string({ maxLength: 20 });

const forms: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  json: (text) => JSON.stringify(text),
  'json with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'url-encoded': (text) => encodeURIComponent(text),
  'form-encoded': (text) => new URLSearchParams({ t: text }).toString(),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
};

for (const [name, encode] of Object.entries(forms)) {
  void test(`a token is masked in its ${name} form, whatever is around it`, () => {
    fc.assert(
      fc.property(token, around, around, (value, before, after) => {
        // What surrounds a token by chance must not be part of it.
        fc.pre(!before.includes(value) && !after.includes(value));
        const masked = maskSecrets(encode(before + value + after), [new Secret(value)]);
        assert.ok(masked.includes(MASK), masked);
        for (const form of Object.values(forms)) assert.ok(!masked.includes(form(value)), masked);
      }),
    );
  });
}

void test('the rest of the text stays as it is', () => {
  assert.equal(maskSecrets(`a ${TOKEN} b`, [new Secret(TOKEN)]), `a ${MASK} b`);
});

void test('a token that is part of a longer one leaves nothing of it', () => {
  const secrets = [new Secret('abcdefgh'), new Secret('abcdefgh-ijklmnop')];
  assert.equal(maskSecrets('x abcdefgh-ijklmnop abcdefgh', secrets), `x ${MASK} ${MASK}`);
});

void test('short values are words, not tokens', () => {
  assert.equal(maskSecrets('true', [new Secret('true'), new Secret('')]), 'true');
});

void test('a token that the server echoes is in no row, no match and no text of the body', async () => {
  const echo = { authorization: `Bearer ${TOKEN}`, list: Array.from({ length: 20 }, () => TOKEN) };
  const view = await openBody(JSON.stringify(echo), { mask: [new Secret(TOKEN)] });
  const rows = [
    ...(await allRows(view, { form: 'pretty', width: 16 })),
    ...(await allRows(view, { form: 'raw', width: 16 })),
  ];
  const shown = [rows.map((row) => row.text).join(''), await view.text('raw'), await view.text('pretty')].join('');
  assert.ok(!shown.includes('canary'));
  assert.ok(shown.includes(`Bearer ${MASK}`));
  const found = await view.find({ form: 'pretty', width: 0 }, 'canary', 9, new AbortController().signal);
  assert.deepEqual(found.matches, []);
});
