import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { abortError, LatchkeyError } from '../../../../src/core/errors';
import type { Exchange } from '../../../../src/core/http/exchange';
import { sendAuthorised, type TokenAccess } from '../../../../src/core/http/sendAuthorised';
import type { AccessToken, ConnectionConfig } from '../../../../src/core/oauth/model';
import type { Header } from '../../../../src/core/ports';
import { revealForTransport } from '../../../../src/core/secret';
import { FakeTransport } from '../../../helpers/fakeTransport';
import {
  bearerToken,
  connectionTo,
  everythingIn,
  httpRequest,
  neverAborted,
  sendDependencies,
  withConnection,
} from '../../../helpers/requests';

class FakeSession implements TokenAccess {
  readonly asked: string[] = [];
  readonly #renewed: () => Promise<AccessToken | undefined>;

  constructor(renewed: () => AccessToken | undefined = () => bearerToken('canary-second')) {
    this.#renewed = async () => Promise.resolve().then(renewed);
  }

  freshToken(): Promise<AccessToken> {
    this.asked.push('fresh');
    return Promise.resolve(bearerToken('canary-first'));
  }

  renew(rejected: AccessToken): Promise<AccessToken | undefined> {
    this.asked.push(`renew ${rejected.value.revealForTransport()}`);
    return this.#renewed();
  }
}

/** An API that accepts the second token only. */
function api(challenges: readonly string[] = [], status = 401): FakeTransport {
  return new FakeTransport(({ headers }) => {
    const authorization = headers.find(([name]) => name === 'Authorization')?.[1];
    if (authorization !== undefined && revealForTransport(authorization) === 'Bearer canary-second')
      return { status: 200, body: 'yes' };
    return { status, headers: challenges.map((value): Header => ['WWW-Authenticate', value]), body: 'no' };
  });
}

async function send(
  transport: FakeTransport,
  session: TokenAccess,
  url = 'https://a.test/',
  connection: Partial<ConnectionConfig> = {},
): Promise<Exchange> {
  const request = httpRequest(url, { auth: withConnection });
  const whole = { ...connectionTo('https://a.test'), ...connection };
  return sendAuthorised(request, whole, session, sendDependencies(transport), { signal: neverAborted });
}

function statusOf({ outcome }: Exchange): number | string {
  if (outcome.kind === 'response') return outcome.response.status;
  return outcome.kind === 'failure' ? outcome.error.code : outcome.kind;
}

for (const [title, challenges, renews] of [
  ['no challenge at all', [], true],
  ['a Bearer challenge that says invalid_token', ['Bearer realm="x", error="invalid_token"'], true],
  ['a Bearer challenge without an error', ['Bearer realm="x"'], true],
  ['one among others', ['Basic realm="x", Bearer error=invalid_token'], true],
  ['a Bearer challenge for more scope', ['Bearer error="insufficient_scope"'], false],
  ['a Bearer challenge for a malformed request', ['Bearer error="invalid_request"'], false],
  ['another scheme only', ['Basic realm="x"'], false],
] as const) {
  test(`401 with ${title} is ${renews ? 'renewed and sent once more' : 'the answer'} [F8 #renewOn401]`, async () => {
    const transport = api(challenges);
    const session = new FakeSession();
    const exchange = await send(transport, session);
    assert.equal(statusOf(exchange), renews ? 200 : 401);
    assert.deepEqual(session.asked, renews ? ['fresh', 'renew canary-first'] : ['fresh']);
    assert.deepEqual(
      exchange.hops.map(({ status }) => status),
      renews ? [401, 200] : [401],
    );
    assert.equal(
      exchange.id,
      '000102030405060708090a0b'.replace(/../g, (byte) => (parseInt(byte, 16) + 12).toString(16).padStart(2, '0')),
    );
    assert.doesNotMatch(
      everythingIn(exchange, (value) => inspect(value, { depth: 20 })),
      /canary/,
    );
  });
}

for (const [title, status, challenges, renews] of [
  ['403 without a challenge', 403, [], true],
  ['403 with invalid_token', 403, ['Bearer error="invalid_token"'], true],
  ['403 for more scope', 403, ['Bearer error="insufficient_scope", scope="b"'], false],
  ['419 without a challenge', 419, [], true],
  ['401, which is not among them', 401, [], false],
] as const) {
  test(`with refreshOn: [403, 419], ${title} is ${renews ? 'renewed and sent once more' : 'the answer'} [F8 #refreshOn]`, async () => {
    const session = new FakeSession();
    const exchange = await send(api(challenges, status), session, 'https://a.test/', { refreshOn: [403, 419] });
    assert.equal(statusOf(exchange), renews ? 200 : status);
    assert.equal(session.asked.length, renews ? 2 : 1);
  });
}

