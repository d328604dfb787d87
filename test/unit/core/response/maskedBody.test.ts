import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretMasker } from '../../../../src/core/http/secretMasker';
import { MASK, Secret } from '../../../../src/core/secret';
import { allRows, openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const TOKEN = 'eyJhbGciOi.J/UzI1+NiJ9_canary-0042==';

const forms: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  'with escaped slashes': (text) => text.replaceAll('/', '\\/'),
  'url-encoded': (text) => encodeURIComponent(text),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 within other text': (text) => Buffer.from(`user:${text}!`).toString('base64'),
};

for (const [name, encode] of Object.entries(forms)) {
  void test(`a token that the server echoes ${name} is in no row, no match and no text of the body`, async () => {
    const echoed = encode(TOKEN);
    const text = `{"authorization":"Bearer ${echoed}","list":["${Array(9).fill(echoed).join('","')}"]}`;
    const view = await openBody(text, { mask: [new Secret(TOKEN)] });
    assert.equal(view.hasPretty, true);
    const rows = [
      ...(await allRows(view, { form: 'pretty', width: 16 })),
      ...(await allRows(view, { form: 'raw', width: 16 })),
    ];
    const shown = [rows.map((row) => row.text).join(''), await view.text('raw'), await view.text('pretty')].join('');
    // No eight characters of the token, in this form, are left.
    for (let at = 4; at + 12 < echoed.length; at++) assert.ok(!shown.includes(echoed.slice(at, at + 8)), shown);
    assert.ok(shown.includes(MASK));
    const found = await view.find({ form: 'raw', width: 0 }, echoed.slice(6, 12), 9, new AbortController().signal);
    assert.deepEqual(found.matches, []);
  });
}

void test('the rest of the text stays as it is', async () => {
  const view = await openBody(`{"a":"x ${TOKEN} y"}`, { mask: [new Secret(TOKEN)] });
  assert.equal(await view.text('raw'), `{"a":"x ${MASK} y"}`);
});

const encodings: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  'url-encoded': (text) => encodeURIComponent(text),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'JSON-escaped': (text) => JSON.stringify(text),
  'JSON-escaped with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'form-encoded': (text) => new URLSearchParams({ t: text }).toString(),
};
const token = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...Array.from('ABCxyz019-._~+/=:"é')) });
const around = fc.string({ maxLength: 20 });

for (const [name, encode] of Object.entries(encodings)) {
  void test(`a token is masked ${name}, whatever is around it`, () => {
    fc.assert(
      fc.property(token, around, around, (value, before, after) => {
        const masked = secretMasker([new Secret(value)])(encode(before + value + after));
        assert.ok(masked.includes(MASK), masked);
        for (const form of Object.values(encodings)) assert.ok(!masked.includes(form(value)), masked);
      }),
    );
  });
}

void test('a token that is part of a longer one leaves nothing of it', () => {
  const mask = secretMasker([new Secret('abcdefgh'), new Secret('abcdefgh-ijklmnop')]);
  assert.equal(mask('x abcdefgh-ijklmnop abcdefgh'), `x ${MASK} ${MASK}`);
});

void test('very short values are words, not tokens', () => {
  assert.equal(secretMasker([new Secret('tru'), new Secret('')])('true'), 'true');
});

void test('of a joined secret only the secret parts are masked', () => {
  assert.equal(secretMasker([Secret.join(['Bearer ', new Secret('abcdefgh')])])('Bearer abcdefgh'), `Bearer ${MASK}`);
});
