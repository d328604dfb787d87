import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { joinSensitive, MASK, Secret } from '../../../src/core/secret';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { startHttp, startRaw, startTransport, type LocalServer } from '../../helpers/localServers';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';

/** A server that keeps the head and the body of every request, byte for byte. */
async function startRecorder(t: TestContext): Promise<LocalServer & { readonly received: string[] }> {
  const received: string[] = [];
  const server = await startRaw(t, (socket) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (head < 0 || text.length < head + 4 + length) return;
      received.push(text.slice(0, head + 4 + length));
      text = text.slice(head + 4 + length);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  return { ...server, received };
}

async function sent(t: TestContext, path: string, changes: Partial<HttpRequest>): Promise<string> {
  const server = await startRecorder(t);
  const exchange = await exchangeWith(startTransport(t, { userAgent: 'Test' }), server.origin + path, changes);
  assert.equal(endOf(exchange), '200');
  return (server.received[0] ?? '').replaceAll(server.origin.slice(7), 'HOST');
}

test('header names keep their order and case; only what frames the message is added', async (t) => {
  const headers = [
    ['X-ZULU', '1'],
    ['accept', 'a/b'],
    ['X-alpha', '2'],
    ['X-ZULU', '3'],
    ['Accept-Encoding', 'identity'],
  ] as const;
  const text = await sent(t, '/a%20b?c=%2F#frag', { headers });
  assert.equal(
    text,
    'GET /a%20b?c=%2F HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n' +
      'X-ZULU: 1\r\naccept: a/b\r\nX-alpha: 2\r\nX-ZULU: 3\r\nAccept-Encoding: identity\r\nUser-Agent: Test\r\n\r\n',
  );
});

test('the codings that can be decoded are offered unless the file says otherwise', async (t) => {
  const zstd = Number(process.versions.node.split('.')[0]) >= 24 ? ', zstd' : '(, zstd)?';
  assert.match(await sent(t, '/', {}), new RegExp(`\\r\\nAccept-Encoding: gzip, deflate, br${zstd}\\r\\n`));
});

for (const method of ['GET', 'DELETE', 'POST', 'PROPFIND', 'PURGE', 'M-SEARCH']) {
  test(`${method} with a body`, async (t) => {
    const body = new TextEncoder().encode('{"grüße":1}');
    const text = await sent(t, '/', {
      method,
      body,
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '13'],
      ],
    });
    assert.ok(text.startsWith(`${method} / HTTP/1.1\r\n`));
    assert.ok(text.endsWith(`\r\ncontent-length: 13\r\n\r\n${Buffer.from(body).toString('latin1')}`), text);
    assert.equal(text.match(/content-length/gi)?.length, 1);
  });
}

test('POST without a body says so', async (t) => {
  assert.match(await sent(t, '/', { method: 'POST' }), /\r\ncontent-length: 0\r\n/);
});

test('secrets are plain on the wire and nowhere else', async (t) => {
  const key = new Secret('canary-k3y');
  const server = await startRecorder(t);
  const exchange = await exchangeWith(startTransport(t), joinSensitive([`${server.origin}/?key=`, key]), {
    method: 'POST',
    headers: [['X-Key', key]],
    body: joinSensitive(['p=', key]) as Secret,
  });
  assert.match(
    server.received[0] ?? '',
    /^POST \/\?key=canary-k3y [^]*\r\nX-Key: canary-k3y\r\n[^]*\r\n\r\np=canary-k3y$/,
  );
  assert.doesNotMatch(JSON.stringify(exchange), /canary/);
  assert.equal(exchange.request.url, `${server.origin}/?key=${MASK}`);
});

test('the exchange shows every header as it was sent', async (t) => {
  const server = await startRecorder(t);
  const body = new TextEncoder().encode('x');
  const { request } = await exchangeWith(startTransport(t), server.origin, {
    method: 'PUT',
    body,
    headers: [
      ['Connection', 'close'],
      ['Host', 'other.test'],
      ['A', 'b'],
    ],
  });
  const lines = request.headers.map(([name, value]) => `${name}: ${value}`);
  assert.equal(server.received[0], `PUT / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\nx`);
  assert.deepEqual(lines.slice(0, 3), ['host: other.test', 'connection: close', 'A: b']);
});

