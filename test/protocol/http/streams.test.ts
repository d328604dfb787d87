import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import test, { type TestContext } from 'node:test';
import { withoutConnection } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import { sendExchange, type SendOptions } from '../../../src/core/http/sendExchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import type { Clock } from '../../../src/core/ports';
import type { StreamLog } from '../../../src/core/stream/streamLog';
import { deferred } from '../../helpers/deferred';
import { startHttp, startRaw, startTransport, type LocalServer } from '../../helpers/localServers';
import { httpRequest, sendDependencies } from '../../helpers/requests';
import { endOf, exchangeWith, textOf } from '../../helpers/sending';

const SSE = { 'content-type': 'text/event-stream' };

function logOf({ outcome }: Exchange): StreamLog {
  assert.equal(outcome.kind, 'response');
  assert.ok(outcome.response.stream, 'it is a stream');
  return outcome.response.stream;
}

function dataOf(log: StreamLog): readonly string[] {
  return log.from(0).map(({ data }) => data);
}

async function stream(
  t: TestContext,
  answer: (response: ServerResponse) => void,
  changes: Partial<HttpRequest> = {},
  options: Partial<SendOptions> = {},
): Promise<{ readonly exchange: Exchange; readonly server: LocalServer }> {
  const server = await startHttp(t, (_request, response) => answer(response));
  return { exchange: await exchangeWith(startTransport(t), server.origin, changes, options), server };
}

/** Sends events for as long as somebody listens. */
function endless(response: ServerResponse): void {
  response.writeHead(200, SSE);
  let count = 0;
  const next = (): void => {
    if (response.destroyed) return;
    response.write(`id: ${count}\ndata: ${count++}\n\n`, () => setImmediate(next));
  };
  next();
}

test('events are there while the stream goes on, byte by byte, and the whole at its end', async (t) => {
  const seen: string[] = [];
  const arrived = deferred();
  const { exchange } = await stream(
    t,
    (response) => {
      response.writeHead(200, SSE);
      const bytes = Array.from('event: a\ndata: 1\n\ndata: 2\n\ndata: half');
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) response.write(byte, () => setImmediate(next));
        else void arrived.promise.then(() => response.end());
      };
      next();
    },
    {},
    {
      onResponse: ({ outcome }) => {
        assert.equal(outcome.kind, 'response');
        const log = outcome.response.stream;
        log?.onDidChange(() => {
          seen.push(`${log.count} ${log.end?.kind ?? 'open'}`);
          if (log.count === 2) arrived.resolve();
        });
      },
    },
  );
  assert.deepEqual(seen, ['1 open', '2 open', '2 ended']);
  assert.equal(await textOf(exchange), 'event: a\ndata: 1\n\ndata: 2\n\ndata: half');
});

test('a stop after some events ends the stream as success, and the connection', async (t) => {
  const { exchange, server } = await stream(t, endless, { stop: { events: 5 } });
  const log = logOf(exchange);
  assert.deepEqual(dataOf(log), ['0', '1', '2', '3', '4']);
  assert.deepEqual(log.end, { kind: 'stopped', by: 'events' });
  assert.match(await textOf(exchange), /data: 4\n\n$/);
  await server.allClosed();
});

test('a stop on a match, and one after a time though nothing comes', async (t) => {
  const matched = await stream(t, endless, { stop: { matches: '^3$' } });
  assert.deepEqual(logOf(matched.exchange).end, { kind: 'stopped', by: 'matches' });
  assert.equal(dataOf(logOf(matched.exchange)).at(-1), '3');
  const silent = (response: ServerResponse): void => void response.writeHead(200, SSE).write('data: 1\n\n');
  const timed = await stream(t, silent, { stop: { after: 50 } });
  assert.deepEqual(logOf(timed.exchange).end, { kind: 'stopped', by: 'after' });
  assert.deepEqual(dataOf(logOf(timed.exchange)), ['1']);
});

