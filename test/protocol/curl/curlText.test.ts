import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { nothingExpected } from '../../../src/core/expect/expectations';
import { curlText } from '../../../src/core/curl/curlText';
import { ShellVariables } from '../../../src/core/curl/shellVariables';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { joinSensitive, revealForTransport, Secret, type Sensitive } from '../../../src/core/secret';
import { fc } from '../../helpers/properties';

const run = promisify(execFile);

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Without one, the unit tests of the shell's words are what is left. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe('a request that is copied as cURL', { skip: hasCurl ? false : 'there is no curl on this machine' }, () => {
  let server: Server;
  let origin: string;
  let received: Received | undefined;

  before(async () => {
    server = createServer((message, response) => {
      void message.toArray().then((chunks: Buffer[]) => {
        const { method = '', url = '', headers } = message;
        received = { method, url, headers, body: Buffer.concat(chunks) };
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !/\p{Cs}/u.test(value)),
    fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`!^&|<>;()#%{}[]*?~ \t\n@=a1é😀`)), maxLength: 30 }),
  );
  const body = fc.oneof(
    text.map((value) => new TextEncoder().encode(value)),
    fc.uint8Array({ maxLength: 60 }),
  );
  const headerValue = fc.stringMatching(/^(?:[!-~]([ -~]{0,20}[!-~])?)?$/);

  async function sent(command: string, environment: NodeJS.ProcessEnv = {}): Promise<Received> {
    received = undefined;
    const shell = run('/bin/sh', [], { env: { ...process.env, ...environment } });
    // A script, because the arguments of the shell itself are limited, too.
    shell.child.stdin?.end(`${command.replace(/curl /, 'curl -sS ')}\n`);
    await shell;
    assert.ok(received, command);
    return received;
  }

  it('arrives as it is, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PURGE', 'OPTIONS'),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.array(headerValue, { maxLength: 3 }),
        fc.option(body, { nil: undefined }),
        async (method, query, values, bytes) => {
          const url = new URL(`${origin}/a[1]{b}`);
          url.searchParams.set('q', query);
          const request = requestTo(url.href, method, {
            headers: values.map((value, index) => [`X-Test-${index}`, value]),
            body: bytes,
          });
          const command = curlText(request, (value) => [revealForTransport(value)]);
          const got = await sent(command);
          assert.equal(got.method, method);
          assert.equal(got.url, url.pathname + url.search, command);
          for (const [index, value] of values.entries()) assert.equal(got.headers[`x-test-${index}`], value, command);
          assert.deepEqual(new Uint8Array(got.body), new Uint8Array(bytes ?? []), command);
          assert.equal(got.headers['content-type'], undefined);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks the shell for what is secret', async () => {
    const variables = new ShellVariables((length) => crypto.getRandomValues(new Uint8Array(length)));
    const token = variables.standIn('token', 'ACCESS_TOKEN', 'token');
    const encoded = token.converted((value) => btoa(`admin:${value}`));
    const request = requestTo(`${origin}/x`, 'POST', {
      headers: [
        ['Authorization', joinSensitive(['Bearer ', token])],
        ['X-Basic', joinSensitive(['Basic ', encoded])],
      ],
      body: joinSensitive(["it's ", token, '"!\n']) as never,
    });
    const command = curlText(request, (value) => variables.parts(value));
    assert.doesNotMatch(command, /\d{20}/);
    const got = await sent(command, { ACCESS_TOKEN: `a'b"$c`, ACCESS_TOKEN_ENCODED: 'e==' });
    assert.equal(got.headers.authorization, `Bearer a'b"$c`);
    assert.equal(got.headers['x-basic'], 'Basic e==');
    assert.equal(got.body.toString(), `it's a'b"$c"!\n`);
    assert.deepEqual(
      variables.used.map(({ name, converted }) => [name, converted]),
      [
        ['ACCESS_TOKEN', false],
        ['ACCESS_TOKEN_ENCODED', true],
      ],
    );
  });

  it('authenticates with what its file says', async () => {
    const password = new Secret("s3:c'ret");
    const plain = (value: Sensitive): readonly string[] => [revealForTransport(value)];
    const basic = requestTo(origin, 'GET', { auth: { kind: 'basic', username: 'ann', password } });
    assert.equal((await sent(curlText(basic, plain))).headers.authorization, `Basic ${btoa("ann:s3:c'ret")}`);
    const bearer = requestTo(origin, 'GET', { auth: { kind: 'bearer', token: password } });
    assert.equal((await sent(curlText(bearer, plain))).headers.authorization, "Bearer s3:c'ret");
    const placement = { in: 'query', name: 'key' } as const;
    const apiKey = requestTo(`${origin}/x?a=1`, 'GET', { auth: { kind: 'apiKey', placement, value: password } });
    assert.equal(new URL((await sent(curlText(apiKey, plain))).url, origin).searchParams.get('key'), "s3:c'ret");
  });

  it('can be long', async () => {
    const bytes = new TextEncoder().encode(`${'a long text\n'.repeat(20_000)}'`);
    const got = await sent(
      curlText(requestTo(origin, 'POST', { body: bytes }), (value) => [revealForTransport(value)]),
    );
    assert.deepEqual(new Uint8Array(got.body), bytes);
  });
});

function requestTo(url: string, method: string, more: Partial<HttpRequest>): HttpRequest {
  return {
    ...{ name: 'a', method, url, headers: [], body: undefined, auth: { kind: 'none' }, redirects: 10 },
    timeouts: { connect: undefined, headers: undefined, idle: undefined, total: undefined },
    expect: nothingExpected,
    captures: [],
    ...more,
  };
}