for (const [title, changes, code, data] of [
  [
    'Transfer-Encoding',
    { headers: [['Transfer-Encoding', 'chunked']] },
    'http.headerNotAllowed',
    { header: 'Transfer-Encoding' },
  ],
  ['Expect', { headers: [['expect', '100-continue']] }, 'http.headerNotAllowed', { header: 'expect' }],
  [
    'a wrong Content-Length',
    { headers: [['Content-Length', '5']] },
    'http.contentLengthMismatch',
    { stated: '5', actual: 0 },
  ],
  [
    'a line break in a header',
    { headers: [['X-A', 'b\r\nX-Evil: 1']] },
    'http.invalidRequest',
    { reason: 'invalid X-A header' },
  ],
  [
    'a letter that a header cannot hold',
    { headers: [['X-A', '日']] },
    'http.invalidRequest',
    { reason: 'invalid X-A header' },
  ],
  ['a header name with a space', { headers: [['X A', 'b']] }, 'http.invalidRequest', {}],
  ['a method that is no word', { method: 'GET /evil' }, 'http.invalidRequest', { reason: 'invalid request method' }],
  ['CONNECT', { method: 'CONNECT' }, 'http.invalidRequest', {}],
] as const) {
  test(`${title} is refused before anything is sent`, async (t) => {
    const server = await startRecorder(t);
    const exchange = await exchangeWith(startTransport(t), server.origin, changes);
    assert.equal(endOf(exchange), code);
    for (const [name, value] of Object.entries(data)) assert.equal(dataOf(exchange)[name], value);
    assert.deepEqual(server.received, []);
  });
}

test('a URL that cannot be sent to is refused', async (t) => {
  const transport = startTransport(t);
  for (const [url, code] of [
    ['/relative', 'http.invalidUrl'],
    ['ftp://127.0.0.1/', 'http.invalidUrl'],
    ['http://u:p@127.0.0.1/', 'http.credentialsInUrl'],
  ] as const) {
    assert.equal(endOf(await exchangeWith(transport, url)), code);
  }
});

test('connections are used again, one after the other', async (t) => {
  const server = await startHttp(t, (request, response) => {
    request.resume().on('end', () => response.end('ok'));
  });
  const transport = startTransport(t);
  const first = await exchangeWith(transport, server.origin);
  const second = await exchangeWith(transport, server.origin, { method: 'POST', body: new Uint8Array(200_000) });
  const third = await exchangeWith(transport, server.origin);
  assert.equal(server.connections(), 1);
  assert.equal(await textOf(third), 'ok');
  const [one, two] = [first.hops[0]?.timings, second.hops[0]?.timings];
  assert.ok(one?.connect !== undefined && one.connect <= one.headers);
  assert.equal(two?.connect, undefined);
  assert.ok(two?.sent !== undefined && two.sent <= two.headers);
});

test('requests at the same time get connections of their own, and each its answer', async (t) => {
  const held: (() => void)[] = [];
  const server = await startHttp(t, (request, response) => {
    held.push(() => response.end(request.url));
    if (held.length === 20) for (const answer of held.reverse()) answer();
  });
  const transport = startTransport(t);
  const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
  const answers = await Promise.all(
    paths.map(async (path) => textOf(await exchangeWith(transport, server.origin + path))),
  );
  assert.deepEqual(answers, paths);
  assert.equal(server.connections(), 20);
});

test('a kept connection that the server has closed is not noticed by the user', async (t) => {
  const server = await startRaw(t, (socket) => {
    let requests = 0;
    socket.on('data', () => {
      // Answers once, then goes away when the next request has arrived: the race every client meets.
      if (++requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
  });
  const transport = startTransport(t);
  assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
  assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
  assert.equal(server.connections(), 2);
  assert.equal(endOf(await exchangeWith(transport, server.origin, { method: 'POST' })), 'http.connectionClosed');
});

test('after "Connection: close" the next request connects anew', async (t) => {
  const server = await startHttp(t, (_request, response) => response.setHeader('Connection', 'close').end('ok'));
  const transport = startTransport(t);
  for (let round = 0; round < 3; round++)
    assert.equal(await textOf(await exchangeWith(transport, server.origin)), 'ok');
  assert.equal(server.connections(), 3);
});

test('dispose closes the connections that were kept', async (t) => {
  const server = await startHttp(t, (_request, response) => response.end('ok'));
  const transport = startTransport(t);
  await Promise.all([exchangeWith(transport, server.origin), exchangeWith(transport, server.origin)]);
  assert.equal(server.open(), 2);
  transport.dispose();
  await server.allClosed();
});

test('names under localhost are this machine', async (t) => {
  const server = await startHttp(t, (request, response) => response.end(request.headers.host));
  const transport = startTransport(t);
  for (const host of ['localhost', 'playground.localhost', 'a.b.localhost', 'localhost.']) {
    const exchange = await exchangeWith(transport, `http://${host}:${server.port}/`);
    assert.equal(await textOf(exchange), `${host}:${server.port}`);
    assert.ok(exchange.hops[0]?.timings.dns !== undefined);
  }
});