test('a stop after a time ends a compressed stream too, in the middle of waiting', async (t) => {
  const server = await startHttp(t, (_request, response) => {
    response.writeHead(200, { ...SSE, 'content-encoding': 'gzip' });
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    gzip.pipe(response);
    gzip.write('data: 1\n\n');
    gzip.flush();
  });
  // The time is up when the first event is there, however long the machine takes for it.
  const arrived = deferred();
  const clock: Clock = { now: () => Date.now(), delay: () => arrived.promise };
  const onResponse = (sofar: Exchange): void => void logOf(sofar).onDidChange(() => arrived.resolve());
  const request = withoutConnection(httpRequest(server.origin, { stop: { after: 1 } }));
  const { signal } = new AbortController();
  const exchange = await sendExchange(request, sendDependencies(startTransport(t), clock), { signal, onResponse });
  assert.deepEqual(dataOf(logOf(exchange)), ['1']);
  assert.deepEqual(logOf(exchange).end, { kind: 'stopped', by: 'after' });
  await server.allClosed();
});

test('a limit of whoever sends counts where the request has none', async (t) => {
  const { exchange } = await stream(t, endless, {}, { stop: { events: 2 } });
  assert.equal(logOf(exchange).received, 2);
  const own = await stream(t, endless, { stop: { events: 3 } }, { stop: { events: 2 } });
  assert.equal(logOf(own.exchange).received, 3);
});

test('a person ends an endless stream, long after its total time: what has come stays, memory does not grow', async (t) => {
  const total = 1000;
  let begin = Infinity;
  const { exchange, server } = await stream(
    t,
    endless,
    { timeouts: { connect: undefined, headers: undefined, idle: 5000, total } },
    {
      onResponse: (sofar) => {
        const log = logOf(sofar);
        begin = performance.now();
        log.onDidChange(() => {
          if (log.count >= 1300 && performance.now() - begin > total) log.stop('person');
        });
      },
    },
  );
  const log = logOf(exchange);
  assert.deepEqual(log.end, { kind: 'stopped', by: 'person' });
  assert.ok(log.count >= 1300 && log.from(0).length < 1200);
  await server.allClosed();
});

test('a cancel ends it with nothing left', async (t) => {
  const controller = new AbortController();
  const { exchange, server } = await stream(
    t,
    endless,
    {},
    { signal: controller.signal, onResponse: (sofar) => logOf(sofar).onDidChange(() => controller.abort()) },
  );
  assert.equal(endOf(exchange), 'cancelled');
  await server.allClosed();
});

test('a server that breaks off leaves its events, and the reason; nobody connects anew', async (t) => {
  const server = await startRaw(t, (socket) => {
    socket.once('data', () => {
      const text = 'retry: 1\nid: 1\ndata: 1\n\ndata: ha';
      const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
      socket.write(`${head}${text.length.toString(16)}\r\n${text}\r\n`, () => socket.resetAndDestroy());
    });
  });
  const exchange = await exchangeWith(startTransport(t), server.origin);
  const log = logOf(exchange);
  assert.equal(log.end?.kind, 'broken');
  assert.equal(log.end.error.code, 'http.bodyIncomplete');
  assert.deepEqual(dataOf(log), ['1']);
  assert.equal(server.connections(), 1);
});

test('a pause that is too long breaks it, and says so', async (t) => {
  const silent = (response: ServerResponse): void => void response.writeHead(200, SSE).write('data: 1\n\n');
  const { exchange } = await stream(t, silent, {
    timeouts: { connect: undefined, headers: undefined, idle: 50, total: undefined },
  });
  const { end } = logOf(exchange);
  assert.equal(end?.kind === 'broken' && end.error.code, 'http.idleTimeout');
});

test('an event of a megabyte arrives whole, and a line of many is cut', async (t) => {
  const { exchange } = await stream(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(`${JSON.stringify('x'.repeat(1_000_000))}\n${'y'.repeat(5_000_000)}\n1\n`);
  });
  const events = logOf(exchange).from(0);
  assert.deepEqual(
    events.map(({ data, isCut }) => [data.length, isCut]),
    [
      [1_000_002, false],
      [1024 * 1024, true],
      [1, false],
    ],
  );
});
