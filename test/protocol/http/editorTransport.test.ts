import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { isAbort } from '../../../src/core/errors';
import type { WireRequest } from '../../../src/core/ports';
import { Secret } from '../../../src/core/secret';
import { ChosenTransport } from '../../../src/node/chosenTransport';
import { EditorTransport } from '../../../src/node/editorTransport';
import { deferred } from '../../helpers/deferred';
import { FakeTransport } from '../../helpers/fakeTransport';
import { refusedPort, startHttp, startHttps, startRaw, startScript } from '../../helpers/localServers';
import { endOf, exchangeWith, textOf } from '../../helpers/sending';

const transport = new EditorTransport('Latchkey/test');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a request and its answer go through with all that is in them', async (t) => {
  const server = await startHttp(t, (request, response) => {
    const { method, url, headers } = request;
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const seen = [method, url, headers['x-team'], headers['user-agent'], headers.authorization, body];
      response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(seen)));
    });
  });
  const exchange = await exchangeWith(transport, `${server.origin}/orders?a=%2F`, {
    method: 'PATCH',
    headers: [
      ['X-Team', 'web'],
      ['Authorization', new Secret('Bearer canary')],
    ],
    body: bytes('{"grüße":1}'),
  });
  assert.equal(endOf(exchange), '201');
  const seen = ['PATCH', '/orders?a=%2F', 'web', 'Latchkey/test', 'Bearer canary', '{"grüße":1}'];
  assert.deepEqual(JSON.parse(await textOf(exchange)), seen);
  assert.ok(exchange.outcome.kind === 'response');
  const cookies = exchange.outcome.response.headers.filter(([name]) => name === 'set-cookie');
  assert.deepEqual(cookies.map(String), ['set-cookie,a=1', 'set-cookie,b=2']);
});

test('a body is made while it is sent, with the length that is known of it', async (t) => {
  const server = await startHttp(t, (request, response) => {
    let length = 0;
    request.on('data', (piece: Buffer) => (length += piece.length));
    request.on('end', () => response.end(`${request.headers['content-length']} ${length}`));
  });
  const piece = new Uint8Array(64 * 1024);
  const body = {
    size: piece.length * 3,
    shown: '',
    secrets: [],
    async *open() {
      for (let index = 0; index < 3; index += 1) yield await Promise.resolve(piece);
    },
  };
  const request: WireRequest = { method: 'POST', url: server.origin, headers: [], body };
  const response = await transport.send(request, new AbortController().signal);
  let text = '';
  for await (const part of response.body) text += Buffer.from(part).toString();
  assert.equal(text, `${body.size} ${body.size}`);
});

test('a coding is asked for only where the fetch of every version undoes it', async (t) => {
  const server = await startHttp(t, ({ headers }, response) => response.end(headers['accept-encoding']));
  const text = await textOf(await exchangeWith(transport, server.origin));
  // That of Node 22 passes zstd on as it came.
  assert.equal(text, 'gzip, deflate, br');
  const asked = { headers: [['Accept-Encoding', 'zstd']] } as const;
  assert.equal(await textOf(await exchangeWith(transport, server.origin, asked)), 'zstd');
});

test('redirects are left to who asks', async (t) => {
  const server = await startHttp(t, (request, response) => {
    if (request.url === '/here') response.writeHead(302, { location: '/there' }).end();
    else response.end('there');
  });
  const request: WireRequest = { method: 'GET', url: `${server.origin}/here`, headers: [] };
  const { status, headers } = await transport.send(request, new AbortController().signal);
  assert.equal(status, 302);
  assert.ok(headers.some(([name, value]) => name === 'location' && value === '/there'));
  const exchange = await exchangeWith(transport, `${server.origin}/here`);
  assert.equal(await textOf(exchange), 'there');
  assert.equal(exchange.hops.length, 2);
});

