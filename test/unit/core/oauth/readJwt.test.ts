import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readJwt } from '../../../../src/core/oauth/readJwt';
import { unsignedJwt } from '../../../helpers/oauth/jwt';
import { fc } from '../../../helpers/properties';

suite('reading a token as a hint', () => {
  test('header and claims of a JWT, in any script', () => {
    const read = readJwt(unsignedJwt({ name: 'Zoë 🦊', exp: 1 }, { alg: 'ES256', typ: 'at+jwt' }));
    assert.deepEqual(read, {
      kind: 'jwt',
      header: { alg: 'ES256', typ: 'at+jwt' },
      claims: { name: 'Zoë 🦊', exp: 1 },
    });
  });

  test('of an encrypted token only the header', () => {
    const header = { alg: 'RSA-OAEP', enc: 'A256GCM' };
    const [first] = unsignedJwt({}, header).split('.');
    assert.deepEqual(readJwt(`${first}.key.iv.text.tag`), { kind: 'encrypted', header });
  });

  const [header = ''] = unsignedJwt({}).split('.');
  for (const [name, token] of [
    ['an empty text', ''],
    ['an opaque token', 'gho_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['dots', '..'],
    ['two parts', `${header}.e30`],
    ['four parts', `${header}.e30.c2ln.x`],
    ['six parts', `${header}.a.b.c.d.e`],
    ['no base64', `${header}.!!!.c2ln`],
    [
      'invalid UTF-8',
      `${header}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}.c2ln`,
    ],
    ['a list of claims', unsignedJwt([1])],
    ['null for claims', unsignedJwt(null)],
    ['a text for claims', unsignedJwt('"text"')],
    ['a header without an algorithm', unsignedJwt({}, { typ: 'JWT' })],
    ['a list as header', unsignedJwt({}, ['alg'])],
    ['an oversized token', unsignedJwt({ text: 'x'.repeat(1_000_000) })],
  ] as const) {
    test(`${name} is opaque`, () => assert.deepEqual(readJwt(token), { kind: 'opaque' }));
  }

  test('claims that are nested without end are read, and claims named like the machinery are only claims', () => {
    const depth = 50_000;
    const deep = readJwt(unsignedJwt(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`));
    assert.equal(deep.kind, 'jwt');
    const odd = readJwt(unsignedJwt('{"__proto__":{"polluted":true},"constructor":1}'));
    assert.ok(odd.kind === 'jwt');
    assert.deepEqual(Object.keys(odd.claims), ['__proto__', 'constructor']);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  test('never throws', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
      fc.constant(header),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
        assert.match(readJwt(parts.join('.')).kind, /^(jwt|encrypted|opaque)$/);
      }),
    );
  });
});
