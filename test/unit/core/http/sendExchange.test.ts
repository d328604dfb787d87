import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { abortError, LatchkeyError } from '../../../../src/core/errors';
import { authorise, withoutConnection } from '../../../../src/core/http/authorise';
import type { Exchange } from '../../../../src/core/http/exchange';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { sendExchange } from '../../../../src/core/http/sendExchange';
import type { Header } from '../../../../src/core/ports';
import { joinSensitive, MASK, revealForTransport, Secret } from '../../../../src/core/secret';
import { FakeTransport, untilAborted, type FakeResponse } from '../../../helpers/fakeTransport';
import { ManualClock, settled } from '../../../helpers/manualClock';
import {
  bearerToken,
  connectionTo,
  everythingIn,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../../helpers/requests';

const CANARY = 'Canary-7D1e4B90';

function failureCode(exchange: Exchange): string {
  return exchange.outcome.kind === 'failure' ? exchange.outcome.error.code : exchange.outcome.kind;
}

async function bodyText({ outcome }: Exchange): Promise<string> {
  assert.equal(outcome.kind, 'response');
  return Buffer.from(await outcome.response.body.read(0, outcome.response.body.size)).toString();
}

test('an exchange tells what was sent and what came back', async () => {
  const transport = new FakeTransport(() => ({ status: 201, headers: [['X-A', '1']], body: 'hello' }));
  const clock = new ManualClock(1234);
  const body = new TextEncoder().encode('{"a":1}');
  const request = httpRequest('https://a.test/x', { method: 'POST', headers: [['Accept', '*/*']], body });
  const exchange = await sendExchange(withoutConnection(request), sendDependencies(transport, clock), {
    signal: neverAborted,
  });
  assert.equal(exchange.id, '000102030405060708090a0b');
  assert.equal(exchange.startedAt, 1234);
  assert.ok(exchange.duration >= 0);
  const sent = { method: 'POST', url: 'https://a.test/x', headers: [['Accept', '*/*']], body: '{"a":1}', bodyBytes: 7 };
  assert.deepEqual(exchange.request, sent);
  assert.deepEqual(exchange.hops, [
    { request: sent, status: 201, statusText: '', headers: [['X-A', '1']], timings: { headers: 1 } },
  ]);
  assert.equal(await bodyText(exchange), 'hello');
});

test('reports phases and bytes', async () => {
  const transport = new FakeTransport((_request, _signal, observer) => {
    observer.onPhase('sending');
    observer.onPhase('waiting');
    return { status: 200, body: 'four' };
  });
  const seen: unknown[] = [];
  const onProgress = (phase: string, bytes: number): void => void seen.push([phase, bytes]);
  await sendExchange(withoutConnection(httpRequest('https://a.test/')), sendDependencies(transport), {
    signal: neverAborted,
    onProgress,
  });
  assert.deepEqual(seen, [
    ['sending', 0],
    ['waiting', 0],
    ['receiving', 0],
    ['receiving', 4],
  ]);
});

// --- secrets -------------------------------------------------------------------------------------------------------

test('no secret of the request is in the exchange, even when the server echoes them', async () => {
  const echo = new FakeTransport(({ url, headers, body }) => {
    const all = [revealForTransport(url), ...headers.map(([, value]) => revealForTransport(value))];
    const text = body instanceof Secret ? body.revealForTransport() : '';
    const host = `${CANARY}-token`;
    return {
      status: 302,
      headers: [...all, text]
        .map((value): Header => ['X-Echo', value])
        .concat([['Location', `https://${host}.test/${Buffer.from(`${CANARY}-token`).toString('base64')}`]]),
    };
  });
  const request = httpRequest(joinSensitive(['https://a.test/?key=', new Secret(`${CANARY}-url`)]), {
    auth: withConnection,
    headers: [['X-Key', new Secret(`${CANARY}-header`)]],
    method: 'POST',
    body: joinSensitive(['password=', new Secret(`${CANARY}-body`)]) as Secret,
    redirects: 1,
  });
  const authorised = authorise(request, bearerToken(`${CANARY}-token`), connectionTo('https://a.test'));
  const exchange = await sendExchange(authorised, sendDependencies(echo), { signal: neverAborted });
  assert.equal(failureCode(exchange), 'http.redirectLoop', 'the last redirect led to itself');
  assert.equal(echo.sent.length, 2);
  assert.equal(exchange.request.url, `https://a.test/?key=${MASK}`);
  assert.equal(exchange.request.body, `password=${MASK}`);
  assert.equal(exchange.request.bodyBytes, `password=${CANARY}-body`.length);
  assert.deepEqual(exchange.request.headers, [
    ['X-Key', MASK],
    ['Authorization', `Bearer ${MASK}`],
  ]);
  const text = everythingIn([exchange, failureMessage(exchange)], (value) => inspect(value, { depth: 20 }));
  assert.doesNotMatch(text, /canary|Q2FuYXJ5|FuYXJ5/i);
});

function failureMessage({ outcome }: Exchange): string {
  return outcome.kind === 'failure'
    ? `${outcome.error.message} ${JSON.stringify(outcome.error.data)} ${String(outcome.error.stack)}`
    : '';
}

test('an error of the transport that repeats a secret host is cleaned, its cause too', async () => {
  const transport = new FakeTransport(() => {
    throw new LatchkeyError(
      'http.hostNotFound',
      { host: `${CANARY}.test` },
      { cause: new Error(`ENOTFOUND ${CANARY}.test`) },
    );
  });
  const url = joinSensitive(['https://', new Secret(CANARY), '.test/']);
  const exchange = await sendExchange(withoutConnection(httpRequest(url)), sendDependencies(transport), {
    signal: neverAborted,
  });
  assert.equal(failureCode(exchange), 'http.hostNotFound');
  assert.doesNotMatch(everythingIn([exchange, failureMessage(exchange)], inspect), /canary/i);
});

test('the secrets come with the exchange for masking, wrapped', async () => {
  const transport = new FakeTransport(() => ({ status: 200 }));
  const request = httpRequest('https://a.test/', { auth: withConnection });
  const authorised = authorise(request, bearerToken(CANARY), connectionTo('https://a.test'));
  const { secrets } = await sendExchange(authorised, sendDependencies(transport), { signal: neverAborted });
  assert.ok(secrets?.some((secret) => secret.revealForTransport() === CANARY));
});

// --- redirects -----------------------------------------------------------------------------------------------------

function redirects(steps: Readonly<Record<string, FakeResponse>>): FakeTransport {
  return new FakeTransport(({ url }) => steps[revealForTransport(url)] ?? { status: 404 });
}

function to(location: string, status = 302): FakeResponse {
  return { status, headers: [['Location', location]], body: 'moved' };
}

async function sendWith(transport: FakeTransport, changes: Partial<HttpRequest> = {}): Promise<Exchange> {
  const request = httpRequest('https://a.test/1', changes);
  const authorised =
    request.auth.kind === 'none'
      ? withoutConnection(request)
      : authorise(request, bearerToken(CANARY), connectionTo('https://a.test'));
  return sendExchange(authorised, sendDependencies(transport), { signal: neverAborted });
}

test('every hop is recorded as it was sent', async () => {
  const transport = redirects({
    'https://a.test/1': to('/2'),
    'https://a.test/2': to('https://b.test/3', 307),
    'https://b.test/3': to('https://a.test/4'),
    'https://a.test/4': { status: 200, body: 'end' },
  });
  const exchange = await sendWith(transport, { auth: withConnection });
  assert.deepEqual(
    exchange.hops.map(({ status, request }) => [status, request.url, request.headers.length]),
    [
      [302, 'https://a.test/1', 1],
      [307, 'https://a.test/2', 1],
      [302, 'https://b.test/3', 0],
      // Back at the origin the token stays away: it was the other origin that sent us there.
      [200, 'https://a.test/4', 0],
    ],
  );
  assert.equal(exchange.request.url, 'https://a.test/1');
  assert.equal(await bodyText(exchange), 'end');
});

test('0 redirects: the redirect is the answer', async () => {
  const exchange = await sendWith(redirects({ 'https://a.test/1': to('http://a.test/2') }), { redirects: 0 });
  assert.equal(exchange.hops.length, 1);
  assert.equal(await bodyText(exchange), 'moved');
});

test('too many redirects', async () => {
  const transport = redirects({
    'https://a.test/1': to('/2'),
    'https://a.test/2': to('/3?code=x'),
    'https://a.test/3?code=x': { status: 200 },
  });
  assert.equal((await sendWith(transport, { redirects: 2 })).outcome.kind, 'response');
  const exchange = await sendWith(transport, { redirects: 1 });
  assert.equal(failureCode(exchange), 'http.tooManyRedirects');
  assert.equal(exchange.hops.length, 2);
  assert.ok(exchange.outcome.kind === 'failure');
  assert.deepEqual(exchange.outcome.error.data, { limit: 1, url: 'https://a.test/3' });
});

test('a circle of redirects ends when it closes, and a POST that becomes a GET is none', async () => {
  const circle = redirects({ 'https://a.test/1': to('/2'), 'https://a.test/2': to('/1') });
  const exchange = await sendWith(circle, { redirects: 50 });
  assert.equal(failureCode(exchange), 'http.redirectLoop');
  assert.equal(exchange.hops.length, 2);
  const postThenGet = new FakeTransport(({ method }) => (method === 'POST' ? to('/1', 303) : { status: 200 }));
  assert.equal((await sendWith(postThenGet, { method: 'POST' })).outcome.kind, 'response');
});

test('the body of a redirect is read so that the connection can be kept, but never for long', async () => {
  const seen = { read: 0, closed: false };
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        seen.read += 1024;
        yield await Promise.resolve(new Uint8Array(1024));
      }
    } finally {
      seen.closed = true;
    }
  }
  const transport = redirects({
    'https://a.test/1': { ...to('/2'), body: endless() },
    'https://a.test/2': { status: 200 },
  });
  assert.equal((await sendWith(transport)).outcome.kind, 'response');
  assert.ok(seen.closed && seen.read < 100 * 1024);
});