test('a second 403 is the answer too, and what it wants is with it [F8 #refreshOn]', async () => {
  const answers = [[], ['Bearer error="insufficient_scope", scope="b"']];
  const transport = new FakeTransport(() => ({
    status: 403,
    headers: (answers.shift() ?? []).map((value): Header => ['WWW-Authenticate', value]),
  }));
  const exchange = await send(transport, new FakeSession(), 'https://a.test/', { refreshOn: [403] });
  assert.equal(statusOf(exchange), 403);
  assert.equal(transport.sent.length, 2);
  assert.deepEqual(exchange.stepUp?.scopes, ['b']);
});

test('400 is never sent again [F8]', async () => {
  const session = new FakeSession();
  assert.equal(statusOf(await send(api(['Bearer error="invalid_request"'], 400), session)), 400);
  assert.deepEqual(session.asked, ['fresh']);
});

test('what an API wants beyond the token is with the answer, whose body can be read [F8]', async () => {
  const session = new FakeSession();
  const exchange = await send(api(['Bearer error="insufficient_scope", scope="orders.write"'], 403), session);
  assert.deepEqual(exchange.stepUp, { scopes: ['orders.write'], acrValues: [], maxAge: undefined });
  assert.ok(exchange.outcome.kind === 'response');
  assert.equal(Buffer.from(await exchange.outcome.response.body.read(0, 9)).toString(), 'no');
  assert.deepEqual(session.asked, ['fresh']);
});

test('what another origin wants, reached by a redirect without the token, is offered to nobody [F7]', async () => {
  const transport = new FakeTransport(({ url }) =>
    revealForTransport(url).startsWith('https://a.test')
      ? { status: 302, headers: [['Location', 'https://b.test/']] }
      : { status: 403, headers: [['WWW-Authenticate', 'Bearer error="insufficient_scope", scope="admin"']] },
  );
  assert.equal((await send(transport, new FakeSession())).stepUp, undefined);
});

test('403 is the answer', async () => {
  const session = new FakeSession();
  assert.equal(statusOf(await send(api(['Bearer error="invalid_token"'], 403), session)), 403);
  assert.deepEqual(session.asked, ['fresh']);
});

test('a second 401 is the answer [F8]', async () => {
  const transport = api();
  const session = new FakeSession(() => bearerToken('canary-third'));
  const exchange = await send(transport, session);
  assert.equal(statusOf(exchange), 401);
  assert.equal(transport.sent.length, 2);
  assert.deepEqual(session.asked, ['fresh', 'renew canary-first']);
});

for (const [title, renewed] of [
  ['nothing newer is to be had', () => undefined],
  ['the same token comes back', () => bearerToken('canary-first')],
] as const) {
  test(`when ${title}, the 401 is the answer and its body can be read`, async () => {
    const transport = api();
    const { outcome } = await send(transport, new FakeSession(renewed));
    assert.ok(outcome.kind === 'response' && outcome.response.status === 401);
    assert.equal(Buffer.from(await outcome.response.body.read(0, 9)).toString(), 'no');
    assert.equal(transport.sent.length, 1);
  });
}

test('when renewing fails, that is the failure, and the refused send can be seen', async () => {
  const session = new FakeSession(() => {
    throw new LatchkeyError('session.signInRequired', { connection: 'Acme' });
  });
  const exchange = await send(api(), session);
  assert.equal(statusOf(exchange), 'session.signInRequired');
  assert.deepEqual(
    exchange.hops.map(({ status }) => status),
    [401],
  );
});

test('cancelling while renewing is an outcome', async () => {
  const session = new FakeSession(() => {
    throw abortError();
  });
  assert.equal(statusOf(await send(api(), session)), 'cancelled');
});

test('when there is no token to be had, nothing is sent', async () => {
  for (const [error, expected] of [
    [new LatchkeyError('session.signInRequired', { connection: 'Acme' }), 'session.signInRequired'],
    [abortError(), 'cancelled'],
  ] as const) {
    const transport = api();
    const exchange = await send(transport, {
      freshToken: () => Promise.reject(error),
      renew: () => Promise.reject(error),
    });
    assert.equal(statusOf(exchange), expected);
    assert.equal(transport.sent.length, 0);
    assert.equal(exchange.request.url, 'https://a.test/');
    assert.deepEqual(exchange.hops, []);
  }
});

test('where the token may not go nobody is asked for one, and nothing is sent [F7]', async () => {
  const transport = api();
  const session = new FakeSession();
  assert.equal(statusOf(await send(transport, session, 'https://evil.test/')), 'http.originNotAllowed');
  assert.deepEqual(session.asked, []);
  assert.equal(transport.sent.length, 0);
});

test('401 of another origin, reached by a redirect without the token, does not renew it [F7]', async () => {
  const transport = new FakeTransport(({ url }) =>
    revealForTransport(url).startsWith('https://a.test')
      ? { status: 302, headers: [['Location', 'https://b.test/']] }
      : { status: 401, headers: [['WWW-Authenticate', 'Bearer error="invalid_token"']] },
  );
  const session = new FakeSession();
  assert.equal(statusOf(await send(transport, session)), 401);
  assert.deepEqual(session.asked, ['fresh']);
});
