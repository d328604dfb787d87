import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { digestChallenge } from '../../../../../src/core/http/signing/digestChallenge';
import { digestResponse, type DigestInput } from '../../../../../src/core/http/signing/digestResponse';
import { revealForTransport, Secret } from '../../../../../src/core/secret';

/** What the server asks in the examples of RFC 7616 §3.9.1. */
const MUFASA = (algorithm: string): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

/** And in §3.9.2. */
const JASON = (userhash: string): string =>
  'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ' +
  `nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=${userhash}`;

function answer(challenge: string, changes: Partial<DigestInput> = {}): string {
  const found = digestChallenge([['WWW-Authenticate', challenge]]);
  assert.ok(found);
  const cnonce = changes.cnonce ?? 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  return revealForTransport(
    digestResponse({
      challenge: found,
      username: 'Mufasa',
      password: new Secret('Circle of Life'),
      method: 'GET',
      uri: '/dir/index.html',
      cnonce,
      count: 1,
      session: { nonce: found.nonce, cnonce },
      bodyHash: undefined,
      ...changes,
    }),
  );
}

function field(header: string, name: string): string | undefined {
  return new RegExp(`[ ,]${name.replace('*', '\\*')}="?([^",]*)"?`).exec(header)?.[1];
}

describe('the examples of RFC 7616', () => {
  for (const [algorithm, response] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const) {
    it(`${algorithm} [§3.9.1]`, () => {
      assert.equal(
        answer(MUFASA(algorithm)),
        'Digest username="Mufasa", realm="http-auth@example.org", ' +
          'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", ' +
          `response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, ` +
          'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
      );
    });
  }

  const jason = {
    username: 'Ja\u0308søn Doe',
    password: new Secret('Secret, or not?'),
    uri: '/doe.json',
    cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
  };

  it('SHA-512-256 with a hashed name [§3.9.2 as erratum 4897 has it]', () => {
    const header = answer(JASON('true'), jason);
    assert.equal(field(header, 'username'), '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b');
    assert.equal(field(header, 'response'), '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
    assert.equal(field(header, 'userhash'), 'true');
  });

  it('SHA-512-256 with a name beyond ASCII', () => {
    const header = answer(JASON('false'), jason);
    assert.equal(field(header, 'username*'), "UTF-8''J%C3%A4s%C3%B8n%20Doe");
    assert.equal(field(header, 'response'), '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });
});

describe('other answers', () => {
  it('without qop, as RFC 2069 has it', () => {
    const header = answer('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"');
    assert.doesNotMatch(header, /qop|nc=|cnonce|algorithm|opaque/);
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const [key, what] = [md5('Mufasa:testrealm@host.com:Circle of Life'), md5('GET:/dir/index.html')];
    assert.equal(field(header, 'response'), md5(`${key}:dcd98b7102dd2f0e8b11d0f600bfb0c093:${what}`));
  });

  it('escapes what stands in quotes', () => {
    const header = answer('Digest realm="a \\"b\\" \\\\c", nonce="n", qop=auth', { username: 'x"y' });
    assert.match(header, /^Digest username="x\\"y", realm="a \\"b\\" \\\\c", /);
  });

  it('shows everything but the answer', () => {
    const challenge = digestChallenge([['WWW-Authenticate', MUFASA('MD5')]]);
    assert.ok(challenge);
    const { shown } = digestResponse({
      ...{ challenge, username: new Secret('canary-user'), password: new Secret('canary-word') },
      ...{ method: 'GET', uri: new Secret('/?key=canary'), cnonce: 'c', count: 1, bodyHash: undefined },
      session: { nonce: 'n', cnonce: 'c' },
    });
    assert.match(shown, /^Digest username=••••••, realm="http-auth@example.org", .* uri="••••••", response="••••••"/);
    assert.doesNotMatch(shown, /canary/);
  });
});

describe('which challenge is taken', () => {
  const table: readonly (readonly [title: string, headers: readonly string[], algorithm: string | undefined])[] = [
    ['the first that can be answered', [MUFASA('SHA-256'), MUFASA('MD5')], 'SHA-256'],
    ['none with an unknown hash', [MUFASA('SHA-3'), MUFASA('MD5')], 'MD5'],
    ['a session', [MUFASA('sha-256-sess')], 'sha-256-sess'],
    ['never Basic', ['Basic realm="x"'], undefined],
    ['Digest behind Basic', [`Basic realm="x", ${MUFASA('MD5')}`], 'MD5'],
    ['none without a nonce', ['Digest realm="x", algorithm=MD5'], undefined],
    ['none with an unknown qop', ['Digest realm="x", nonce="n", algorithm=MD5, qop="other"'], undefined],
  ];
  for (const [title, headers, algorithm] of table) {
    it(title, () => {
      const found = digestChallenge(headers.map((value) => ['WWW-Authenticate', value] as const));
      assert.equal(found?.algorithm.name, algorithm);
    });
  }
});