test('what goes wrong has the codes that it has with our own transport', async (t) => {
  const refused = await startRaw(t, (socket) => socket.destroy());
  const broken = await startScript(t, 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', 'end');
  const selfSigned = await startHttps(t, 'selfSigned', (_request, response) => response.end());
  const ends = [
    ['http://no-such-host.invalid/', /^http\.host(?:NotFound|LookupFailed)$/],
    [`http://127.0.0.1:${await refusedPort(t)}/`, /^http\.connectionRefused$/],
    [refused.origin, /^http\.connectionClosed$/],
    [broken.origin, /^http\.bodyIncomplete$/],
    [selfSigned.origin, /^http\.tlsUntrusted$/],
  ] as const;
  for (const [url, code] of ends) assert.match(endOf(await exchangeWith(transport, url)), code, url);
});

test('a proxy that refuses, which looks like a request given up, is told as a failure', async (t) => {
  const server = await startHttp(t, (_request, response) => response.end());
  const gaveUp = Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), { name: 'AbortError' });
  const failing = new EditorTransport('test', () => () => Promise.reject(new TypeError('failed', { cause: gaveUp })));
  const exchange = await exchangeWith(failing, server.origin);
  assert.equal(endOf(exchange), 'http.editorTransportFailed');
  assert.ok(exchange.outcome.kind === 'failure');
  assert.equal(exchange.outcome.error.data['reason'], gaveUp.message);
});

test('what it cannot send is refused before anything leaves', async (t) => {
  const server = await startHttp(t, (_request, response) => response.end());
  const never = new AbortController().signal;
  const request = { url: server.origin, headers: [] };
  const refusals: readonly (readonly [WireRequest, string])[] = [
    [{ ...request, method: 'GET', body: bytes('x') }, 'http.editorTransportBody'],
    [{ ...request, method: 'TRACE' }, 'http.editorTransportMethod'],
    [{ ...request, method: 'GET', tls: { id: 'acme', ca: [], verify: false } }, 'http.editorTransportTls'],
  ];
  for (const [each, code] of refusals) await assert.rejects(transport.send(each, never), { code });
  assert.equal(server.connections(), 0);
});

test('it is given up before the answer and in the middle of it', async (t) => {
  const asked = deferred();
  const closed: Promise<unknown>[] = [];
  const server = await startHttp(t, (request, response) => {
    closed.push(once(request.socket, 'close'));
    if (request.url === '/half') response.write('half');
    else asked.resolve();
  });
  for (const path of ['/never', '/half']) {
    const controller = new AbortController();
    const request: WireRequest = { method: 'GET', url: server.origin + path, headers: [] };
    const receiving = (async (): Promise<void> => {
      const { body } = await transport.send(request, controller.signal);
      for await (const piece of body) {
        assert.equal(Buffer.from(piece).toString(), 'half');
        controller.abort();
      }
    })();
    if (path === '/never') void asked.promise.then(() => controller.abort());
    await assert.rejects(receiving, isAbort);
  }
  // Fetch may open others at once, for requests to come.
  await Promise.all(closed);
  assert.equal(closed.length, 2);
});

test('VS Code’s network gets what is chosen for it, but no WebSocket and nothing of this machine', async () => {
  const own: string[] = [];
  const chosen = new ChosenTransport({
    userAgent: 'test',
    isEditorChosen: () => true,
    own: new FakeTransport(({ url }) => {
      own.push(String(url));
      return { status: 200 };
    }),
  });
  const signal = new AbortController().signal;
  const send = (url: string, upgrade?: 'websocket'): Promise<unknown> =>
    chosen.send({ method: 'GET', url, headers: [], upgrade }, signal);
  await send('http://localhost:1/');
  await send('http://127.0.0.1:1/');
  await send('https://chat.acme.dev/', 'websocket');
  await assert.rejects(send('http://no-such-host.invalid/'), { name: 'LatchkeyError' });
  assert.deepEqual(own, ['http://localhost:1/', 'http://127.0.0.1:1/', 'https://chat.acme.dev/']);
});