// --- cancelling and time limits ------------------------------------------------------------------------------------

async function* thenNothing(signal: AbortSignal, ...pieces: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(new TextEncoder().encode(piece));
  await untilAborted(signal);
}

const stuck: Readonly<Record<string, FakeTransport>> = {
  connecting: new FakeTransport((_request, signal) => untilAborted(signal)),
  waiting: new FakeTransport((_request, signal, observer) => {
    observer.onPhase('sending');
    observer.onPhase('waiting');
    return untilAborted(signal);
  }),
  receiving: new FakeTransport((_request, signal, observer) => {
    observer.onPhase('sending');
    observer.onPhase('waiting');
    return { status: 200, body: thenNothing(signal, 'begin') };
  }),
};

for (const [phase, transport] of Object.entries(stuck)) {
  test(`cancelling while ${phase} is an outcome, and leaves no timer behind`, async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const timeouts = { connect: 1000, headers: 1000, idle: 1000, total: 9000 };
    const request = withoutConnection(httpRequest('https://a.test/', { timeouts }));
    const sending = sendExchange(request, sendDependencies(transport, clock), { signal: controller.signal });
    await settled();
    assert.ok(clock.pending > 0);
    controller.abort();
    assert.deepEqual((await sending).outcome, { kind: 'cancelled' });
    assert.equal(clock.pending, 0);
  });
}

