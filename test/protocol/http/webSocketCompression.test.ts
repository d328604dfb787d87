import assert from 'node:assert/strict';
import test from 'node:test';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import type { StreamLog } from '../../../src/core/stream/streamLog';
import { eventually } from '../../helpers/eventually';
import { startTransport } from '../../helpers/localServers';
import { present } from '../../helpers/present';
import { endOf, exchangeWith } from '../../helpers/sending';
import { answering, compressedFrame } from '../../helpers/socketFrames';
import { startSockets } from '../../helpers/socketServer';

const MB = 1024 * 1024;
const long = `{"text":"${'all the same '.repeat(20_000)}"}`;

function socket(...texts: readonly string[]): Partial<HttpRequest> {
  return { socket: { messages: texts.map((text) => ({ text, after: 0 })) } };
}

function logOf({ outcome }: Exchange): StreamLog {
  if (outcome.kind === 'failure') throw outcome.error;
  assert.equal(outcome.kind, 'response');
  return present(outcome.response.stream, 'the stream');
}

function received(log: StreamLog): readonly string[] {
  return log.from(0).flatMap(({ direction, data }) => (direction === 'received' ? [data] : []));
}

test('what both sides agree on is compressed both ways, and short messages are not', async (t) => {
  const seen: { readonly text: string; readonly bytes: number }[] = [];
  const server = await startSockets(
    t,
    (client, { socket: connection }) => {
      client.on('message', (data: Buffer) => {
        seen.push({ text: data.toString(), bytes: connection.bytesRead });
        client.send(data.toString());
      });
    },
    { perMessageDeflate: { threshold: 0 } },
  );
  const exchange = await exchangeWith(startTransport(t), server.origin, {
    ...socket('short', long, 'short', long),
    stop: { events: 4 },
  });
  assert.equal(
    server.requests[0]?.headers['sec-websocket-extensions'],
    'permessage-deflate; client_no_context_takeover',
  );
  assert.deepEqual(received(logOf(exchange)), ['short', long, 'short', long]);
  assert.deepEqual(
    seen.map(({ text }) => text),
    ['short', long, 'short', long],
  );
  assert.ok((seen.at(-1)?.bytes ?? 0) < 20_000, 'it was compressed');
});

test('a server that wants none gets none; a header in the file without it offers none', async (t) => {
  const without = await startSockets(t, (client) =>
    client.on('message', (data: Buffer) => client.send(data.toString())),
  );
  const plain = await exchangeWith(startTransport(t), without.origin, { ...socket(long), stop: { events: 1 } });
  assert.deepEqual(received(logOf(plain)), [long]);
  const willing = await startSockets(t, (client) => client.close(1000, client.extensions), {
    perMessageDeflate: true,
  });
  const off = { ...socket(), headers: [['Sec-WebSocket-Extensions', '']] } as const;
  const exchange = await exchangeWith(startTransport(t), willing.origin, off);
  assert.equal(willing.requests[0]?.headers['sec-websocket-extensions'], undefined);
  assert.deepEqual(logOf(exchange).end, { kind: 'closed', code: 1000, reason: '' });
});

test('contexts and windows as the server has them', async (t) => {
  for (const perMessageDeflate of [
    { serverNoContextTakeover: true },
    { clientNoContextTakeover: true },
    { serverMaxWindowBits: 10 },
  ]) {
    const server = await startSockets(
      t,
      (client) => client.on('message', (data: Buffer) => client.send(data.toString())),
      { perMessageDeflate: { ...perMessageDeflate, threshold: 0 } },
    );
    const changes = { ...socket(long, long, long), stop: { events: 3 } };
    assert.deepEqual(received(logOf(await exchangeWith(startTransport(t), server.origin, changes))), [
      long,
      long,
      long,
    ]);
  }
});

test('what is compressed and still being read when the server has gone is not lost', async (t) => {
  const server = await startSockets(
    t,
    (client) => {
      for (let index = 0; index < 50; index++) client.send(`${index} ${long}`);
      client.close(4000, 'gone');
    },
    { perMessageDeflate: { threshold: 0 } },
  );
  const log = logOf(await exchangeWith(startTransport(t), server.origin, socket()));
  assert.equal(log.received, 50);
  assert.deepEqual(log.end, { kind: 'closed', code: 4000, reason: 'gone' });
});

test('a bomb ends the socket before it has grown', async (t) => {
  let code = 0;
  const server = await startSockets(
    t,
    (client) => {
      client.on('close', (closed) => (code = closed));
      client.send('before');
      client.send(Buffer.alloc(64 * MB));
    },
    { perMessageDeflate: true },
  );
  const log = logOf(await exchangeWith(startTransport(t), server.origin, socket()));
  assert.deepEqual(received(log), ['before']);
  assert.ok(log.end?.kind === 'broken');
  assert.equal(log.end.error.code, 'http.socketBroken');
  await eventually(() => assert.equal(code, 1009));
});

test('an answer that was not offered is refused', async (t) => {
  for (const extensions of [
    'permessage-other',
    'permessage-deflate; client_max_window_bits=10',
    'permessage-deflate; unknown',
    'permessage-deflate, permessage-deflate',
    'permessage-deflate, x-other',
    'permessage-deflate; server_max_window_bits=99',
    ',,;',
  ]) {
    const server = await answering(t, extensions, Buffer.alloc(0));
    assert.equal(
      endOf(await exchangeWith(startTransport(t), server.origin, socket())),
      'http.notWebSocket',
      extensions,
    );
    await server.allClosed();
  }
});

test('what is no compressed data ends the socket, and a cancel in the middle ends it at once', async (t) => {
  const nonsense = await answering(t, 'permessage-deflate', Buffer.from([0xc1, 4, 0xff, 0xff, 0xff, 0xff]));
  const { end } = logOf(await exchangeWith(startTransport(t), nonsense.origin, socket()));
  assert.equal(end?.kind, 'broken');
  await nonsense.allClosed();
  const frames = Buffer.concat(Array.from({ length: 30 }, () => compressedFrame(Buffer.alloc(4 * MB))));
  const flood = await answering(t, 'permessage-deflate', frames);
  const controller = new AbortController();
  const exchange = await exchangeWith(startTransport(t), flood.origin, socket(), {
    signal: controller.signal,
    onResponse: (sofar) => logOf(sofar).onDidChange(() => controller.abort()),
  });
  assert.equal(endOf(exchange), 'cancelled');
  await flood.allClosed();
});
