import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { type TestContext } from 'node:test';
import { authorise, withoutConnection } from '../../../src/core/http/authorise';
import type { Exchange } from '../../../src/core/http/exchange';
import type { HttpRequest } from '../../../src/core/http/httpRequest';
import { sendExchange, type SendOptions } from '../../../src/core/http/sendExchange';
import type { Clock } from '../../../src/core/ports';
import { MASK, Secret } from '../../../src/core/secret';
import type { PlannedMessage, PlannedSocket } from '../../../src/core/stream/socketMessages';
import type { StreamLog } from '../../../src/core/stream/streamLog';
import { nodeClock } from '../../../src/node/nodeClock';
import { workspaceFileContents } from '../../../src/node/workspaceFiles';
import { eventually } from '../../helpers/eventually';
import { startHttp, startRaw, startTransport } from '../../helpers/localServers';
import { startProxy } from '../../helpers/proxyServer';
import { bearerToken, connectionTo, httpRequest, sendDependencies, withConnection } from '../../helpers/requests';
import { endOf, exchangeWith, textOf } from '../../helpers/sending';
import { answering } from '../../helpers/socketFrames';
import { startSockets } from '../../helpers/socketServer';
import { temporaryFolder } from '../../helpers/temporaryFolder';

function socket(...texts: readonly (string | Secret)[]): Partial<HttpRequest> {
  return { socket: { messages: texts.map((text): PlannedMessage => ({ text, after: 0 })) } };
}

function logOf({ outcome }: Exchange): StreamLog {
  if (outcome.kind === 'failure') throw outcome.error;
  assert.equal(outcome.kind, 'response');
  assert.ok(outcome.response.stream);
  return outcome.response.stream;
}

function shown(log: StreamLog): readonly string[] {
  return log.from(0).map(({ direction, data }) => `${direction === 'sent' ? '>' : '<'} ${data}`);
}

/** Hears of the stream as soon as it is open. */
function onStream(act: (log: StreamLog) => void): Partial<SendOptions> {
  return { onResponse: (sofar) => act(logOf(sofar)) };
}

test('the messages of the file go in order, what comes is in the log and the body, and the stop closes', async (t) => {
  let code = 0;
  const server = await startSockets(t, (client) => {
    client.on('message', (data: Buffer) => client.send(`echo ${data.toString()}`));
    client.on('close', (closed) => (code = closed));
    client.send('{"hello": 1,\n"more": 2}');
  });
  const changes = { ...socket('one', 'two'), stop: { events: 3 } };
  const exchange = await exchangeWith(startTransport(t), `${server.origin}/chat`, changes);
  assert.equal(endOf(exchange), '101');
  const log = logOf(exchange);
  assert.deepEqual(log.end, { kind: 'stopped', by: 'events' });
  assert.deepEqual(
    shown(log).filter((line) => line.startsWith('>')),
    ['> one', '> two'],
  );
  assert.equal(await textOf(exchange), '{"hello": 1, "more": 2}\n"echo one"\n"echo two"\n');
  await eventually(() => assert.equal(code, 1000));
  assert.equal(exchange.request.url, `${server.origin.replace('http', 'ws')}/chat`);
});

test('a person types and closes; binary messages are shown in hexadecimal', async (t) => {
  const server = await startSockets(t, (client) => {
    client.on('message', () => client.send(Buffer.of(0, 255, 16)));
  });
  const watching = onStream((log) => {
    void log.send('typed');
    log.onDidChange(() => log.received > 0 && log.stop('person'));
  });
  const log = logOf(await exchangeWith(startTransport(t), server.origin, socket(), watching));
  assert.deepEqual(shown(log), ['> typed', '< 00 ff 10']);
  assert.deepEqual(log.end, { kind: 'stopped', by: 'person' });
  await eventually(() => assert.equal(server.clients(), 0));
});

