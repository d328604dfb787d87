import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import type * as http from 'node:http';
import type { Socket } from 'node:net';
import * as path from 'node:path';
import test, { type TestContext } from 'node:test';
import { withoutConnection } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { sendAuthorised } from '../../../src/core/http/sendAuthorised';
import { sendExchange, type SendDependencies, type SendOptions } from '../../../src/core/http/sendExchange';
import { Secret } from '../../../src/core/secret';
import { workspaceFileContents } from '../../../src/node/workspaceFiles';
import { eventually } from '../../helpers/eventually';
import { composed } from '../../helpers/filesBody';
import { startHttp, startTransport, type LocalServer } from '../../helpers/localServers';
import {
  bearerToken,
  connectionTo,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../helpers/requests';
import { endOf } from '../../helpers/sending';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const MEGABYTE = 1024 * 1024;

async function folderOf(t: TestContext, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder('uploads');
  t.after(() => folder[Symbol.asyncDispose]());
  for (const [name, content] of Object.entries(files)) await fs.writeFile(path.join(folder.path, name), content);
  return folder.path;
}

function dependencies(t: TestContext): SendDependencies {
  return { ...sendDependencies(startTransport(t)), files: workspaceFileContents };
}

function send(
  t: TestContext,
  url: string,
  changes: Partial<HttpRequest>,
  options: Partial<SendOptions> = {},
): Promise<Exchange> {
  const request = withoutConnection(httpRequest(url, { method: 'PUT', ...changes }));
  return sendExchange(request, dependencies(t), { signal: neverAborted, ...options });
}

interface Received {
  readonly method: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly sha256: string;
  readonly bytes: number;
}

async function receive(request: http.IncomingMessage): Promise<Received> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { method: request.method, headers: request.headers, sha256: hash.digest('hex'), bytes };
}

/** A server that takes every body and answers as told. */
async function startSink(
  t: TestContext,
  answer: (
    received: Received,
    index: number,
  ) => { readonly status: number; readonly headers?: Record<string, string> } = () => ({ status: 200 }),
): Promise<LocalServer & { readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = await startHttp(t, (request, response) => {
    void receive(request).then(
      (all) => {
        const { status, headers = {} } = answer(all, received.length);
        received.push(all);
        response.writeHead(status, headers).end();
      },
      () => undefined,
    );
  });
  return { ...server, received };
}

