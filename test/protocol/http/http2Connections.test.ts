import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { TLSSocket } from 'node:tls';
import test, { suite, type TestContext } from 'node:test';
import type { SendPhase } from '../../../src/core/http/sendPhase';
import type { HttpTransport } from '../../../src/core/ports';
import type { UndiciTransportOptions } from '../../../src/node/undiciTransport';
import { deferred } from '../../helpers/deferred';
import { eventually } from '../../helpers/eventually';
import { data, END_STREAM, goAway, head, ok, startFrames } from '../../helpers/http2Frames';
import { demandingClients, startHttp2, startRaw, startTransport, type Http2Server } from '../../helpers/localServers';
import { startProxy } from '../../helpers/proxyServer';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';
import { securedWith, type ProfileFiles } from '../../helpers/tlsProfiles';

/** Connections over which HTTP/2 is spoken: who shares one, when another is opened, and what ends one call alone. */

const ca = ['authority.pem'];

function trusting(t: TestContext, options?: UndiciTransportOptions): HttpTransport {
  return securedWith(startTransport(t, options), { ca });
}

/** Answers with the path; what begins with `/held` is answered by the test. */
async function startPaths(
  t: TestContext,
  more?: Parameters<typeof startHttp2>[2],
): Promise<Http2Server & { readonly held: Http2ServerResponse[] }> {
  const held: Http2ServerResponse[] = [];
  const server = await startHttp2(
    t,
    (request, response) => {
      if (request.url.startsWith('/held')) held.push(response);
      else response.end(request.url);
    },
    more,
  );
  return { ...server, held };
}

suite('one connection', () => {
  test('carries calls one after the other, and the later ones look nothing up', async (t) => {
    const server = await startPaths(t);
    const transport = trusting(t);
    const timings = [];
    for (let round = 0; round < 3; round++)
      timings.push((await exchangeWith(transport, server.origin)).hops[0]?.timings ?? assert.fail());
    assert.equal(server.connections(), 1);
    const [first, , last] = timings;
    assert.ok(first?.connect !== undefined && first.tls !== undefined && first.sent !== undefined);
    assert.ok(first.connect <= first.tls && first.tls <= first.sent && first.sent <= first.headers);
    assert.deepEqual([last?.dns, last?.connect, last?.tls], [undefined, undefined, undefined]);
    assert.ok(last?.sent !== undefined && last.sent <= last.headers);
  });

  test('carries many at once, and each gets its answer', async (t) => {
    const server = await startPaths(t);
    const transport = trusting(t);
    await exchangeWith(transport, server.origin);
    const sends = Array.from({ length: 50 }, (_, index) => exchangeWith(transport, `${server.origin}/held/${index}`));
    await eventually(() => assert.equal(server.held.length, 50));
    for (const response of server.held.toReversed()) response.end(response.req.url);
    const answers = (await Promise.all(sends)).map(textOf);
    assert.deepEqual(
      await Promise.all(answers),
      sends.map((_, index) => `/held/${index}`),
    );
    assert.equal(server.connections(), 1);
  });

  test('is left of several that were opened at the same time', async (t) => {
    const server = await startPaths(t);
    const transport = trusting(t);
    const sends = Array.from({ length: 10 }, (_, index) => exchangeWith(transport, `${server.origin}/${index}`));
    for (const exchange of await Promise.all(sends)) assert.equal(endOf(exchange), '200');
    await eventually(() => assert.equal(server.open(), 1));
    assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
    assert.equal(server.open(), 1);
  });

  test('serves one origin, and one way of securing it', async (t) => {
    const name = ({ stream }: Http2ServerRequest): string => {
      const { socket } = stream.session ?? {};
      assert.ok(socket instanceof TLSSocket);
      return String((socket.getPeerCertificate() as { subject?: { CN?: string } }).subject?.CN);
    };
    const server = await startHttp2(t, (request, response) => response.end(name(request)), {
      requestCert: true,
      rejectUnauthorized: false,
    });
    const transport = startTransport(t);
    const as = async (files: ProfileFiles, host = '127.0.0.1'): Promise<string> =>
      textOf(await exchangeWith(securedWith(transport, { ca, ...files }), `https://${host}:${server.port}`));
    for (let round = 0; round < 2; round++) {
      assert.equal(await as({ cert: 'client.pem', key: 'client.key.pem' }), 'Latchkey test: client');
      assert.equal(await as({ cert: 'stranger.pem', key: 'stranger.key.pem' }), 'Latchkey test: stranger');
      assert.equal(await as({}), 'undefined');
      // The certificate is for this name as well, and the address is the same.
      assert.equal(await as({}, 'localhost'), 'undefined');
    }
    assert.equal(server.connections(), 4);
  });

  test('of a server that demands a certificate: its own words are told', async (t) => {
    const server = await startHttp2(t, (_request, response) => response.end(), demandingClients());
    const exchange = await exchangeWith(trusting(t), server.origin, { method: 'POST' });
    assert.equal(endOf(exchange), 'http.tlsCertificateRequired');
  });

  for (const secure of [false, true]) {
    test(`goes through the tunnel of an ${secure ? 'https' : 'http'} proxy, and is used again`, async (t) => {
      const [server, proxy] = [await startPaths(t), await startProxy(t, { secure })];
      const transport = trusting(t, { proxy: () => proxy.as({ strictSsl: false }) });
      for (const path of ['/canary-a', '/canary-b']) {
        const exchange = await exchangeWith(transport, server.origin + path);
        assert.deepEqual([await textOf(exchange), exchange.hops[0]?.http2], [path, true]);
      }
      const large = await exchangeWith(transport, server.origin, { method: 'PUT', body: new Uint8Array(3_000_000) });
      assert.equal(endOf(large), '200');
      assert.deepEqual(proxy.seen, [`CONNECT ${new URL(server.origin).host}`]);
      assert.ok(!proxy.tunnelled().includes('canary'));
    });
  }

  test('is closed with the transport, and calls under way end', async (t) => {
    const server = await startPaths(t);
    const transport = startTransport(t);
    const secured = securedWith(transport, { ca });
    await exchangeWith(secured, server.origin);
    const held = exchangeWith(secured, `${server.origin}/held`);
    await eventually(() => assert.equal(server.held.length, 1));
    transport.dispose();
    assert.match(endOf(await held), /^http\./);
    await server.allClosed();
  });
});