test('the server’s own end: its code and reason; an end without a word is told as one', async (t) => {
  const server = await startSockets(t, (client, { url }) => {
    if (url === '/closed') client.close(4001, 'no more for you');
    else if (url === '/done') client.close();
    else client.terminate();
  });
  const transport = startTransport(t);
  const endAt = async (path: string): Promise<unknown> =>
    logOf(await exchangeWith(transport, server.origin + path, socket())).end;
  assert.deepEqual(await endAt('/closed'), { kind: 'closed', code: 4001, reason: 'no more for you' });
  assert.deepEqual(await endAt('/done'), { kind: 'closed', code: 1005, reason: '' });
  assert.deepEqual(await endAt('/broken'), { kind: 'closed', code: 1006, reason: '' });
});

test('the token goes along to the origin of the connection, and no secret is shown', async (t) => {
  const server = await startSockets(t, (client) =>
    client.on('message', (data: Buffer) => client.send(data.toString())),
  );
  const request = httpRequest(server.origin, {
    auth: withConnection,
    ...socket(Secret.join(['key=', new Secret('super-secret-key')])),
    stop: { events: 1 },
  });
  const authorised = authorise(request, bearerToken('very-secret-token'), connectionTo(server.origin));
  const signal = new AbortController().signal;
  const exchange = await sendExchange(authorised, sendDependencies(startTransport(t)), { signal });
  assert.equal(server.requests[0]?.headers.authorization, 'Bearer very-secret-token');
  assert.deepEqual(
    exchange.request.headers.find(([name]) => name === 'Authorization'),
    ['Authorization', `Bearer ${MASK}`],
  );
  assert.equal(logOf(exchange).at(0)?.data, `key=${MASK}`);
  assert.ok(exchange.secrets?.some(({ shown: text, atoms }) => text.includes(MASK) && atoms.length > 0));
  assert.throws(() => authorise(request, bearerToken('x'), connectionTo('https://elsewhere.example')));
});

test('a refusal is an ordinary response; what is no WebSocket is said', async (t) => {
  const server = await startSockets(t, () => undefined, {
    verifyClient: (_info, done) => done(false, 401, 'Sign in first'),
  });
  const transport = startTransport(t);
  const refused = await exchangeWith(transport, server.origin, socket());
  assert.equal(endOf(refused), '401');
  assert.equal(await textOf(refused), 'Sign in first');
  const plain = await startHttp(t, (_request, response) => response.end('hello'));
  assert.equal(endOf(await exchangeWith(transport, plain.origin, socket())), 'http.notWebSocket');
  const wrong = await startRaw(t, (client) => {
    client.once('data', () =>
      client.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
      ),
    );
  });
  assert.equal(endOf(await exchangeWith(transport, wrong.origin, socket())), 'http.notWebSocket');
  await wrong.allClosed();
});

test('subprotocols: the one that the server chooses of those asked for', async (t) => {
  const server = await startSockets(t, (client) => client.close(1000, client.protocol), {
    handleProtocols: (protocols) => (protocols.has('v2') ? 'v2' : false),
  });
  const exchange = await exchangeWith(startTransport(t), server.origin, {
    ...socket(),
    headers: [['Sec-WebSocket-Protocol', 'v1, v2']],
  });
  assert.deepEqual(logOf(exchange).end, { kind: 'closed', code: 1000, reason: 'v2' });
});

test('frames that break the rules end the socket, and what came before stays', async (t) => {
  const hello = Buffer.from([0x81, 2, 0x68, 0x69]);
  const reserved = await answering(t, undefined, Buffer.concat([hello, Buffer.from([0xf1, 0])]));
  const log = logOf(await exchangeWith(startTransport(t), reserved.origin, socket()));
  assert.deepEqual(shown(log), ['< hi']);
  assert.equal(log.end?.kind === 'broken' && log.end.error.code, 'http.socketBroken');
  const huge = await answering(t, undefined, Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0]));
  const { end } = logOf(await exchangeWith(startTransport(t), huge.origin, socket()));
  assert.equal(end?.kind, 'broken');
  await huge.allClosed();
});

