import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { ShellVariables } from '../../../src/core/curl/shellVariables';
import { errorTemplate, LatchkeyError } from '../../../src/core/errors';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import type { FormField } from '../../../src/core/http/requestBody';
import { multipartParts } from '../../../src/core/request/resolve/multipart';
import { Secret } from '../../../src/core/secret';
import { snippetLanguages, type SnippetLanguage } from '../../../src/core/snippets/snippetLanguages';
import { snippetText } from '../../../src/core/snippets/snippetText';
import { nodeRandom } from '../../../src/node/nodeRandom';
import { startDigestServer } from '../../helpers/digestServer';
import { present } from '../../helpers/present';
import { httpRequest } from '../../helpers/requests';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const run = promisify(execFile);
const canary = 'canary-8c2f6d71';

interface Arrived {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: string;
}

async function serve(): Promise<{ readonly origin: string; readonly arrived: Arrived[] } & AsyncDisposable> {
  const arrived: Arrived[] = [];
  const server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      const bytes = Buffer.concat(pieces);
      arrived.push({ line, headers: request.headers, bytes, body: bytes.toString() });
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
  assert.equal(refusal({ method: "GE'T" }), 'snippet.notPossible');
  assert.equal(refusal({ headers: [["X-'", 'a']] }), 'snippet.notPossible');
});

const digest: HttpRequest['auth'] = { kind: 'digest', username: "o'ne", password: new Secret('b') };

const formFields: readonly FormField[] = [
  { name: 'plain "name"', content: nasty, type: undefined, fileName: undefined },
  { name: 'photo', content: { path: 'up/loaded.bin' }, type: 'image/png', fileName: 'my photo.png' },
];

const typedField: FormField = { name: 'data', content: '{"a":1}', type: 'application/json', fileName: undefined };

function formRequest(origin: string, fields: readonly FormField[]): HttpRequest {
  const parts = multipartParts(fields, 'BOUNDARY');
  return request(origin, {
    headers: [
      ['X-Own', 'kept'],
      ['Content-Type', 'multipart/form-data; boundary=BOUNDARY'],
    ],
    body: { folder: undefined, parts, form: fields },
  });
}

const fileRequest = (origin: string): HttpRequest =>
  request(origin, { body: { folder: undefined, parts: [{ path: 'up/loaded.bin' }] } });

const fileBytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);

/** Runs code in a folder with the file that it reads; `false` where the language is not here. */
async function ranIn(
  t: TestContext,
  { language, file, command }: (typeof runners)[number],
  code: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  if (language === 'python' && !(await hasRequests())) {
    t.diagnostic('python3 with requests is not here; the code is only read');
    return false;
  }
  await using folder = await temporaryFolder('snippet');
  await mkdir(path.join(folder.path, 'up'));
  await writeFile(path.join(folder.path, 'up/loaded.bin'), fileBytes);
  await writeFile(path.join(folder.path, file), code);
  const env = { ...process.env, NO_PROXY: '127.0.0.1', ...environment };
  await run(command, [path.join(folder.path, file)], { env, cwd: folder.path });
  return true;
}

for (const runner of runners) {
  test(`${runner.language}: a body from a file is read there`, async (t) => {
    await using server = await serve();
    if (!(await ranIn(t, runner, written(fileRequest(server.origin), runner.language)))) return;
    assert.deepEqual(new Uint8Array(server.arrived[0]?.bytes ?? []), fileBytes);
    assert.equal(server.arrived[0]?.headers['content-type'], 'application/json');
  });

  test(`${runner.language}: a form with files, texts and secrets`, async (t) => {
    await using server = await serve();
    const variables = new ShellVariables((length) => nodeRandom.bytes(length));
    const key = variables.standIn('secret', 'API_KEY', 'secret:key');
    const fields: readonly FormField[] = [
      ...formFields,
      { name: 'key', content: Secret.join(['k-', key]), type: undefined, fileName: undefined },
      ...(runner.language === 'python' ? [typedField] : []),
    ];
    const code = written(formRequest(server.origin, fields), runner.language, variables);
    assert.ok(!code.includes(key.revealForTransport()));
    if (!(await ranIn(t, runner, code, { API_KEY: canary }))) return;
    const [arrived] = server.arrived;
    assert.ok(arrived);
    assert.equal(arrived.headers['x-own'], 'kept');
    const headers = { 'content-type': arrived.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(arrived.bytes), { headers }).formData();
    const photo = form.get('photo');
    assert.ok(photo instanceof File);
    assert.deepEqual([photo.name, photo.type], ['my photo.png', 'image/png']);
    assert.deepEqual(new Uint8Array(await photo.arrayBuffer()), fileBytes);
    assert.equal(form.get('plain "name"'), nasty);
    assert.equal(form.get('key'), `k-${canary}`);
    if (runner.language === 'python') assert.match(arrived.body, /name="data"\r\nContent-Type: application\/json/);
  });
}