test('a signal that has already fired sends nothing', async () => {
  const transport = new FakeTransport(() => ({ status: 200 }));
  const exchange = await sendExchange(withoutConnection(httpRequest('https://a.test/')), sendDependencies(transport), {
    signal: AbortSignal.abort(),
  });
  assert.deepEqual(exchange.outcome, { kind: 'cancelled' });
  assert.equal(transport.sent.length, 0);
});

for (const [phase, limit, code] of [
  ['connecting', 'connect', 'http.connectTimeout'],
  ['waiting', 'headers', 'http.headersTimeout'],
  ['receiving', 'idle', 'http.idleTimeout'],
  ['connecting', 'total', 'http.totalTimeout'],
  ['waiting', 'total', 'http.totalTimeout'],
  ['receiving', 'total', 'http.totalTimeout'],
] as const) {
  test(`the ${limit} limit ends a send that is stuck ${phase}, and no other limit does`, async () => {
    const clock = new ManualClock();
    const none = { connect: undefined, headers: undefined, idle: undefined, total: undefined };
    const others = { connect: 10, headers: 10, idle: 10, total: undefined };
    const current = { connecting: 'connect', waiting: 'headers', receiving: 'idle' } as const;
    const timeouts = { ...(limit === 'total' ? none : others), [current[phase]]: undefined, [limit]: 2500 };
    const transport = stuck[phase];
    assert.ok(transport);
    const sending = sendExchange(
      withoutConnection(httpRequest('https://a.test:8443/', { timeouts })),
      sendDependencies(transport, clock),
      {
        signal: neverAborted,
      },
    );
    await settled();
    await clock.advance(2499);
    assert.equal(clock.pending, 1, 'still waiting');
    await clock.advance(1);
    const { outcome } = await sending;
    assert.ok(outcome.kind === 'failure');
    assert.equal(outcome.error.code, code);
    assert.deepEqual(outcome.error.data, { scheme: 'https', host: 'a.test', port: '8443', seconds: 2.5 });
    assert.equal(clock.pending, 0);
  });
}

