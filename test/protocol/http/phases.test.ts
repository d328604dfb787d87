import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import test, { type TestContext } from 'node:test';
import type { Exchange } from '../../../src/core/http/exchange';
import type { Timeouts } from '../../../src/core/http/httpRequest';
import type { SendPhase } from '../../../src/core/http/sendPhase';
import { eventually } from '../../helpers/eventually';
import { startHttp, startRaw, startTransport, type LocalServer } from '../../helpers/localServers';
import { dataOf, endOf, exchangeWith } from '../../helpers/sending';

const noLimit: Timeouts = { connect: undefined, headers: undefined, idle: undefined, total: undefined };

/** Takes connections and says nothing. */
function silent(t: TestContext): Promise<LocalServer> {
  return startRaw(t, (socket) => void socket.resume());
}

/** Takes connections and reads nothing. */
function deaf(t: TestContext): Promise<LocalServer> {
  return startRaw(t, (socket) => void socket.pause());
}

/** Answers with a head and a piece of the body. */
function halfway(t: TestContext, type: string): Promise<LocalServer> {
  return startHttp(t, (_request, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': type });
    response.write('data: 1\n\n');
  });
}

/** Sends, and cancels as soon as a phase has begun. */
async function cancelledIn(
  t: TestContext,
  url: string,
  phase: SendPhase,
  body?: Uint8Array,
): Promise<{ readonly exchange: Exchange; readonly phases: readonly SendPhase[] }> {
  const controller = new AbortController();
  const phases: SendPhase[] = [];
  const exchange = await exchangeWith(startTransport(t), url, body ? { method: 'POST', body } : {}, {
    signal: controller.signal,
    onProgress: (now) => {
      if (phases.at(-1) !== now) phases.push(now);
      if (now === phase) controller.abort();
    },
  });
  return { exchange, phases };
}

test('a cancel ends a send in each of its phases, and with it the connection', async (t) => {
  const server = await silent(t);
  const lookup = await cancelledIn(t, 'http://name.invalid/', 'connecting');
  assert.deepEqual(
    [endOf(lookup.exchange), lookup.phases.at(-1)],
    ['cancelled', 'connecting'],
    'while the name is looked up',
  );
  const secure = await cancelledIn(t, server.origin.replace('http', 'https'), 'connecting');
  assert.equal(endOf(secure.exchange), 'cancelled', 'while it is being secured');
  const waiting = await cancelledIn(t, server.origin, 'waiting');
  assert.deepEqual([endOf(waiting.exchange), waiting.phases.at(-1)], ['cancelled', 'waiting']);
  await server.allClosed();
  const upload = await deaf(t);
  const sending = await cancelledIn(t, upload.origin, 'sending', new Uint8Array(64 * 1024 * 1024));
  assert.deepEqual([endOf(sending.exchange), sending.phases.at(-1)], ['cancelled', 'sending']);
  for (const type of ['application/json', 'text/event-stream']) {
    const answering = await halfway(t, type);
    const receiving = await cancelledIn(t, answering.origin, 'receiving');
    assert.deepEqual([endOf(receiving.exchange), receiving.phases.at(-1)], ['cancelled', 'receiving'], type);
    await answering.allClosed();
  }
});

test('each limit ends its phase, names it, and closes the connection', async (t) => {
  const server = await silent(t);
  const body = await halfway(t, 'application/json');
  const secure = server.origin.replace('http', 'https');
  const cases: readonly (readonly [url: string, limits: Partial<Timeouts>, code: string])[] = [
    [secure, { connect: 100 }, 'http.connectTimeout'],
    [server.origin, { headers: 100 }, 'http.headersTimeout'],
    [body.origin, { idle: 100 }, 'http.idleTimeout'],
    [server.origin, { total: 100 }, 'http.totalTimeout'],
    [body.origin, { total: 300 }, 'http.totalTimeout'],
  ];
  for (const [url, limits, code] of cases) {
    const exchange = await exchangeWith(startTransport(t), url, { timeouts: { ...noLimit, ...limits } });
    assert.equal(endOf(exchange), code);
    const [limit] = Object.values(limits);
    assert.equal(dataOf(exchange)['seconds'], Number(limit) / 1000);
  }
  await server.allClosed();
  await body.allClosed();
});

/** Files and sockets that this process has open. */
function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

test('a thousand sends of the same request leave nothing behind', { skip: process.platform !== 'linux' }, async (t) => {
  const server = await startHttp(t, ({ url }, response) => {
    if (url === '/events') response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\n');
    else response.end('{"ok":true}');
  });
  const transport = startTransport(t);
  const { signal } = new AbortController();
  let listeners = 0;
  const counting = new Proxy(signal, {
    get(target, name) {
      if (name === 'addEventListener') listeners++;
      if (name === 'removeEventListener') listeners--;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  await exchangeWith(transport, server.origin);
  const before = openFiles();
  for (let round = 0; round < 100; round++) {
    const path = round % 2 === 0 ? '/' : '/events';
    const sends = Array.from({ length: 10 }, () =>
      exchangeWith(transport, server.origin + path, {}, { signal: counting }),
    );
    for (const exchange of await Promise.all(sends)) assert.equal(endOf(exchange), '200');
  }
  assert.equal(listeners, 0);
  await eventually(() => assert.ok(server.open() <= 6, 'as many connections are kept as a browser keeps'));
  // Both ends of each connection are in this process.
  await eventually(() => assert.ok(openFiles() <= before + 2 * 6, `${openFiles()} of ${before}`));
  const cancelled = Array.from({ length: 200 }, () => {
    const controller = new AbortController();
    const sent = exchangeWith(transport, server.origin, {}, { signal: controller.signal });
    controller.abort();
    return sent;
  });
  for (const exchange of await Promise.all(cancelled)) assert.equal(endOf(exchange), 'cancelled');
  await eventually(() => assert.ok(openFiles() <= before + 2 * 6, `${openFiles()} of ${before} after cancels`));
});
