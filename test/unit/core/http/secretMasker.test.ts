import assert from 'node:assert/strict';
import test from 'node:test';
import { secretMasker } from '../../../../src/core/http/secretMasker';
import { joinSensitive, MASK, Secret } from '../../../../src/core/secret';
import { fc } from '../../../helpers/properties';

const TOKEN = 'eyJhbGciOiJ/IUz+I1NiJ9.canary~';
const mask = secretMasker([new Secret(TOKEN)]);

for (const [title, encode] of [
  ['as it is', (text: string) => text],
  ['URL-encoded', encodeURIComponent],
  [
    'URL-encoded in lower case',
    (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['as a form', (text: string) => new URLSearchParams({ t: text }).toString()],
  ['in JSON', (text: string) => JSON.stringify({ text })],
  ['in JSON with escaped slashes', (text: string) => JSON.stringify(text).replaceAll('/', '\\/')],
  ['in base64', (text: string) => Buffer.from(text).toString('base64')],
  ['in base64url', (text: string) => Buffer.from(text).toString('base64url')],
  ['in base64 as Basic credentials', (text: string) => Buffer.from(`user:${text}`).toString('base64')],
  ['in base64 one byte on', (text: string) => Buffer.from(`u:${text}!`).toString('base64')],
  ['in base64, URL-encoded', (text: string) => encodeURIComponent(Buffer.from(text).toString('base64'))],
  ['in lower case, as in a host name', (text: string) => text.toLowerCase()],
] as const) {
  test(`finds a secret ${title}`, () => {
    const masked = mask(`before ${encode(TOKEN)} after`);
    assert.ok(masked.includes(MASK));
    assert.doesNotMatch(masked, /canary|Y2FuYXJ|eyJhbG|ZXlKaGJ|V5SmhiR2|leUpoYkd/i);
    assert.ok(masked.startsWith('before ') && masked.endsWith(' after'));
  });
}

/** What JSON libraries escape beyond what they must, and how they write its code. */
const escapers: readonly (readonly [library: string, escaped: RegExp, isUpper: boolean])[] = [
  ['Gson', /[<>&='\u2028\u2029]/g, false],
  ['Go, Rails', /[<>&\u2028\u2029]/g, false],
  ['Python, Jackson', /[^\x00-\x7f]/g, false],
  ['Newtonsoft', /[<>&'\u0085\u2028\u2029]/g, false],
  ['System.Text.Json', /["<>&'+`\x7f]|[^\x00-\x7f]/g, true],
];

for (const [library, escaped, isUpper] of escapers) {
  test(`finds a secret in JSON as ${library} writes it`, () => {
    for (const secret of ['cGFzc3dv+canary/cg==', `p<a>s&s='"w\\o"r+d\`canary`, 'pässwörter😀canary', '==canary=='])
      for (const text of [secret, Buffer.from(`${secret}?>?>?>`).toString('base64')]) {
        const json = JSON.stringify({ text }).slice(9, -2);
        const code = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
        const written = json.replaceAll(/\\"|[^]/g, (unit) => {
          const character = unit === '\\"' && isUpper ? '"' : unit;
          if (character.length > 1 || !character.match(escaped)) return unit;
          return isUpper ? code(character).toUpperCase().replace('U', 'u') : code(character);
        });
        assert.deepEqual(JSON.parse(`"${written}"`), text);
        const masked = secretMasker([new Secret(secret)])(`{"text":"${written}"}`);
        assert.ok(masked.includes(MASK), written);
        if (text === secret) assert.equal(masked, `{"text":"${MASK}"}`, written);
      }
  });
}

test('any secret of any characters is found in every encoding', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'binary' }), fc.string(), fc.nat(2), (value, around, shift) => {
      const find = secretMasker([new Secret(value)]);
      assert.ok(!find(around + value + around).includes(value) || MASK.includes(value));
      const coded = Buffer.from('x'.repeat(shift) + value).toString('base64');
      const core = coded.slice(4, -4);
      if (core.length >= 12) assert.ok(!find(`a ${coded} b`).includes(core));
    }),
  );
});

test('the secret part of joined text is found alone', () => {
  const joined = joinSensitive(['Bearer ', new Secret('token-abc')]);
  assert.ok(joined instanceof Secret);
  assert.equal(secretMasker([joined])('you sent token-abc and Bearer x'), `you sent ${MASK} and Bearer x`);
});

test('a longer secret leaves nothing behind when a shorter one is its beginning', () => {
  assert.equal(secretMasker([new Secret('abcdef'), new Secret('abcdefghi')])('abcdefghi abcdef'), `${MASK} ${MASK}`);
});

test('words that are too short to be secrets are left alone', () => {
  assert.equal(secretMasker([new Secret('true'), new Secret('')])('true story'), 'true story');
});