test('a body that trickles in does not run into the idle limit', async () => {
  const clock = new ManualClock();
  const transport = new FakeTransport(() => ({ status: 200, body: trickle() }));
  async function* trickle(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 5; piece++) {
      await clock.delay(900);
      yield new Uint8Array(1);
    }
  }
  const timeouts = { connect: undefined, headers: undefined, idle: 1000, total: undefined };
  const sending = sendExchange(
    withoutConnection(httpRequest('https://a.test/', { timeouts })),
    sendDependencies(transport, clock),
    {
      signal: neverAborted,
    },
  );
  await settled();
  for (let step = 0; step < 50; step++) await clock.advance(100);
  assert.equal((await sending).outcome.kind, 'response');
});

test('the total limit counts over all hops', async () => {
  const clock = new ManualClock();
  let hop = 0;
  const transport = new FakeTransport(async (_request, signal) => {
    await Promise.race([clock.delay(600), untilAborted(signal)]);
    return to(`/${++hop}`);
  });
  const timeouts = { connect: 1000, headers: undefined, idle: undefined, total: 1500 };
  const sending = sendExchange(
    withoutConnection(httpRequest('https://a.test/', { timeouts, redirects: 9 })),
    sendDependencies(transport, clock),
    {
      signal: neverAborted,
    },
  );
  await settled();
  await clock.advance(2000);
  const exchange = await sending;
  assert.equal(failureCode(exchange), 'http.totalTimeout');
  assert.equal(exchange.hops.length, 2);
});

test('what the body throws is the failure, and the head is kept', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(3));
    throw new LatchkeyError('http.bodyIncomplete', { host: 'a.test', port: '443', received: 3 });
  }
  const exchange = await sendWith(new FakeTransport(() => ({ status: 200, body: broken() })));
  assert.equal(failureCode(exchange), 'http.bodyIncomplete');
  assert.equal(exchange.hops[0]?.status, 200);
});

test('a bug is not passed off as a failed send', async () => {
  const transport = new FakeTransport(() => {
    throw new TypeError('a bug');
  });
  await assert.rejects(sendWith(transport), /a bug/);
});

test('an abort of the transport without a cancel is told as cancelled, not thrown', async () => {
  const exchange = await sendWith(new FakeTransport(() => Promise.reject(abortError())));
  assert.deepEqual(exchange.outcome, { kind: 'cancelled' });
});
