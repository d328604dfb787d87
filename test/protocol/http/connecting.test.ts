import assert from 'node:assert/strict';
import test from 'node:test';
import { formatTemplate } from '../../../src/core/text/template';
import { errorTemplate, type LatchkeyError } from '../../../src/core/errors';
import type { Timeouts } from '../../../src/core/http/httpRequest';
import type { HttpTransport } from '../../../src/core/ports';
import {
  refusedPort,
  startHttp,
  startHttps,
  startRaw,
  startTransport,
  type CertificateName,
} from '../../helpers/localServers';
import { securedWith } from '../../helpers/tlsProfiles';
import { deferred } from '../../helpers/deferred';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';

const never: Timeouts = { connect: undefined, headers: undefined, idle: undefined, total: undefined };
const trusting = (t: test.TestContext): HttpTransport => securedWith(startTransport(t), { ca: ['authority.pem'] });

/** Sentence and next step are complete: no placeholder is left. */
function assertTold(outcome: { readonly kind: string; readonly error?: LatchkeyError }): void {
  assert.ok(outcome.error);
  const { message, next } = errorTemplate(outcome.error.code);
  assert.doesNotMatch(formatTemplate(message + next, outcome.error.data), /[{}]|undefined|\(\)/);
}

test('a refused port', async (t) => {
  const port = await refusedPort(t);
  for (const host of ['127.0.0.1', 'nothing.localhost', '[::1]']) {
    const exchange = await exchangeWith(startTransport(t), `http://${host}:${port}/`);
    assert.equal(endOf(exchange), 'http.connectionRefused');
    assert.deepEqual([dataOf(exchange)['host'], dataOf(exchange)['port']], [host, String(port)]);
    assertTold(exchange.outcome);
    assert.deepEqual(exchange.hops, []);
    assert.equal(exchange.request.url, `http://${host}:${port}/`);
  }
});

test('a host that does not exist', async (t) => {
  const exchange = await exchangeWith(startTransport(t), 'http://no-such-host.invalid/');
  // A machine without a network cannot ask, which is another thing to tell.
  assert.match(endOf(exchange), /^http\.(hostNotFound|hostLookupFailed)$/);
  assert.equal(dataOf(exchange)['host'], 'no-such-host.invalid');
  assertTold(exchange.outcome);
});

test('https with a certificate of a known authority, with its timings', async (t) => {
  const server = await startHttps(t, 'valid', (_request, response) => response.end('secret'));
  const transport = trusting(t);
  for (const host of ['127.0.0.1', 'localhost', 'api.localhost']) {
    const exchange = await exchangeWith(transport, `https://${host}:${server.port}/`, {
      headers: [['Host', 'other.test']],
    });
    assert.equal(await textOf(exchange), 'secret');
    const { connect, tls, headers } = exchange.hops[0]?.timings ?? { headers: 0 };
    assert.ok(connect !== undefined && tls !== undefined && connect <= tls && tls <= headers);
  }
});

for (const [certificate, code] of [
  ['selfSigned', 'http.tlsUntrusted'],
  ['valid', 'http.tlsUntrusted'],
  ['expired', 'http.tlsExpired'],
  ['notYetValid', 'http.tlsNotYetValid'],
  ['wrongHost', 'http.tlsWrongHost'],
] as const satisfies (readonly [CertificateName, string])[]) {
  test(`https with a certificate that is ${certificate === 'valid' ? 'of an unknown authority' : certificate} [T1 #tlsTrust]`, async (t) => {
    let requests = 0;
    const server = await startHttps(t, certificate, (_request, response) => {
      requests++;
      response.end();
    });
    const transport = certificate === 'valid' ? startTransport(t) : trusting(t);
    const exchange = await exchangeWith(transport, server.origin, { headers: [['X-Key', 'canary']] });
    assert.equal(endOf(exchange), code);
    assertTold(exchange.outcome);
    if (certificate === 'wrongHost') assert.equal(dataOf(exchange)['names'], 'other.example, *.other.example');
    assert.equal(requests, 0);
    await server.allClosed();
  });
}

test('the variable that switches verification off in Node does not switch it off here [T1 #tlsTrust]', async (t) => {
  const server = await startHttps(t, 'selfSigned', (_request, response) => response.end());
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  t.after(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  });
  assert.equal(endOf(await exchangeWith(startTransport(t), server.origin)), 'http.tlsUntrusted');
});

test('a certificate is checked against the URL, not against the Host header', async (t) => {
  const server = await startHttps(t, 'wrongHost', (_request, response) => response.end());
  const exchange = await exchangeWith(trusting(t), server.origin, {
    headers: [['Host', 'other.example']],
  });
  assert.equal(endOf(exchange), 'http.tlsWrongHost');
});

test('https to a port that speaks http, and the other way round', async (t) => {
  const plain = await startHttp(t, (_request, response) => response.end());
  const secure = await startHttps(t, 'valid', (_request, response) => response.end());
  const transport = startTransport(t);
  const first = await exchangeWith(transport, `https://127.0.0.1:${plain.port}/`);
  assert.equal(endOf(first), 'http.tlsFailed');
  assertTold(first.outcome);
  const second = await exchangeWith(transport, `http://127.0.0.1:${secure.port}/`, { method: 'POST' });
  assert.match(endOf(second), /^http\.(connectionClosed|malformedResponse)$/);
  assertTold(second.outcome);
});