test('python: answers a Digest challenge', async (t) => {
  const python = present(
    runners.find(({ language }) => language === 'python'),
    'Python',
  );
  const server = await startDigestServer(t, { qop: 'auth' });
  const variables = new ShellVariables((length) => nodeRandom.bytes(length));
  const password = variables.standIn('secret', 'PASSWORD', 'secret:password');
  const of = httpRequest(`${server.origin}/in`, {
    method: 'POST',
    body: new TextEncoder().encode('hello'),
    auth: { kind: 'digest', username: 'ann', password },
  });
  const code = written(of, 'python', variables);
  assert.ok(!code.includes(password.revealForTransport()));
  if (!(await ranIn(t, python, code, { PASSWORD: 'word' }))) return;
  const [first, second] = server.headers;
  assert.equal(first, undefined);
  assert.match(second ?? '', /^Digest username="ann", realm=".*response="[0-9a-f]{32}"/);
  assert.deepEqual(server.bodies, ['hello', 'hello']);
});

test('every language reads a body from a file', () => {
  for (const { id } of snippetLanguages) {
    const code = written(fileRequest('https://api.acme.dev'), id);
    assert.match(code, /up\/loaded\.bin/, id);
    assert.doesNotMatch(code, /lkBody|lkPart/, id);
    assert.match(code, /application\/json/, id);
    assert.doesNotMatch(code, /StringContent|ofString\("|NewReader\("|-Body /, id);
  }
});

test('forms and Digest are written where the language has them, and the others name those', () => {
  const able = (of: HttpRequest, code: string): readonly SnippetLanguage[] =>
    snippetLanguages.flatMap(({ id }) => {
      try {
        assert.doesNotMatch(written(of, id), /lkPart|lkBody|BOUNDARY/, id);
        return [id];
      } catch (error) {
        assert.ok(error instanceof LatchkeyError && error.code === code, String(error));
        assert.match(String(error.data['languages']), /Python: Requests, .*PHP: Guzzle/);
        return [];
      }
    });
  const forms = formRequest('https://api.acme.dev', formFields);
  assert.deepEqual(able(forms, 'snippet.form'), ['fetch', 'axios', 'python', 'php', 'ruby']);
  const typed = formRequest('https://api.acme.dev', [...formFields, typedField]);
  assert.deepEqual(able(typed, 'snippet.form'), ['python', 'php', 'ruby']);
  for (const change of [{}, { method: 'GET', body: undefined, headers: [] }])
    assert.deepEqual(able(request('https://api.acme.dev', { ...change, auth: digest }), 'snippet.digest'), [
      'python',
      'csharp',
      'php',
    ]);
});

test('what the languages make of forms and Digest', () => {
  const code = (id: SnippetLanguage, of: HttpRequest): string => written(of, id).replaceAll(/\s+/g, ' ');
  const form = formRequest('https://api.acme.dev', [
    { name: 'a', content: 'b', type: undefined, fileName: undefined },
    { name: 'f', content: { path: 'x.png' }, type: 'image/png', fileName: 'x.png' },
  ]);
  const holds = (text: string, part: string): void => assert.ok(text.includes(part), text);
  holds(
    code('php', form),
    `'multipart' => [ ['name' => 'a', 'contents' => 'b'], ['name' => 'f', 'contents' => GuzzleHttp\\Psr7\\Utils::tryFopen('./x.png', 'r'), 'filename' => 'x.png', 'headers' => ['Content-Type' => 'image/png']] ] ]);`,
  );
  holds(
    code('ruby', form),
    `request.set_form([ ['a', 'b'], ['f', File.open('./x.png', 'rb'), { filename: 'x.png', content_type: 'image/png' }] ], 'multipart/form-data')`,
  );
  holds(
    code('axios', form),
    `import { readFile } from "node:fs/promises"; import axios from 'axios'; const form = new FormData(); form.append("a", "b"); form.append("f", new File([await readFile("./x.png")], "x.png", { type: "image/png" })); const options = {`,
  );
  holds(code('axios', form), ', data: form }');
  const get = request('https://api.acme.dev', { method: 'GET', body: undefined, headers: [], auth: digest });
  holds(code('php', get), `, [ 'auth' => ['o\\'ne', 'b', 'digest'] ]);`);
  holds(code('php', request('https://api.acme.dev', { auth: digest })), `, 'auth' => ['o\\'ne', 'b', 'digest'] ]);`);
  holds(code('csharp', get), `, "Digest", new System.Net.NetworkCredential("o'ne", "b"));`);
  holds(code('csharp', get), 'new HttpClient(new HttpClientHandler { Credentials = credentials });');
});

test('no text of a request is taken for a mark', () => {
  const texts = ['"lkHeader0x"', "'lkPart1x'", 'b"lkBodyx"', '"lk-url.invalid"', '"""\nlkBodyx\n"""'];
  for (const { id } of snippetLanguages)
    for (const text of texts) {
      const of = request('https://api.acme.dev', {
        headers: [
          ['Content-Type', 'a/b'],
          ['X-Text', text.replaceAll('\n', ' ')],
        ],
        body: new TextEncoder().encode(text),
      });
      // A refusal is as good: what must not be is another text in its place.
      try {
        const kept = written(of, id).match(/lkHeader0x|lkPart1x|lkBodyx|lk-url\.invalid/g) ?? [];
        assert.equal(kept.length, 2, `${id} ${text}`);
      } catch (error) {
        assert.ok(error instanceof LatchkeyError, String(error));
      }
    }
});

test('a signature is refused with the reason and the closest help', () => {
  const error = (auth: HttpRequest['auth']): LatchkeyError => {
    try {
      written(request('https://api.acme.dev', { auth }), 'python');
    } catch (thrown) {
      if (thrown instanceof LatchkeyError) return thrown;
    }
    throw new Error('It was written.');
  };
  const aws = error({
    ...{ kind: 'awsSigV4', region: 'r', service: 's', accessKeyId: 'a', sessionToken: undefined },
    secretAccessKey: new Secret('b'),
  });
  assert.match(errorTemplate(aws.code).next, /--aws-sigv4/);
  const hmac = error({
    ...{ kind: 'hmac', key: new Secret('b'), header: 'X-Signature', algorithm: 'sha256' },
    ...{ message: ['a'], value: ['b'] },
  });
  assert.match(hmac.message, /X-Signature/);
});

async function hasRequests(): Promise<boolean> {
  return run('python3', ['-c', 'import requests']).then(
    () => true,
    () => false,
  );
}
