import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { ShellVariables } from '../../../src/core/curl/shellVariables';
import { LatchkeyError } from '../../../src/core/errors';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { Secret } from '../../../src/core/secret';
import { snippetLanguages, type SnippetLanguage } from '../../../src/core/snippets/snippetLanguages';
import { snippetText } from '../../../src/core/snippets/snippetText';
import { nodeRandom } from '../../../src/node/nodeRandom';
import { httpRequest } from '../../helpers/requests';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const run = promisify(execFile);
const canary = 'canary-8c2f6d71';

interface Arrived {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

async function serve(): Promise<{ readonly origin: string; readonly arrived: Arrived[] } & AsyncDisposable> {
  const arrived: Arrived[] = [];
  const server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      arrived.push({ line, headers: request.headers, body: Buffer.concat(pieces).toString() });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    arrived,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Everything that could be taken for code or for the end of a text in one of the languages. */
const nasty = `'"\\ \${x} $(id) #{y} \`z\` %s // é 😀 <!--`;
const body = `{\n  "price": 1.10,\t"text": ${JSON.stringify(nasty)}\n}\r\n`;

function request(origin: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return httpRequest(`${origin}/orders?q='a'&b=%22c%22&d=$x`, {
    method: 'POST',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Quote', `it's "q" \\ $HOME #{1} \`w\``],
    ],
    body: new TextEncoder().encode(body),
    ...change,
  });
}

function written(
  of: HttpRequest,
  language: SnippetLanguage,
  variables = new ShellVariables((n) => nodeRandom.bytes(n)),
): string {
  return snippetText(of, (value) => variables.parts(value), language);
}

const runners: readonly { readonly language: SnippetLanguage; readonly file: string; readonly command: string }[] = [
  { language: 'fetch', file: 'run.mjs', command: process.execPath },
  { language: 'python', file: 'run.py', command: 'python3' },
];

for (const { language, file, command } of runners) {
  test(`${language}: the code sends the same, with secrets from the environment`, async (t) => {
    if (language === 'python' && !(await hasRequests())) {
      t.diagnostic('python3 with requests is not here; the code is read by the test below only');
      return;
    }
    await using server = await serve();
    await using folder = await temporaryFolder('snippet');
    const variables = new ShellVariables((length) => nodeRandom.bytes(length));
    const token = variables.standIn('token', 'ACCESS_TOKEN', 'token Acme');
    const { headers } = request(server.origin);
    const authorised = request(server.origin, {
      headers: [...headers, ['Authorization', Secret.join(['Bearer ', token])]],
    });
    const code = written(authorised, language, variables);
    assert.deepEqual(
      variables.used.map(({ name }) => name),
      ['ACCESS_TOKEN'],
    );
    const script = path.join(folder.path, file);
    await writeFile(script, code);
    await run(command, [script], { env: { ...process.env, ACCESS_TOKEN: canary, NO_PROXY: '127.0.0.1' } });
    const [arrived] = server.arrived;
    assert.ok(arrived);
    assert.equal(arrived.line.replaceAll('%27', "'"), `POST /orders?q='a'&b=%22c%22&d=$x`);
    assert.equal(arrived.headers['content-type'], 'application/json');
    assert.equal(arrived.headers['x-quote'], `it's "q" \\ $HOME #{1} \`w\``);
    assert.equal(arrived.headers.authorization, `Bearer ${canary}`);
    assert.equal(arrived.body, body);
  });
}

for (const { id } of snippetLanguages) {
  test(`${id}: no mark is left, no secret is written, and a text stays a text`, () => {
    const variables = new ShellVariables((length) => nodeRandom.bytes(length));
    const secret = variables.standIn('secret', 'API_KEY', 'secret:key');
    const of = request('https://api.acme.dev', {
      auth: { kind: 'apiKey', placement: { in: 'header', name: 'X-Key' }, value: secret },
    });
    const code = written(
      { ...of, headers: [...of.headers, ['Authorization', 'Custom abc'], ['Cookie', 'd=e']] },
      id,
      variables,
    );
    assert.match(code, /Custom abc/);
    assert.match(code, /d=e/);
    assert.doesNotMatch(code, /lk-url|lkHeader|lkBody/);
    assert.ok(!code.includes(secret.revealForTransport()));
    assert.match(code, /API_KEY/);
    assert.match(code, /api\.acme\.dev/);
    assert.match(code, /1\.10/, 'numbers keep their digits');
    assert.ok(written(request('https://api.acme.dev', { method: 'GET', body: undefined }), id).length > 0);
  });
}

test('what code cannot send is refused with what can', () => {
  const refusal = (change: Partial<HttpRequest>): string => {
    try {
      written(request('https://api.acme.dev', change), 'fetch');
      return 'none';
    } catch (error) {
      return error instanceof LatchkeyError ? error.code : String(error);
    }
  };
  assert.equal(refusal({ body: Uint8Array.of(0xff, 0xfe) }), 'snippet.bodyNotText');
  assert.equal(refusal({ body: { folder: undefined, parts: [{ path: 'a.bin' }] } }), 'snippet.bodyNotText');
  assert.equal(refusal({ method: "GE'T" }), 'snippet.notPossible');
  assert.equal(refusal({ headers: [["X-'", 'a']] }), 'snippet.notPossible');
  assert.equal(refusal({ auth: { kind: 'digest', username: 'a', password: new Secret('b') } }), 'snippet.signed');
});

async function hasRequests(): Promise<boolean> {
  return run('python3', ['-c', 'import requests']).then(
    () => true,
    () => false,
  );
}