test('a cancel closes it at once, while it opens and while it is open', async (t) => {
  const silent = await startRaw(t, (client) => void client.resume());
  const opening = new AbortController();
  const waiting = exchangeWith(startTransport(t), silent.origin, socket(), { signal: opening.signal });
  await eventually(() => assert.equal(silent.open(), 1));
  opening.abort();
  assert.equal(endOf(await waiting), 'cancelled');
  await silent.allClosed();
  const server = await startSockets(t, (client) => client.send('hi'));
  const controller = new AbortController();
  const open = await exchangeWith(startTransport(t), server.origin, socket(), {
    signal: controller.signal,
    ...onStream((log) => log.onDidChange(() => controller.abort())),
  });
  assert.equal(endOf(open), 'cancelled');
  await eventually(() => assert.equal(server.clients(), 0));
});

test('a server that never agrees to close is left', async (t) => {
  const stubborn = await answering(t, undefined, Buffer.from([0x81, 2, 0x68, 0x69]));
  const log = logOf(await exchangeWith(startTransport(t), stubborn.origin, { ...socket(), stop: { events: 1 } }));
  assert.deepEqual(log.end, { kind: 'stopped', by: 'events' });
  await stubborn.allClosed();
});

test('a server that has closed, or is refused, and goes on sending is left soon', { timeout: 30_000 }, async (t) => {
  const leftAfter = async (frame: Buffer): Promise<void> => {
    const server = await answering(t, undefined, frame, (client) => {
      // It takes no notice of our end of the connection.
      client.allowHalfOpen = true;
      const more = (): void => void client.write(Buffer.alloc(16_384), (error) => error ?? setImmediate(more));
      more();
    });
    logOf(await exchangeWith(startTransport(t), server.origin, socket()));
    await server.allClosed();
  };
  const closing = Buffer.from([0x88, 2, 0x03, 0xe8]);
  const reserved = Buffer.from([0xf1, 0]);
  await Promise.all([leftAfter(closing), leftAfter(reserved)]);
});

test('a redirect names its target as HTTP or as a WebSocket', async (t) => {
  const server = await startSockets(t, (client) => client.close(1000, 'here'));
  for (const target of [server.origin, server.origin.replace(/^http/, 'ws'), '/']) {
    const first = await startRaw(t, (client, index) => {
      client.once('data', () => {
        if (index === 0)
          client.end(`HTTP/1.1 307 Temporary Redirect\r\nLocation: ${target}\r\nContent-Length: 0\r\n\r\n`);
        else client.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      });
    });
    const exchange = await exchangeWith(startTransport(t), first.origin, socket());
    if (target === '/') assert.equal(endOf(exchange), '404');
    else assert.deepEqual(logOf(exchange).end, { kind: 'closed', code: 1000, reason: 'here' });
  }
});

test('a flood of messages is taken in bounded memory, the latest are there', async (t) => {
  const server = await startSockets(t, (client) => {
    for (let index = 0; index < 20_000; index++) client.send(`{"n":${index}}`);
    client.close(1000);
  });
  const log = logOf(await exchangeWith(startTransport(t), server.origin, socket()));
  assert.equal(log.received, 20_000);
  assert.ok(log.from(0).length < 1200);
  assert.equal(log.at(19_999)?.data, '{"n":19999}');
});

test('a large message of JSON is looked through in turns with everything else', async (t) => {
  const large = JSON.stringify(Array.from({ length: 300_000 }, (_, index) => index));
  const server = await startSockets(t, (client) => {
    client.send(large);
    client.close(1000);
  });
  let turns = 0;
  const clock: Clock = {
    now: () => Date.now(),
    delay: (milliseconds, signal) => {
      if (milliseconds === 0) turns++;
      return nodeClock.delay(milliseconds, signal);
    },
  };
  const request = withoutConnection(httpRequest(server.origin, socket()));
  const { signal } = new AbortController();
  const exchange = await sendExchange(request, sendDependencies(startTransport(t), clock), { signal });
  assert.equal(await textOf(exchange), `${large}\n`);
  assert.ok(turns >= 3, `${turns} turns for ${large.length} characters`);
});

