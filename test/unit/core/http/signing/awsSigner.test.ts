import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { AwsSigner } from '../../../../../src/core/http/signing/awsSigner';
import type { StreamedBody, WireRequest } from '../../../../../src/core/ports';
import { redact, revealForTransport, Secret } from '../../../../../src/core/secret';
import { neverAborted } from '../../../../helpers/requests';

interface Given {
  readonly service?: string;
  readonly token?: string;
  readonly body?: WireRequest['body'];
}

async function sign(
  method: string,
  url: string,
  headers: WireRequest['headers'],
  { service = 'service', token, body }: Given = {},
): Promise<WireRequest['headers']> {
  const isS3 = service.startsWith('s3');
  const signer = new AwsSigner(
    {
      kind: 'awsSigV4',
      region: 'us-east-1',
      service,
      accessKeyId: isS3 ? 'AKIAIOSFODNN7EXAMPLE' : 'AKIDEXAMPLE',
      secretAccessKey: new Secret(`wJalrXUtnFEMI/K7MDENG${isS3 ? '/' : '+'}bPxRfiCYEXAMPLEKEY`),
      sessionToken: token === undefined ? undefined : new Secret(token),
    },
    { now: () => (isS3 ? Date.UTC(2013, 4, 24) : Date.UTC(2015, 7, 30, 12, 36)) },
  );
  return signer.sign({ method, url, headers, ...(body && { body }) }, neverAborted);
}

function valueOf(headers: WireRequest['headers'], name: string): string | undefined {
  const value = headers.find(([key]) => key === name)?.[1];
  return value && revealForTransport(value);
}

const TOKEN =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

const ROOT = 'https://example.amazonaws.com/';
const FORM = { body: Buffer.from('Param1=value1') };

