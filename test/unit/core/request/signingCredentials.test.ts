import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { withoutConnection } from '../../../../src/core/http/authorise';
import { sendExchange } from '../../../../src/core/http/sendExchange';
import { revealForTransport, Secret } from '../../../../src/core/secret';
import { FakeTransport } from '../../../helpers/fakeTransport';
import { given } from '../../../helpers/givenSupplies';
import { refused, resolve, resolved, summary } from '../../../helpers/requestFiles';
import { neverAborted, sendDependencies } from '../../../helpers/requests';
import { ManualClock } from '../../../helpers/manualClock';

const KEY = 'canary-key-ü';
const supplies = given({
  'secret:key': KEY,
  'secret:word': 'canary-word',
  'secret:part': 'canary-part',
  'env:ID': 'AKIAENV',
});

function file(auth: string, more = 'text: "{\\"a\\":1}"', url = '/a%20b?x=1&y=2', top = ''): string {
  return `${top}\nrequests:\n  a:\n    post: https://api.acme.dev${url}\n    auth: ${auth}\n    ${more}\n`;
}

const TIME = 1_700_000_000;

/** The header that the request carries when it is sent, plain and as it is shown. */
async function signed(text: string, name: string): Promise<readonly [plain: string, shown: string]> {
  const transport = new FakeTransport(() => ({ status: 200 }));
  const clock = new ManualClock(TIME * 1000);
  const exchange = await sendExchange(
    withoutConnection(resolved(text, { supplies })),
    sendDependencies(transport, clock),
    { signal: neverAborted },
  );
  const value = transport.sent[0]?.headers.find(([key]) => key === name)?.[1];
  assert.ok(value instanceof Secret, 'it is dropped with everything secret');
  assert.doesNotMatch(JSON.stringify(exchange), /canary/);
  const shown = exchange.request.headers.find(([key]) => key === name)?.[1];
  return [revealForTransport(value), shown ?? ''];
}

function mac(message: string, algorithm = 'sha256', encoding: 'hex' | 'base64' = 'hex'): string {
  return createHmac(algorithm, KEY).update(message).digest(encoding);
}

const BODY = '{"a":1}';

describe('a signature with a shared key', () => {
  const table: readonly (readonly [title: string, fields: string, value: string, shown: string])[] = [
    ['of the body, in hex', '', mac(BODY), '••••••'],
    ['as GitHub’s webhooks have it', 'value: "sha256=${signature}"', `sha256=${mac(BODY)}`, 'sha256=••••••'],
    [
      'as Stripe has it',
      'message: "${timestamp}.${body}", value: "t=${timestamp},v1=${signature}"',
      `t=${TIME},v1=${mac(`${TIME}.${BODY}`)}`,
      `t=${TIME},v1=••••••`,
    ],
    [
      'as Slack has it',
      'message: "v0:${timestamp}:${body}", value: "v0=${signature}"',
      `v0=${mac(`v0:${TIME}:${BODY}`)}`,
      'v0=••••••',
    ],
    ['as Shopify has it, in base64', 'value: "${signature|base64}"', mac(BODY, 'sha256', 'base64'), '••••••'],
    ['with another hash', 'algorithm: sha1, value: "sha1=${signature}"', `sha1=${mac(BODY, 'sha1')}`, 'sha1=••••••'],
    ['with a longer hash', 'algorithm: sha384', mac(BODY, 'sha384'), '••••••'],
    ['with the longest hash', 'algorithm: sha512', mac(BODY, 'sha512'), '••••••'],
    [
      'of everything that a request is',
      'message: "${method} ${url} ${host} ${target} ${path} ${query} ${bodyHash} ${bodyHash|base64} ${path|base64}"',
      mac(
        'POST https://api.acme.dev/a%20b?x=1&y=2 api.acme.dev /a%20b?x=1&y=2 /a%20b x=1&y=2 ' +
          `${createHash('sha256').update(BODY).digest('hex')} ${createHash('sha256').update(BODY).digest('base64')} ` +
          Buffer.from('/a%20b').toString('base64'),
      ),
      '••••••',
    ],
    [
      'of a secret beside other values',
      'message: "${secret:part}:${own}", value: "${own};${signature}"',
      `mine;${mac('canary-part:mine')}`,
      'mine;••••••',
    ],
  ];
  for (const [title, fields, value, shown] of table) {
    it(title, async () => {
      const auth = `{ hmac: { key: "\${secret:key}", header: X-Signature, ${fields} } }`;
      assert.deepEqual(await signed(file(auth, undefined, undefined, 'variables: { own: mine }'), 'X-Signature'), [
        value,
        shown,
      ]);
    });
  }

  it('has one nonce for message and value', async () => {
    const auth =
      '{ hmac: { key: "${secret:key}", header: X-Signature, message: "${nonce}", value: "${nonce}.${signature}" } }';
    const [value] = await signed(file(auth), 'X-Signature');
    const [nonce = '', signature] = value.split('.');
    assert.match(nonce, /^[0-9a-f]{32}$/);
    assert.equal(signature, mac(nonce));
  });

  it('shows no part of a URL that holds a secret', async () => {
    const auth = '{ hmac: { key: "${secret:key}", header: X-Signature, value: "${query};${signature}" } }';
    const [plain, shown] = await signed(file(auth, 'text: x', '/?k=${secret:part}'), 'X-Signature');
    assert.match(plain, /^k=canary-part;/);
    assert.equal(shown, '••••••;••••••');
  });

  it('warns of a variable that is not meant', () => {
    const auth = '{ hmac: { key: "${secret:key}", header: X-S, message: "${path}" } }';
    const text = file(auth, 'text: x', '/', 'variables: { path: mine }');
    const result = resolve(text, { supplies });
    assert.ok(result.ok);
    assert.deepEqual(summary(text, result.diagnostics), ['warning request.signingName «${path}»']);
  });
});