test('through a proxy it is a tunnel, with and without TLS', async (t) => {
  const proxy = await startProxy(t);
  for (const secure of [false, true]) {
    const server = await startSockets(t, (client) => client.close(1000, 'through'), { secure });
    const transport = startTransport(t, { proxy: () => proxy.as() });
    const exchange = await exchangeWith(transport, server.origin, socket());
    if (secure) assert.equal(endOf(exchange), 'http.tlsUntrusted', 'the certificate is checked like any other');
    else assert.deepEqual(logOf(exchange).end, { kind: 'closed', code: 1000, reason: 'through' });
  }
});

/** Sends with the files of a folder at hand. */
function exchangeWithFiles(
  t: TestContext,
  url: string,
  changes: Partial<HttpRequest>,
  options: Partial<SendOptions> = {},
): Promise<Exchange> {
  const dependencies = { ...sendDependencies(startTransport(t)), files: workspaceFileContents };
  const signal = new AbortController().signal;
  return sendExchange(withoutConnection(httpRequest(url, changes)), dependencies, { signal, ...options });
}

test('binary messages: from files and base64, in their place among the others', async (t) => {
  const seen: string[] = [];
  const server = await startSockets(t, (client) => {
    client.on('message', (data: Buffer, isBinary) => {
      seen.push(`${isBinary ? 'binary' : 'text'} ${data.toString('hex')}`);
      client.send(data, { binary: isBinary });
    });
  });
  await using folder = await temporaryFolder('messages');
  await fs.writeFile(path.join(folder.path, 'frame.bin'), Buffer.of(1, 2, 255));
  const planned: PlannedSocket = {
    folder: pathToFileURL(folder.path).href,
    messages: [
      { text: 'hi', after: 0 },
      { file: { path: 'frame.bin' }, after: 0 },
      { base64: ' AP8_\n', after: 0 },
      { base64: new Secret('c2VjcmV0LXZhbHVl'), after: 0 },
    ],
  };
  const exchange = await exchangeWithFiles(t, server.origin, { socket: planned, stop: { events: 4 } });
  const hex = Buffer.from('secret-value').toString('hex');
  assert.deepEqual(seen, ['text 6869', 'binary 0102ff', 'binary 00ff3f', `binary ${hex}`]);
  const log = logOf(exchange);
  assert.deepEqual(
    shown(log).filter((line) => line.startsWith('>')),
    ['> hi', '> 01 02 ff', '> 00 ff 3f', `> ${MASK}`],
  );
  const known = (exchange.secrets ?? []).map((secret) => secret.revealForTransport());
  assert.ok(known.includes(hex), 'an echo in the body is found');
  assert.ok(known.includes(log.at(log.count - 1)?.data ?? ''), 'and one in the list');
});

test('a file that is not there, outside, or too large is told before anything is sent; one that goes, when it is', async (t) => {
  const server = await startSockets(t, (client) => client.send('go'));
  await using folder = await temporaryFolder('messages');
  await fs.writeFile(path.join(folder.path, 'large.bin'), Buffer.alloc(16 * 1024 * 1024 + 1));
  await fs.writeFile(path.join(folder.path, 'goes.bin'), 'here');
  const send = async (name: string, options: Partial<SendOptions> = {}, after = 0): Promise<Exchange> => {
    const messages: readonly PlannedMessage[] = [{ file: { path: name }, after }];
    const planned = { folder: pathToFileURL(folder.path).href, messages };
    return exchangeWithFiles(t, server.origin, { socket: planned }, options);
  };
  assert.equal(endOf(await send('none.bin')), 'file.notFound');
  assert.equal(endOf(await send('../else.bin')), 'file.outside');
  assert.equal(endOf(await send('large.bin')), 'file.tooLarge');
  const unknown = { messages: [{ file: { path: 'goes.bin' }, after: 0 }] };
  assert.equal(endOf(await exchangeWithFiles(t, server.origin, { socket: unknown })), 'file.notLocal');
  assert.equal(server.requests.length, 0);
  const gone = await send(
    'goes.bin',
    onStream(() => rmSync(path.join(folder.path, 'goes.bin'))),
    50,
  );
  const { end } = logOf(gone);
  assert.equal(end?.kind === 'broken' && end.error.code, 'file.notFound');
  await eventually(() => assert.equal(server.clients(), 0));
});