describe('the test suite of AWS', () => {
  const table: readonly (readonly [
    name: string,
    method: string,
    url: string,
    headers: WireRequest['headers'],
    given: Given,
    signed: string,
    signature: string,
  ])[] = [
    ['get-vanilla', 'GET', ROOT, [], {}, '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', 'POST', ROOT, [], {}, '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      `${ROOT}?Param2=value2&Param1=value1`,
      [],
      {},
      '',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-relative',
      'GET',
      `${ROOT}example/..`,
      [],
      {},
      '',
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    ['get-slash', 'GET', `${ROOT}/`, [], {}, '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-header-key-duplicate',
      'GET',
      ROOT,
      [
        ['My-Header1', 'value2'],
        ['My-Header1', 'value2'],
        ['My-Header1', 'value1'],
      ],
      {},
      'my-header1;',
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
    [
      'get-header-value-trim',
      'GET',
      ROOT,
      [
        ['My-Header1', ' value1'],
        ['My-Header2', '"a   b   c"'],
      ],
      {},
      'my-header1;my-header2;',
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'post-header-value-case',
      'POST',
      ROOT,
      [['My-Header1', 'VALUE1']],
      {},
      'my-header1;',
      'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    ],
    [
      'post-sts-header-before',
      'POST',
      ROOT,
      [],
      { token: TOKEN },
      'x-amz-security-token',
      '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    ],
    [
      'post-x-www-form-urlencoded',
      'POST',
      ROOT,
      [['Content-Type', 'application/x-www-form-urlencoded']],
      FORM,
      'content-type;',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ];
  for (const [name, method, url, headers, given, more, signature] of table) {
    it(name, async () => {
      const added = await sign(method, url, headers, given);
      const signed = ['host', 'x-amz-date', ...more.split(';')].filter((each) => each !== '').sort();
      assert.equal(
        valueOf(added, 'Authorization'),
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
          `SignedHeaders=${signed.join(';')}, Signature=${signature}`,
      );
      assert.equal(valueOf(added, 'X-Amz-Date'), '20150830T123600Z');
      assert.equal(valueOf(added, 'X-Amz-Security-Token'), given.token);
      assert.equal(valueOf(added, 'X-Amz-Content-Sha256'), undefined);
    });
  }
});

describe('the examples of the S3 documentation', () => {
  const host = 'https://examplebucket.s3.amazonaws.com';
  const empty = createHash('sha256').digest('hex');
  const table: readonly (readonly [
    method: string,
    url: string,
    headers: WireRequest['headers'],
    body: string | undefined,
    signature: string,
  ])[] = [
    [
      'GET',
      '/test.txt',
      [['Range', 'bytes=0-9']],
      undefined,
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT',
      '/test$file.text',
      [
        ['Date', 'Fri, 24 May 2013 00:00:00 GMT'],
        ['X-Amz-Storage-Class', 'REDUCED_REDUNDANCY'],
      ],
      'Welcome to Amazon S3.',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    ['GET', '/?lifecycle', [], undefined, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['GET', '/?max-keys=2&prefix=J', [], undefined, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ];
  for (const [method, path, headers, text, signature] of table) {
    for (const service of ['s3', 's3-outposts']) {
      it(`${method} ${path} for ${service}`, async () => {
        const body = text === undefined ? {} : { body: Buffer.from(text) };
        const added = await sign(method, host + path, headers, { service, ...body });
        const hash = text === undefined ? empty : createHash('sha256').update(text).digest('hex');
        assert.equal(valueOf(added, 'X-Amz-Content-Sha256'), hash);
        const found = /Signature=(\w+)$/.exec(valueOf(added, 'Authorization') ?? '')?.[1];
        if (service === 's3') assert.equal(found, signature);
        else assert.notEqual(found, signature);
      });
    }
  }
});

describe('a body that is made while it is sent', () => {
  const body: StreamedBody = {
    size: 2,
    open: async function* () {
      await Promise.resolve();
      yield Buffer.from('a');
      yield Buffer.from('b');
    },
    shown: 'ab',
    secrets: [],
  };
  const hash = createHash('sha256').update('ab').digest('hex');

  it('is not hashed for S3 over https', async () => {
    const added = await sign('PUT', 'https://b.s3.amazonaws.com/a', [], { service: 's3', body });
    assert.equal(valueOf(added, 'X-Amz-Content-Sha256'), 'UNSIGNED-PAYLOAD');
  });

  it('is hashed for S3 over http, and for everything else', async () => {
    const added = await sign('PUT', 'http://127.0.0.1:9000/b/a', [], { service: 's3', body });
    assert.equal(valueOf(added, 'X-Amz-Content-Sha256'), hash);
    const [streamed, whole] = await Promise.all(
      [body, Buffer.from('ab')].map(async (each) =>
        valueOf(await sign('PUT', ROOT, [], { body: each }), 'Authorization'),
      ),
    );
    assert.equal(streamed, whole);
  });

  it('unless the file says the hash itself', async () => {
    const added = await sign('PUT', ROOT, [['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD']], { service: 's3', body });
    assert.equal(valueOf(added, 'X-Amz-Content-Sha256'), undefined);
    assert.match(valueOf(added, 'Authorization') ?? '', /SignedHeaders=host;x-amz-content-sha256;x-amz-date/);
  });
});

it('what others may change on the way is not signed', async () => {
  const headers = [
    ['User-Agent', 'x'],
    ['Accept-Encoding', 'gzip'],
    ['Content-Length', '0'],
  ] as const;
  assert.deepEqual(await sign('GET', ROOT, headers), await sign('GET', ROOT, []));
});

it('the host of a Host header is what is signed', async () => {
  const signed = await sign('GET', 'http://127.0.0.1:9000/', [['Host', 'example.amazonaws.com']]);
  assert.deepEqual(signed, await sign('GET', ROOT, []));
});

it('only the signature and the token are masked', async () => {
  const shown = (await sign('GET', ROOT, [], { token: 'canary-token' })).map(
    ([name, value]) => `${name}: ${redact(value)}`,
  );
  assert.deepEqual(shown, [
    'X-Amz-Date: 20150830T123600Z',
    'X-Amz-Security-Token: ••••••',
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=••••••',
  ]);
});
