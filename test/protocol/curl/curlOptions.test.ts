import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import * as fs from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { nothingExpected } from '../../../src/core/expect/expectations';
import { curlText } from '../../../src/core/curl/curlText';
import type { CurlTls } from '../../../src/core/curl/curlTextTls';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { openBody, type FormField } from '../../../src/core/http/requestBody';
import type { TlsSetting } from '../../../src/core/http/tlsSetting';
import { multipartParts } from '../../../src/core/request/resolve/multipart';
import { revealForTransport, Secret, type Sensitive } from '../../../src/core/secret';
import { demandingClients, startHttp, startHttps } from '../../helpers/localServers';
import { fc } from '../../helpers/properties';
import { temporaryFolder } from '../../helpers/temporaryFolder';
import { fixturePassphrase, tlsFixtures } from '../../helpers/tlsProfiles';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const plain = (value: Sensitive): readonly string[] => [revealForTransport(value)];

function requestTo(url: string, method: string, more: Partial<HttpRequest>): HttpRequest {
  return {
    ...{ name: 'a', method, url, headers: [], body: undefined, auth: { kind: 'none' }, redirects: 10 },
    timeouts: { connect: undefined, headers: undefined, idle: undefined, total: undefined },
    expect: nothingExpected,
    captures: [],
    ...more,
  };
}

async function execute(command: string, folder = '.'): Promise<string> {
  const shell = run('/bin/sh', [], { cwd: folder });
  shell.child.stdin?.end(`${command.replace(/curl /, 'curl -sS --fail-with-body ')}\n`);
  return (await shell).stdout;
}

interface Received {
  readonly message: IncomingMessage;
  readonly body: Buffer;
}

/** A server that keeps what came last. */
async function keeping(t: TestContext): Promise<{ readonly origin: string; readonly last: () => Received }> {
  let last: Received | undefined;
  const { origin } = await startHttp(t, (message, response) => {
    void message.toArray().then((chunks: Buffer[]) => {
      last = { message, body: Buffer.concat(chunks) };
      response.end();
    });
  });
  return {
    origin,
    last: () => {
      assert.ok(last);
      return last;
    },
  };
}