suite('another connection', () => {
  test('is opened when the server takes no more at once', async (t) => {
    const server = await startPaths(t, { settings: { maxConcurrentStreams: 2 } });
    const transport = trusting(t);
    await exchangeWith(transport, server.origin);
    const sends = Array.from({ length: 5 }, () => exchangeWith(transport, `${server.origin}/held`));
    await eventually(() => assert.equal(server.held.length, 5));
    for (const response of server.held) response.end('now');
    for (const exchange of await Promise.all(sends)) assert.equal(await textOf(exchange), 'now');
    await eventually(() => assert.equal(server.open(), 1, 'only one is kept'));
  });

  for (const [title, close] of [
    [
      'has been closed while nobody used it',
      (server: Http2Server) => server.sessions.forEach((session) => session.close()),
    ],
    [
      'has broken while nobody used it',
      (server: Http2Server) => server.sessions.forEach((session) => session.destroy()),
    ],
  ] as const) {
    test(`is opened when the one before ${title}`, async (t) => {
      const server = await startPaths(t);
      const transport = trusting(t);
      for (let round = 0; round < 3; round++) {
        assert.equal(endOf(await exchangeWith(transport, server.origin, { method: 'POST' })), '200');
        close(server);
        await server.allClosed();
      }
      assert.equal(server.connections(), 3);
    });
  }

  test('is opened for what crosses with the end of the one before', async (t) => {
    const server = await startFrames(t, (socket, stream) => {
      // Answers once; then the server is gone when the next request has arrived: the race every client meets.
      if (stream === 1) socket.write(head(stream, [ok], END_STREAM));
      else socket.destroy();
    });
    const transport = trusting(t);
    assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
    assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
    assert.equal(server.connections(), 2);
    assert.equal(endOf(await exchangeWith(transport, server.origin, { method: 'POST' })), 'http.connectionClosed');
  });

  test('is opened after the server has said goodbye; what it still owes comes over the old one', async (t) => {
    let pay = (): void => undefined;
    const server = await startFrames(t, (socket, stream, index) => {
      if (index > 0) socket.write(head(stream, [ok], END_STREAM));
      else socket.write(Buffer.concat([goAway(stream, 0), head(stream, [ok])]));
      if (index === 0) pay = () => socket.write(data(stream, 'owed', END_STREAM));
    });
    const transport = trusting(t);
    const begun = deferred();
    const slow = exchangeWith(transport, server.origin, {}, { onResponse: () => begun.resolve() });
    await begun.promise;
    assert.equal(endOf(await exchangeWith(transport, server.origin, { method: 'POST' })), '200');
    pay();
    assert.equal(await textOf(await slow), 'owed');
    assert.equal(server.connections(), 2);
  });
});

const noLimit = { connect: undefined, headers: undefined, idle: undefined, total: undefined };

