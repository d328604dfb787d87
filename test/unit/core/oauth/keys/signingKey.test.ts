import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { suite, test } from 'node:test';
import { isErrorCode, LatchkeyError } from '../../../../../src/core/errors';
import { readSigningKey, signingAlgorithm, signJwt } from '../../../../../src/core/oauth/keys/signingKey';
import { readPrivateKey } from '../../../../../src/core/oauth/keys/privateKey';
import { Secret } from '../../../../../src/core/secret';
import { fc } from '../../../../helpers/properties';

const keys = {
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'EC P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'EC P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'EC P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  Ed25519: generateKeyPairSync('ed25519').privateKey,
};
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;

const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8'): string =>
  key.export({ format: 'pem', type }).toString();
const jwk = (key: KeyObject, more: object = {}): string =>
  JSON.stringify({ ...key.export({ format: 'jwk' }), ...more });

interface Header {
  readonly alg: string;
  readonly kid?: string;
}

/** Whether the holder of the public key believes a JWT. */
function headerOfGenuine(jwt: string, key: KeyObject): Header {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Header;
  const hash = /\d{3}$/.exec(header.alg);
  const isPss = header.alg.startsWith('PS');
  const genuine = verify(
    header.alg.startsWith('Ed') ? null : `sha${hash?.[0] ?? ''}`,
    Buffer.from(`${head}.${payload}`),
    {
      key: createPublicKey(key),
      dsaEncoding: 'ieee-p1363',
      ...(isPss ? { padding: 6, saltLength: Number(hash?.[0]) / 8 } : {}),
    },
    Buffer.from(signature, 'base64url'),
  );
  assert.ok(genuine, `the signature of ${header.alg} is not genuine`);
  return header;
}

async function sign(
  text: string,
  options: { keyId?: string; algorithm?: string } = {},
  accepted?: string[],
): Promise<string> {
  return signJwt(await readSigningKey(new Secret(text), 'k', options), accepted, { iss: 'ci' });
}