describe('a request that is copied as cURL', { skip: hasCurl ? false : 'there is no curl on this machine' }, () => {
  it('answers Digest challenges', async (t) => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const { origin } = await startHttp(t, (message, response) => {
      const said = new Map(
        Array.from(
          (message.headers.authorization ?? '').matchAll(/(\w+)="?([^",]*)"?/g),
          ([, name = '', value = '']) => [name, value],
        ),
      );
      const [nonce = '', nc = '', cnonce = ''] = ['nonce', 'nc', 'cnonce'].map((name) => said.get(name) ?? '');
      const expected = md5(`${md5("ann:r:it's s3cret")}:${nonce}:${nc}:${cnonce}:auth:${md5('PUT:/a')}`);
      if (said.get('response') === expected && said.get('username') === 'ann') response.end('yes');
      else response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n1", qop="auth"' }).end('no');
    });
    const auth = { kind: 'digest', username: 'ann', password: new Secret("it's s3cret") } as const;
    const request = requestTo(`${origin}/a`, 'PUT', { auth, body: new TextEncoder().encode('x') });
    assert.equal(await execute(curlText(request, plain)), 'yes');
  });

  it('is signed for AWS', async (t) => {
    const { origin, last } = await keeping(t);
    const auth = {
      kind: 'awsSigV4',
      region: 'eu-central-1',
      service: 'execute-api',
      accessKeyId: 'AKID',
      secretAccessKey: new Secret('a/secret+'),
      sessionToken: new Secret('session-token'),
    } as const;
    const body = new TextEncoder().encode('{"a":1}');
    const headers = [['Content-Type', 'application/json']] as const;
    // Older versions of curl sign a query in the order in which it is written, which has to be the right one then.
    await execute(curlText(requestTo(`${origin}/x/y?a=1&b=2`, 'POST', { auth, body, headers }), plain));
    const { message } = last();
    assert.equal(message.headers['x-amz-security-token'], 'session-token');
    assert.equal(message.headers.authorization, awsAuthorization(message, body, 'a/secret+'));
  });

  it('secures its connection as tls: says', async (t) => {
    const server = await startHttps(t, 'valid', (_, response) => response.end('in'), demandingClients());
    const base: TlsSetting = { origin: server.origin, ca: ['authority.pem'], verify: true };
    const file = (name: string): { readonly kind: 'file'; readonly path: string } => ({ kind: 'file', path: name });
    const settings: readonly TlsSetting[] = [
      { ...base, cert: file('client.both.pem') },
      { ...base, cert: file('client.pem'), key: file('client.locked.key.pem') },
      { ...base, pfx: file('client.pfx') },
      { ...base, ca: [], cert: { kind: 'secret', name: 'cert' }, key: file('client.key.pem'), verify: false },
    ];
    const request = requestTo(`${server.origin}/`, 'GET', {});
    for (const setting of settings) {
      const locked = setting.pfx !== undefined || JSON.stringify(setting).includes('locked');
      const tls: CurlTls = {
        setting,
        fileOf: (name) => `./client.${name === 'cert' ? 'pem' : ''}`,
        passphrase: locked ? new Secret(fixturePassphrase) : undefined,
      };
      assert.equal(await execute(curlText(request, plain, tls), tlsFixtures), 'in', JSON.stringify(setting));
    }
    await assert.rejects(
      execute(curlText(request, plain, { setting: base, fileOf: () => '', passphrase: undefined }), tlsFixtures),
    );
  });

  it('sends a file as its body', async (t) => {
    const { origin, last } = await keeping(t);
    await using folder = await temporaryFolder('curl-file');
    await fs.mkdir(path.join(folder.path, "it's"));
    await fs.writeFile(path.join(folder.path, "it's", 'a,b;c.bin'), Buffer.from([0, 13, 10, 255]));
    const body = { folder: undefined, parts: [{ path: "it's/a,b;c.bin" }] };
    const headers = [['Content-Type', 'application/x-own']] as const;
    const command = curlText(requestTo(origin, 'PUT', { body, headers }), plain);
    assert.match(command, /--data-binary '@\.\//);
    await execute(command, folder.path);
    assert.equal(last().message.method, 'PUT');
    assert.equal(last().message.headers['content-type'], 'application/x-own');
    assert.deepEqual([...last().body], [0, 13, 10, 255]);
  });

  it('sends the fields of a form that the request itself sends', async (t) => {
    const { origin, last } = await keeping(t);
    await using folder = await temporaryFolder('curl-form');
    await fs.writeFile(path.join(folder.path, 'a "b";c.txt'), 'content of the file');
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`;,=@<>&{}\n\r a`)), maxLength: 10 }),
    );
    const field = fc.record({
      name: text.filter((name) => name !== '' && !name.includes('\0')),
      content: fc.oneof(
        text,
        text.map((value) => new Secret(`s${value}`)),
        fc.constant({ path: 'a "b";c.txt' }),
      ),
      type: fc.option(fc.constantFrom('text/plain', 'application/json', 'text/csv; charset=utf-8', 'x;y'), {
        nil: undefined,
      }),
      fileName: fc.constantFrom('other.txt', 'a "b";c.txt', 'it\'s "é".txt', 'l\nf'),
    });
    let asOptions = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 3 }), async (drawn) => {
        const form = drawn.map(({ fileName, ...each }): FormField => {
          const isFile = typeof each.content === 'object' && 'path' in each.content;
          return { ...each, fileName: isFile ? fileName : undefined, type: isFile ? (each.type ?? 'x/y') : each.type };
        });
        const parts = multipartParts(form, 'bound');
        const request = requestTo(origin, 'POST', {
          headers: [['Content-Type', 'multipart/form-data; boundary=bound']],
          body: { folder: folder.path, parts, form },
        });
        const command = curlText(request, plain);
        if (!command.includes('--data-binary')) asOptions++;
        await execute(command, folder.path);
        const { message, body } = last();
        const own = await openBody(request.body, { content: () => Promise.resolve(contentOf('content of the file')) });
        assert.ok(own && 'open' in own);
        const expected = Buffer.concat(await Readable.from(own.open()).toArray());
        assert.deepEqual(
          await fieldsOf(body, message.headers['content-type'] ?? ''),
          await fieldsOf(expected, 'multipart/form-data; boundary=bound'),
          command,
        );
      }),
      { numRuns: 40 },
    );
    assert.ok(asOptions > 5, `${asOptions} with -F`);
  });
});

function contentOf(text: string): { size: number; stream: () => AsyncGenerator<Uint8Array, void, undefined> } {
  const bytes = new TextEncoder().encode(text);
  return {
    size: bytes.length,
    // oxlint-disable-next-line typescript/require-await -- a file that is there already
    stream: async function* () {
      yield bytes;
    },
  };
}

/** Read as a server reads it: name, file name, type and content of each field. */
async function fieldsOf(body: Buffer, type: string): Promise<readonly unknown[]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData();
  return Promise.all(
    [...form].map(async ([name, value]) =>
      typeof value === 'string' ? [name, value] : [name, value.name, value.type, await value.text()],
    ),
  );
}

/** What the header has to say (AWS Signature Version 4), from the headers that it says are signed. */
function awsAuthorization({ method, url, headers }: IncomingMessage, body: Uint8Array, secret: string): string {
  const signed = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const date = String(headers['x-amz-date']);
  const scope = `${date.slice(0, 8)}/eu-central-1/execute-api/aws4_request`;
  const [target = '', query = ''] = (url ?? '').split('?');
  const canonical = [
    ...[method, target, query.split('&').sort().join('&')],
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    ...['', signed, createHash('sha256').update(body).digest('hex')],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const key = ['eu-central-1', 'execute-api', 'aws4_request'].reduce<Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    createHmac('sha256', `AWS4${secret}`).update(date.slice(0, 8)).digest(),
  );
  const signature = createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).digest('hex');
  return `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}