suite('one call alone is ended', () => {
  /** Begins a call that lasts, ends another one in the way that is looked at, and sees the first to its end. */
  async function beside(
    t: TestContext,
    server: Http2Server & { held: Http2ServerResponse[] },
    act: (transport: HttpTransport) => Promise<void>,
  ): Promise<void> {
    const transport = trusting(t);
    await exchangeWith(transport, server.origin);
    const other = exchangeWith(transport, `${server.origin}/held/other`);
    await eventually(() => assert.equal(server.held.length, 1));
    await act(transport);
    server.held[0]?.end('untouched');
    assert.equal(await textOf(await other), 'untouched');
    assert.deepEqual([server.connections(), server.open()], [1, 1]);
  }

  for (const [phase, path, body] of [
    ['sending', '/held/a', new Uint8Array(64 * 1024 * 1024)],
    ['waiting', '/held/a', undefined],
    ['receiving', '/half', undefined],
  ] as const satisfies readonly (readonly [SendPhase, string, Uint8Array | undefined])[]) {
    test(`by a cancel while it is ${phase}`, async (t) => {
      const closed: number[] = [];
      const held: Http2ServerResponse[] = [];
      const server = await startHttp2(t, (request, response) => {
        response.stream.on('close', () => closed.push(response.stream.rstCode));
        if (request.url === '/half') response.write('half');
        else if (request.url.startsWith('/held')) held.push(response);
        else response.end();
      });
      await beside(t, { ...server, held }, async (transport) => {
        const controller = new AbortController();
        const phases: SendPhase[] = [];
        const exchange = await exchangeWith(transport, server.origin + path, body ? { method: 'POST', body } : {}, {
          signal: controller.signal,
          onProgress: (now) => {
            if (phases.at(-1) !== now) phases.push(now);
            if (now === phase) controller.abort();
          },
        });
        assert.deepEqual([endOf(exchange), phases.at(-1)], ['cancelled', phase]);
        // Whom a cancel reaches before anything has left, the server has never heard of.
        if (phase !== 'sending') await eventually(() => assert.equal(closed.at(-1), 8));
      });
    });
  }

  for (const [name, path] of [
    ['headers', '/held/a'],
    ['idle', '/half'],
    ['total', '/half'],
  ] as const) {
    test(`by the ${name} limit`, async (t) => {
      const held: Http2ServerResponse[] = [];
      const server = await startHttp2(t, (request, response) => {
        if (request.url === '/half') response.write('half');
        else if (request.url.startsWith('/held')) held.push(response);
        else response.end();
      });
      await beside(t, { ...server, held }, async (transport) => {
        const timeouts = { ...noLimit, [name]: 150 };
        const exchange = await exchangeWith(transport, server.origin + path, { timeouts });
        assert.equal(endOf(exchange), `http.${name}Timeout`);
        assert.equal(dataOf(exchange)['seconds'], 0.15);
      });
    });
  }

  test('by the end of a stream that somebody has stopped', async (t) => {
    const held: Http2ServerResponse[] = [];
    const server = await startHttp2(t, (request, response) => {
      if (request.url === '/events')
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\ndata: 2\n\n');
      else if (request.url.startsWith('/held')) held.push(response);
      else response.end();
    });
    await beside(t, { ...server, held }, async (transport) => {
      const exchange = await exchangeWith(transport, `${server.origin}/events`, { stop: { events: 1 } });
      assert.equal(endOf(exchange), '200');
    });
  });

  test('by what is wrong with its body', async (t) => {
    const server = await startPaths(t);
    await beside(t, server, async (transport) => {
      const open = async function* (): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(Buffer.alloc(70_000));
        throw new Error('no more');
      };
      const body = { size: 100_000, open, shown: '', secrets: [] };
      const sent = transport.send(
        { method: 'PUT', url: `${server.origin}/held/b`, headers: [], body },
        new AbortController().signal,
      );
      await assert.rejects(sent, { code: 'http.failed' });
    });
  });
});

test('the connect limit, and a cancel while the connection is made', async (t) => {
  const server = await startRaw(t, (socket) => void socket.resume());
  const url = server.origin.replace('http:', 'https:');
  const exchange = await exchangeWith(trusting(t), url, { timeouts: { ...noLimit, connect: 100 } });
  assert.equal(endOf(exchange), 'http.connectTimeout');
  const controller = new AbortController();
  const sent = exchangeWith(trusting(t), url, {}, { signal: controller.signal });
  await eventually(() => assert.equal(server.connections(), 2));
  controller.abort();
  assert.equal(endOf(await sent), 'cancelled');
  await server.allClosed();
});

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

test('a thousand sends leave nothing behind', { skip: process.platform !== 'linux' }, async (t) => {
  const server = await startHttp2(t, ({ url }, response) => {
    if (url === '/events') response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\n');
    else response.end('{"ok":true}');
  });
  const transport = trusting(t);
  await exchangeWith(transport, server.origin);
  const before = openFiles();
  const warnings: string[] = [];
  const warn = ({ name, message }: Error): unknown => warnings.push(`${name} ${message}`);
  process.on('warning', warn);
  t.after(() => process.off('warning', warn));
  for (let round = 0; round < 100; round++) {
    const path = round % 2 === 0 ? '/' : '/events';
    const sends = Array.from({ length: 10 }, () => exchangeWith(transport, server.origin + path));
    for (const exchange of await Promise.all(sends)) assert.equal(endOf(exchange), '200');
  }
  assert.deepEqual([server.connections(), server.open()], [1, 1]);
  const cancelled = Array.from({ length: 200 }, () => {
    const controller = new AbortController();
    const sent = exchangeWith(transport, server.origin, {}, { signal: controller.signal });
    controller.abort();
    return sent;
  });
  for (const exchange of await Promise.all(cancelled)) assert.equal(endOf(exchange), 'cancelled');
  assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
  await eventually(() => assert.ok(openFiles() <= before, `${openFiles()} of ${before}`));
  // Node warns of listeners that pile up.
  assert.deepEqual(warnings, []);
});