describe('an AWS signature', () => {
  it('stands in the Authorization header', async () => {
    const auth =
      '{ awsSigV4: { region: eu-central-1, service: execute-api, accessKeyId: "${env:ID}", secretAccessKey: "${secret:key}", sessionToken: "${secret:word}" } }';
    const [plain, shown] = await signed(file(auth), 'Authorization');
    assert.match(
      plain,
      /^AWS4-HMAC-SHA256 Credential=AKIAENV\/20231114\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    assert.equal(shown, plain.replace(/[0-9a-f]{64}$/, '••••••'));
  });
});

describe('credentials that cannot sign', () => {
  const table: readonly (readonly [auth: string, ...faults: string[]])[] = [
    ['{ digest: { username: x } }', 'error request.missingKey «digest»'],
    ['{ digest: { username: x, password: hunter2 } }', 'error request.literalSecret «hunter2»'],
    ['{ awsSigV4: { region: x } }', 'error request.missingKey «awsSigV4»'],
    [
      '{ awsSigV4: { region: x, service: s3, accessKeyId: A, secretAccessKey: hunter2, sessionToken: hunter3 } }',
      'error request.literalSecret «hunter2»',
      'error request.literalSecret «hunter3»',
    ],
    [
      '{ awsSigV4: { region: "${secret:word}", service: s3, accessKeyId: A, secretAccessKey: "${secret:key}" } }',
      'error variable.secretShown «"${secret:word}"»',
    ],
    ['{ hmac: x }', 'error request.wrongKind «x»'],
    ['{ hmac: { header: X-S } }', 'error request.missingKey «hmac»'],
    ['{ hmac: { key: "${secret:key}" } }', 'error request.missingKey «hmac»'],
    ['{ hmac: { key: hunter2, header: X-S } }', 'error request.literalSecret «hunter2»'],
    ['{ hmac: { key: "${secret:key}", header: Host } }', 'error request.wrongKind «Host»'],
    ['{ hmac: { key: "${secret:key}", header: X-S, algorithm: md5 } }', 'error request.unknownValue «md5»'],
    ['{ hmac: { key: "${secret:key}", header: X-S, value: mine } }', 'error request.signatureMissing «mine»'],
    [
      '{ hmac: { key: "${secret:key}", header: X-S, message: "${signature}" } }',
      'error variable.unknownHere «${signature}»',
    ],
    [
      '{ hmac: { key: "${secret:key}", header: X-S, value: "${body}${signature}" } }',
      'error variable.unknownHere «${body}»',
    ],
    [
      '{ hmac: { key: "${secret:key}", header: X-S, message: "${body|url}" } }',
      'error request.signingFilter «${body|url}»',
    ],
    [
      '{ hmac: { key: "${secret:key}", header: X-S, message: "${path|url}" } }',
      'error request.signingFilter «${path|url}»',
    ],
  ];
  for (const [auth, ...faults] of table) {
    it(auth, () => assert.deepEqual(refused(file(auth), { supplies }), faults));
  }

  it('where the file sets the header itself', () => {
    const auth = '{ hmac: { key: "${secret:key}", header: X-S } }';
    assert.deepEqual(refused(file(auth, 'headers: { x-s: a }'), { supplies }), [`error request.authTaken «${auth}»`]);
    const aws = '{ awsSigV4: { region: x, service: s3, accessKeyId: A, secretAccessKey: "${secret:key}" } }';
    assert.deepEqual(refused(file(aws, 'headers: { x-amz-date: a }'), { supplies }), [
      `error request.authTaken «${aws}»`,
    ]);
  });
});