test('a server that hangs up while the connection is being secured', async (t) => {
  const server = await startRaw(t, (socket) => socket.once('data', () => socket.destroy()));
  const exchange = await exchangeWith(startTransport(t), server.origin.replace('http:', 'https:'));
  assert.equal(endOf(exchange), 'http.tlsFailed');
  assertTold(exchange.outcome);
});

// --- time limits and cancelling, with sockets ------------------------------------------------------------------------

/** Servers that stop in one phase, and what has to have happened before the test goes on. */
const stuck = {
  connecting: { scheme: 'https', answer: undefined },
  waiting: { scheme: 'http', answer: '' },
  receiving: { scheme: 'http', answer: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' },
  decoding: {
    scheme: 'http',
    answer: 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n\x1f\x8b',
  },
} as const;

for (const [phase, { scheme, answer }] of Object.entries(stuck)) {
  const start = async (
    t: test.TestContext,
  ): Promise<{ url: string; reached: Promise<void>; closed: () => Promise<void> }> => {
    const reached = deferred();
    const server = await startRaw(t, (socket) => {
      socket.once('data', () => {
        if (answer === undefined || answer === '') reached.resolve();
        else socket.write(Buffer.from(answer, 'latin1'), () => reached.resolve());
      });
    });
    return { url: `${scheme}://127.0.0.1:${server.port}/`, reached: reached.promise, closed: () => server.allClosed() };
  };

  test(`cancelling while ${phase} closes the connection`, async (t) => {
    const { url, reached, closed } = await start(t);
    const controller = new AbortController();
    const sending = exchangeWith(startTransport(t), url, {}, { signal: controller.signal });
    await reached;
    controller.abort();
    assert.deepEqual((await sending).outcome, { kind: 'cancelled' });
    await closed();
  });

  const limit = phase === 'connecting' ? 'connect' : phase === 'waiting' ? 'headers' : 'idle';
  for (const name of [limit, 'total'] as const) {
    test(`the ${name} limit ends a send that is stuck ${phase}, and closes the connection`, async (t) => {
      const { url, closed } = await start(t);
      const exchange = await exchangeWith(startTransport(t), url, { timeouts: { ...never, [name]: 150 } });
      assert.equal(endOf(exchange), `http.${name}Timeout`);
      assert.equal(dataOf(exchange)['seconds'], 0.15);
      assertTold(exchange.outcome);
      await closed();
    });
  }
}

test('cancelling in the middle of a large upload closes the connection', async (t) => {
  const reached = deferred();
  const server = await startRaw(t, (socket) => {
    socket.once('data', () => {
      socket.pause();
      reached.resolve();
    });
  });
  const controller = new AbortController();
  const phases: string[] = [];
  const sending = exchangeWith(
    startTransport(t),
    server.origin,
    { method: 'POST', body: new Uint8Array(64 << 20) },
    { signal: controller.signal, onProgress: (phase) => phases.push(phase) },
  );
  await reached.promise;
  controller.abort();
  assert.deepEqual((await sending).outcome, { kind: 'cancelled' });
  assert.deepEqual(phases, ['connecting', 'sending']);
});

for (const at of ['connecting', 'sending', 'waiting', 'receiving']) {
  test(`cancelling from within the news that it is ${at} leaves no connection behind`, async (t) => {
    const server = await startHttp(t, (_request, response) => response.write('begin'));
    const controller = new AbortController();
    const onProgress = (phase: string): void => {
      if (phase === at) controller.abort();
    };
    const exchange = await exchangeWith(
      startTransport(t),
      server.origin,
      {},
      { signal: controller.signal, onProgress },
    );
    assert.deepEqual(exchange.outcome, { kind: 'cancelled' });
    await server.allClosed();
  });
}

test('a cancel that crosses with the last byte is a cancel', async (t) => {
  const server = await startHttp(t, (_request, response) => response.end());
  const controller = new AbortController();
  const onProgress = (phase: string): void => {
    if (phase === 'receiving') controller.abort();
  };
  const exchange = await exchangeWith(startTransport(t), server.origin, {}, { signal: controller.signal, onProgress });
  assert.deepEqual(exchange.outcome, { kind: 'cancelled' });
});

test('a cancelled send does not spoil the next', async (t) => {
  const server = await startHttp(t, (request, response) => {
    if (request.url === '/quick') response.end('ok');
  });
  const transport = startTransport(t);
  assert.equal(await textOf(await exchangeWith(transport, `${server.origin}/quick`)), 'ok');
  const controller = new AbortController();
  const onProgress = (phase: string): void => {
    if (phase === 'waiting') queueMicrotask(() => controller.abort());
  };
  const slow = await exchangeWith(transport, `${server.origin}/slow`, {}, { signal: controller.signal, onProgress });
  assert.deepEqual(slow.outcome, { kind: 'cancelled' });
  assert.equal(await textOf(await exchangeWith(transport, `${server.origin}/quick`)), 'ok');
});