function sha256(...pieces: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Whether this process has the file open. */
async function isOpen(file: string): Promise<boolean> {
  const links = await Promise.all(
    (await fs.readdir('/proc/self/fd')).map((fd) => fs.readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.includes(file);
}
const withoutProc = process.platform === 'linux' ? false : 'only Linux lists open files';

test('a file arrives as it is, with its length, and the upload tells how far it has come', async (t) => {
  const content = randomBytes(3 * MEGABYTE + 17);
  const folder = await folderOf(t, { 'in voice.pdf': content });
  const server = await startSink(t);
  const steps: (readonly [number, number | undefined])[] = [];
  const exchange = await send(
    t,
    server.origin,
    { body: composed(folder, { file: 'in voice.pdf' }), headers: [['Content-Type', 'application/pdf']] },
    { onProgress: (phase, bytes, total) => phase === 'sending' && bytes > 0 && steps.push([bytes, total]) },
  );
  assert.equal(endOf(exchange), '200');
  assert.equal(server.received[0]?.sha256, sha256(content));
  assert.equal(server.received[0].headers['content-length'], String(content.length));
  assert.equal(server.received[0].headers['content-type'], 'application/pdf');
  assert.deepEqual(steps.at(-1), [content.length, content.length]);
  assert.ok(steps.length > 10);
  assert.deepEqual(
    steps.map(([bytes]) => bytes),
    steps.map(([bytes]) => bytes).sort((a, b) => a - b),
  );
  assert.equal(exchange.request.body, '‹in voice.pdf, 3.1 MB›');
  assert.equal(exchange.request.bodyBytes, content.length);
  assert.deepEqual(exchange.request.headers.at(-1), ['content-length', String(content.length)]);
});

test('texts, secrets and files in one body: the secret stays one, the files are named', async (t) => {
  const content = randomBytes(200_000);
  const folder = await folderOf(t, { a: content, empty: Buffer.alloc(0) });
  const server = await startSink(t);
  const secret = new Secret('canary-grüße');
  const exchange = await send(t, server.origin, {
    method: 'POST',
    body: composed(folder, 'one ', secret, { file: 'a' }, ' two ', { file: 'empty' }),
  });
  assert.equal(server.received[0]?.sha256, sha256('one canary-grüße', content, ' two '));
  assert.equal(exchange.request.body, 'one ••••••‹a, 200 kB› two ‹empty, 0 B›');
  assert.doesNotMatch(JSON.stringify(exchange), /canary/);
});

test('an empty file is a body of no bytes', async (t) => {
  const folder = await folderOf(t, { empty: Buffer.alloc(0) });
  const server = await startSink(t);
  for (const method of ['PUT', 'GET']) {
    const exchange = await send(t, server.origin, { method, body: composed(folder, { file: 'empty' }) });
    assert.equal(endOf(exchange), '200');
  }
  assert.deepEqual(
    server.received.map(({ headers }) => headers['content-length']),
    ['0', undefined],
  );
});

test('307 and 308 send the file once more, 303 does not', async (t) => {
  const content = randomBytes(MEGABYTE);
  const folder = await folderOf(t, { a: content });
  const server = await startSink(t, (_received, index) => {
    const next = ['/b', '/c', '/d'][index];
    return next === undefined
      ? { status: 200 }
      : { status: [307, 308, 303][index] ?? 200, headers: { Location: next } };
  });
  const exchange = await send(t, server.origin, { method: 'POST', body: composed(folder, { file: 'a' }) });
  assert.equal(endOf(exchange), '200');
  assert.deepEqual(
    server.received.map(({ method, bytes }) => `${method ?? ''} ${bytes}`),
    [`POST ${MEGABYTE}`, `POST ${MEGABYTE}`, `POST ${MEGABYTE}`, 'GET 0'],
  );
});

test('to another origin a file goes along, a secret beside it does not', async (t) => {
  const folder = await folderOf(t, { a: randomBytes(1000) });
  const other = await startSink(t);
  const server = await startSink(t, () => ({ status: 307, headers: { Location: other.origin } }));
  assert.equal(endOf(await send(t, server.origin, { body: composed(folder, { file: 'a' }) })), '200');
  const refused = await send(t, server.origin, { body: composed(folder, new Secret('canary-1'), { file: 'a' }) });
  assert.equal(endOf(refused), 'http.redirectSecretBody');
  assert.equal(other.received.length, 1);
});

test('a renewed token sends the file once more', async (t) => {
  const content = randomBytes(MEGABYTE);
  const folder = await folderOf(t, { a: content });
  const server = await startSink(t, ({ headers }) => ({
    status: headers.authorization === 'Bearer new-token' ? 200 : 401,
  }));
  const exchange = await sendAuthorised(
    httpRequest(server.origin, { method: 'PUT', auth: withConnection, body: composed(folder, { file: 'a' }) }),
    connectionTo(server.origin),
    {
      freshToken: () => Promise.resolve(bearerToken('old-token')),
      renew: () => Promise.resolve(bearerToken('new-token')),
    },
    dependencies(t),
    { signal: neverAborted },
  );
  assert.equal(endOf(exchange), '200');
  assert.deepEqual(
    server.received.map((each) => each.sha256),
    [sha256(content), sha256(content)],
  );
});

test('on a connection that the server has just closed, the file is sent once more', async (t) => {
  const content = randomBytes(MEGABYTE);
  const folder = await folderOf(t, { a: content });
  const received: Received[] = [];
  const used = new WeakSet<Socket>();
  let closed = 0;
  const server = await startHttp(t, (request, response) => {
    if (used.has(request.socket)) {
      closed++;
      request.socket.destroy();
      return;
    }
    used.add(request.socket);
    void receive(request).then((all) => {
      received.push(all);
      response.end();
    });
  });
  const shared = dependencies(t);
  const put = (): Promise<Exchange> =>
    sendExchange(
      withoutConnection(httpRequest(server.origin, { method: 'PUT', body: composed(folder, { file: 'a' }) })),
      shared,
      { signal: neverAborted },
    );
  assert.equal(endOf(await put()), '200');
  // A connection may become free a moment after its answer is there.
  while (closed === 0) assert.equal(endOf(await put()), '200');
  assert.equal(closed, 1);
  assert.ok(received.length > 1);
  for (const each of received) assert.equal(each.sha256, sha256(content));
});

for (const [title, name, code] of [
  ['is not there', 'missing', 'file.notFound'],
  ['is a folder', '.', 'file.outside'],
  ['is a link that leads out', 'link', 'file.outside'],
  ['is never read', '.env', 'file.forbidden'],
] as const) {
  test(`a file that ${title}: nothing is sent`, async (t) => {
    const folder = await folderOf(t, { '.env': Buffer.from('A=b') });
    await fs.symlink('/etc/hostname', path.join(folder, 'link'));
    const server = await startSink(t);
    const exchange = await send(t, server.origin, { body: composed(folder, 'before', { file: name }) });
    assert.equal(endOf(exchange), code);
    assert.equal(server.connections(), 0);
    assert.equal(exchange.request.body, `before‹${name}›`);
  });
}

for (const [title, change] of [
  ['grows', (file: string) => fs.appendFile(file, 'more')],
  ['shrinks', (file: string) => fs.truncate(file, 10)],
  ['goes', (file: string) => fs.rm(file)],
] as const) {
  test(`a file that ${title} while it is sent ends the send`, async (t) => {
    const folder = await folderOf(t, { a: randomBytes(2 * MEGABYTE) });
    const file = path.join(folder, 'a');
    const server = await startSink(t);
    const shared = dependencies(t);
    const files = {
      content: async (root: string, name: string) => {
        const content = await workspaceFileContents.content(root, name);
        await change(file);
        return content;
      },
    };
    const exchange = await sendExchange(
      withoutConnection(httpRequest(server.origin, { method: 'PUT', body: composed(folder, { file: 'a' }) })),
      { ...shared, files },
      { signal: neverAborted },
    );
    assert.equal(endOf(exchange), title === 'goes' ? 'file.notFound' : 'file.changed');
    await server.allClosed();
    assert.equal(server.received.length, 0);
  });
}

test('cancelled in the middle, the file is closed and so is the connection', { skip: withoutProc }, async (t) => {
  const folder = await folderOf(t, { a: randomBytes(8 * MEGABYTE) });
  const file = path.join(folder, 'a');
  // The server reads nothing, so that the upload stands still with the file open.
  let arrived: http.IncomingMessage | undefined;
  const server = await startHttp(t, (request) => (arrived = request.pause()));
  const cancel = new AbortController();
  let wasOpen = false;
  const sent = send(t, server.origin, { body: composed(folder, { file: 'a' }) }, { signal: cancel.signal });
  await eventually(async () => assert.ok((wasOpen = await isOpen(file))));
  cancel.abort();
  assert.equal(endOf(await sent), 'cancelled');
  assert.ok(wasOpen);
  await eventually(async () => assert.ok(!(await isOpen(file))));
  // Only who reads learns that a connection is closed.
  arrived?.resume();
  await server.allClosed();
});

test('an answer that does not wait for the body ends the upload', { skip: withoutProc }, async (t) => {
  const folder = await folderOf(t, { a: randomBytes(16 * MEGABYTE) });
  const server = await startHttp(t, (request, response) => {
    request.pause();
    response.writeHead(413, { 'Content-Length': '3' }).end('big');
  });
  const exchange = await send(t, server.origin, { body: composed(folder, { file: 'a' }) });
  assert.equal(endOf(exchange), '413');
  await eventually(async () => assert.ok(!(await isOpen(path.join(folder, 'a')))));
});

test('a body whose length only reading would tell goes in chunks', async (t) => {
  const server = await startSink(t);
  const transport = startTransport(t);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from('ab');
    yield Buffer.from('c');
  };
  const body = { size: undefined, open, shown: 'abc', secrets: [] };
  const response = await transport.send({ method: 'POST', url: server.origin, headers: [], body }, neverAborted);
  assert.equal(response.status, 200);
  assert.equal(server.received[0]?.sha256, sha256('abc'));
  assert.equal(server.received[0].headers['transfer-encoding'], 'chunked');
  assert.deepEqual(response.headersSent?.at(-1), ['transfer-encoding', 'chunked']);
});