suite('private keys', () => {
  const forms: readonly (readonly [name: string, text: string, key: KeyObject, algorithm: string])[] = [
    ['RSA', pem(keys.RSA), keys.RSA, 'RS256'],
    ['RSA in PKCS#1', pem(keys.RSA, 'pkcs1'), keys.RSA, 'RS256'],
    ['RSA as JWK', jwk(keys.RSA), keys.RSA, 'RS256'],
    ['RSA for PSS alone', pem(pss), pss, 'PS256'],
    ['P-256', pem(keys['EC P-256']), keys['EC P-256'], 'ES256'],
    ['P-256 in SEC 1', pem(keys['EC P-256'], 'sec1'), keys['EC P-256'], 'ES256'],
    ['P-384', pem(keys['EC P-384']), keys['EC P-384'], 'ES384'],
    ['P-384 in SEC 1', pem(keys['EC P-384'], 'sec1'), keys['EC P-384'], 'ES384'],
    ['P-521', pem(keys['EC P-521']), keys['EC P-521'], 'ES512'],
    ['P-521 as JWK', jwk(keys['EC P-521']), keys['EC P-521'], 'ES512'],
    ['Ed25519', pem(keys.Ed25519), keys.Ed25519, 'EdDSA'],
    [
      'Ed25519 as JWK with a use',
      jwk(keys.Ed25519, { use: 'sig', key_ops: ['verify'], ext: false }),
      keys.Ed25519,
      'EdDSA',
    ],
  ];
  for (const [name, text, key, algorithm] of forms) {
    test(`${name} signs with ${algorithm} [T5]`, async () => {
      assert.equal(headerOfGenuine(await sign(text), key).alg, algorithm);
    });
  }

  test('may have lost their line breaks in a box of one line, or come from a JSON text', async () => {
    const text = pem(keys['EC P-256']);
    for (const pasted of [
      text.replaceAll('\n', ''),
      text.replaceAll('\n', ' '),
      text.replaceAll('\n', '\\n'),
      `\r\n  ${text.replaceAll('\n', '\r\n')}`,
    ]) {
      headerOfGenuine(await sign(pasted), keys['EC P-256']);
    }
  });

  test('are found among parameters and certificates, in a set and in the file of a service account', async () => {
    const key = keys.RSA;
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    headerOfGenuine(await sign(certificate + pem(key)), key);
    headerOfGenuine(await sign(parameters + pem(keys['EC P-256'], 'sec1')), keys['EC P-256']);
    const set = `{"keys":[${jwk(keys['EC P-384'], { kid: 'a' })},${jwk(key, { kid: 'b' })}]}`;
    assert.deepEqual(headerOfGenuine(await sign(set, { keyId: 'b' }), key).kid, 'b');
    headerOfGenuine(await sign(set), keys['EC P-384']);
    const account = JSON.stringify({ type: 'service_account', private_key: pem(key), private_key_id: 'sa1' });
    assert.equal(headerOfGenuine(await sign(account), key).kid, 'sa1');
  });

  test('are named by the kid of the connection, else by their own', async () => {
    const text = jwk(keys['EC P-256'], { kid: 'own' });
    assert.equal(headerOfGenuine(await sign(text), keys['EC P-256']).kid, 'own');
    assert.equal(headerOfGenuine(await sign(text, { keyId: 'named' }), keys['EC P-256']).kid, 'named');
    assert.equal(headerOfGenuine(await sign(pem(keys['EC P-256'])), keys['EC P-256']).kid, undefined);
  });

  test('sign with what the connection says, else with what the server takes', async () => {
    for (const algorithm of ['RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
      assert.equal(headerOfGenuine(await sign(pem(keys.RSA), { algorithm }), keys.RSA).alg, algorithm);
    }
    assert.equal(headerOfGenuine(await sign(pem(keys.RSA), {}, ['ES256', 'PS256']), keys.RSA).alg, 'PS256');
    assert.equal(headerOfGenuine(await sign(pem(keys.Ed25519), {}, ['Ed25519']), keys.Ed25519).alg, 'Ed25519');
    assert.equal(headerOfGenuine(await sign(pem(keys.RSA), {}, ['HS256']), keys.RSA).alg, 'RS256');
  });

  test('of the wrong type say which type fits', async () => {
    const error = await sign(pem(keys.RSA), { algorithm: 'ES384' }).catch((thrown: unknown) => thrown);
    assert.ok(isErrorCode(error, 'oauth.keyAlgorithmWrong'));
    assert.equal(error.data['type'], 'RSA');
    assert.equal(error.data['wanted'], 'EC P-384');
    assert.match(String(error.data['fits']), /^RS256, /);
    await assert.rejects(sign(pem(keys['EC P-256']), { algorithm: 'ES512' }), { code: 'oauth.keyAlgorithmWrong' });
    await assert.rejects(sign(pem(keys.RSA), { algorithm: 'none' }), { code: 'oauth.keyAlgorithmWrong' });
    await assert.rejects(sign(pem(pss), { algorithm: 'RS256' }), { code: 'oauth.keyAlgorithmWrong' });
    await assert.rejects(sign(jwk(keys.RSA, { alg: 'RSA-OAEP' })), { code: 'oauth.keyAlgorithmWrong' });
  });

  const encrypted = keys.RSA.export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase: 'p',
  }).toString();
  const oldEncrypted = keys.RSA.export({
    format: 'pem',
    type: 'pkcs1',
    cipher: 'aes-256-cbc',
    passphrase: 'p',
  }).toString();
  const block = (label: string, body = 'AAAA'): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
  const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
  const refused: readonly (readonly [name: string, text: string, code: LatchkeyError['code']])[] = [
    ['a passphrase on it', encrypted, 'oauth.keyEncrypted'],
    ['a passphrase of the old kind, pasted', oldEncrypted.replaceAll('\n', ''), 'oauth.keyEncrypted'],
    [
      'a public key',
      createPublicKey(keys.RSA).export({ format: 'pem', type: 'spki' }).toString(),
      'oauth.keyNotPrivate',
    ],
    ['a public JWK', JSON.stringify(createPublicKey(keys.RSA).export({ format: 'jwk' })), 'oauth.keyNotPrivate'],
    ['a certificate', block('CERTIFICATE'), 'oauth.keyNotPrivate'],
    ['OpenSSH', block('OPENSSH PRIVATE KEY'), 'oauth.keyUnsupported'],
    ['DSA', block('DSA PRIVATE KEY'), 'oauth.keyUnsupported'],
    ['secp256k1', pem(secp256k1), 'oauth.keyUnsupported'],
    ['secp256k1 as JWK', jwk(secp256k1), 'oauth.keyUnsupported'],
    ['Ed448', pem(generateKeyPairSync('ed448').privateKey), 'oauth.keyUnsupported'],
    ['X25519', pem(generateKeyPairSync('x25519').privateKey), 'oauth.keyUnsupported'],
    ['a shared secret as JWK', '{"kty":"oct","k":"AAAA"}', 'oauth.keyUnsupported'],
    ['SEC 1 that names no curve', block('EC PRIVATE KEY', 'MAMCAQE='), 'oauth.keyInvalid'],
    ['nothing', '', 'oauth.keyInvalid'],
    ['a client secret', 's3cret', 'oauth.keyInvalid'],
    ['half a PEM', pem(keys.RSA).slice(0, 800), 'oauth.keyInvalid'],
    ['a PEM of other bytes', block('PRIVATE KEY', 'MAMCAQA='), 'oauth.keyInvalid'],
    ['a PEM that is not base64', block('PRIVATE KEY', '!!!!'), 'oauth.keyInvalid'],
    ['a JWK that is cut', jwk(keys.RSA).slice(0, -9), 'oauth.keyInvalid'],
    ['a JWK without its numbers', '{"kty":"RSA","d":"AAAA"}', 'oauth.keyInvalid'],
    ['a set without the key that is named', '{"keys":[]}', 'oauth.keyInvalid'],
    ['a set of nothing', '{"keys":[1,null,[]]}', 'oauth.keyInvalid'],
    ['more than any key', block('PRIVATE KEY', 'A'.repeat(70_000)), 'oauth.keyInvalid'],
  ];
  for (const [name, text, code] of refused) {
    test(`${name}: ${code}`, async () => {
      await assert.rejects(sign(text), { code });
    });
  }

  test('show nothing of themselves in an error, a log or JSON', async () => {
    const text = pem(keys.RSA);
    const error = await sign(text, { algorithm: 'ES256' }).catch((thrown: unknown) => thrown as LatchkeyError);
    const signing = await readSigningKey(new Secret(text), 'k', {});
    assert.ok(error instanceof LatchkeyError);
    const shown = `${error.message} ${JSON.stringify(error.data)} ${JSON.stringify(signing)} ${String(error.cause)}`;
    for (const line of text.split('\n').slice(1, -2)) assert.ok(!shown.includes(line.slice(0, 20)));
  });

  test('whatever stands in a key: a key or a coded error, at once', () => {
    const genuine = pem(keys['EC P-256']);
    const bytes = Buffer.from(genuine.replaceAll(/-----[^-]+-----|\n/g, ''), 'base64');
    const damaged = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length)).map(([at, value, length]) => {
      const copy = Buffer.from(bytes);
      copy[at] = value;
      return block('PRIVATE KEY', copy.subarray(0, length).toString('base64'));
    });
    const oddJson = fc.json({ maxDepth: 2 });
    const oddJwk = fc
      .record(
        {
          kty: fc.constantFrom('RSA', 'EC', 'OKP', 'oct'),
          crv: fc.jsonValue(),
          d: fc.jsonValue(),
          keys: fc.jsonValue(),
          private_key: fc.string(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value));
    const label = fc.constantFrom('PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY');
    const oddPem = fc
      .tuple(label, fc.uint8Array({ maxLength: 200 }))
      .map(([name, body]) => block(name, Buffer.from(body).toString('base64')));
    const dashes = fc
      .array(fc.constantFrom('-----BEGIN ', 'PRIVATE KEY-----', '-----END ', '-', 'AAAA', '\n'), { maxLength: 400 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(damaged, oddJson, oddJwk, oddPem, dashes, fc.string()), (text) => {
        try {
          signingAlgorithm(
            { name: 'k', key: readPrivateKey(new Secret(text), 'k'), keyId: undefined, algorithm: undefined },
            undefined,
          );
        } catch (error) {
          assert.ok(error instanceof LatchkeyError, String(error));
          assert.match(error.code, /^oauth\.key/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
