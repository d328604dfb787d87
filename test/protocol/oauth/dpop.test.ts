import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { ClientMetadata } from 'oidc-provider';
import { sendAuthorised } from '../../../src/core/http/sendAuthorised';
import type { Exchange } from '../../../src/core/http/exchange';
import type { ConnectionConfig, Session } from '../../../src/core/oauth/model';
import { startTransport } from '../../helpers/localServers';
import { desktopClient, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { startDpopApi, thumbprint, type DpopApi } from '../../helpers/oauth/dpopApi';
import { confirmCode } from '../../helpers/oauth/deviceUser';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { quirkMetadata, startQuirkServer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { SkippingClock } from '../../helpers/oauth/skippingClock';
import { signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { httpRequest, sendDependencies, withConnection } from '../../helpers/requests';
import { endOf } from '../../helpers/sending';

const machine: ClientMetadata = {
  client_id: 'nightly',
  client_secret: 'not to be guessed',
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  dpop_bound_access_tokens: true,
};

const tv: ClientMetadata = {
  client_id: 'tv',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
  response_types: [],
  redirect_uris: [],
};

function startServer(nonces: boolean): Promise<AuthServer> {
  return startAuthServer({
    clients: [desktopClient, machine, tv],
    configuration: {
      features: {
        devInteractions: { enabled: true },
        revocation: { enabled: true },
        clientCredentials: { enabled: true },
        deviceFlow: { enabled: true },
        // What is looked at below is in the browser's URL.
        pushedAuthorizationRequests: { enabled: false },
        dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => nonces },
      },
    },
  });
}

/** An API that asks the authorization server what a token is bound to. */
function startApi(t: TestContext, server: AuthServer): Promise<DpopApi> {
  const { AccessToken, ClientCredentials } = server.provider;
  return startDpopApi(
    t,
    async (token) => ((await AccessToken.find(token)) ?? (await ClientCredentials.find(token)))?.jkt,
  );
}

interface Sending {
  readonly window: TestWindow;
  readonly connection: ConnectionConfig;
  readonly session: Session;
}

function send(t: TestContext, url: string, { window, connection, session }: Sending): Promise<Exchange> {
  const access = {
    freshToken: (signal: AbortSignal) => window.service.freshToken(session.id, signal),
    renew: (...[rejected, signal]: [Parameters<typeof window.service.renew>[1], AbortSignal]) =>
      window.service.renew(session.id, rejected, signal),
  };
  const request = httpRequest(url, { auth: withConnection });
  return sendAuthorised(request, connection, access, sendDependencies(startTransport(t)), { signal: never() });
}

for (const nonces of [false, true]) {
  suite(`a server and an API that bind tokens to a key${nonces ? ' and want nonces' : ''}`, () => {
    test('sign-in, userinfo, sending and refresh prove the key each time [F4 F9 #dpop]', async (t) => {
      await using server = await startServer(nonces);
      const api = await startApi(t, server);
      if (nonces) api.nonce = 'n1';
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock });
      const connection = connectionWith({
        ...{ issuer: server.issuer, clientId: 'desktop', dpop: true, origins: [api.origin] },
        scopes: ['openid', 'offline_access', 'email'],
      });
      const session = await signIn(window, connection);
      assert.equal(session.account.label, 'alice@acme.dev · Acme');
      assert.equal(session.boundToKey, true);
      const jkt = new URL(window.opened[0] ?? '').searchParams.get('dpop_jkt');
      const sending = { window, connection, session };

      assert.equal(endOf(await send(t, `${api.origin}/a?b=c`, sending)), '200');
      assert.equal(endOf(await send(t, `${api.origin}/a`, sending)), '200');
      assert.deepEqual(
        api.answers,
        nonces ? ['GET /a?b=c 401 use_dpop_nonce', 'GET /a?b=c 200', 'GET /a 200'] : ['GET /a?b=c 200', 'GET /a 200'],
      );
      assert.deepEqual(new Set(api.proofs.map(({ header }) => thumbprint(header['jwk']))), new Set([jkt]));
      if (nonces) {
        api.nonce = 'n2';
        assert.equal(endOf(await send(t, `${api.origin}/a`, sending)), '200');
        assert.deepEqual(api.answers.slice(-2), ['GET /a 401 use_dpop_nonce', 'GET /a 200']);
      }

      const before = await window.service.freshToken(session.id, never());
      assert.ok(await window.service.renew(session.id, before, never()));
      assert.equal(endOf(await send(t, `${api.origin}/a`, sending)), '200');
      // Another window, or this one after a restart, has nothing but what is stored.
      using other = new TestWindow({ clock, secrets: new FakeSecretStore(window.secrets.values) });
      assert.equal(endOf(await send(t, `${api.origin}/a`, { ...sending, window: other })), '200');
      const stored = await other.service.freshToken(session.id, never());
      assert.ok(await other.service.renew(session.id, stored, never()));
      assert.equal(endOf(await send(t, `${api.origin}/a`, { ...sending, window: other })), '200');
      const { d } = JSON.parse(stored.prover?.jwk.revealForTransport() ?? '') as { readonly d: string };
      assert.ok(!window.log.text.includes(d));
      await other.service.signOut(session.id);
      assert.ok(server.requests.includes('POST /token/revocation'));
    });

    test('a sign-in with a code has a key too [F4 #dpop]', async (t) => {
      await using server = await startServer(nonces);
      const api = await startApi(t, server);
      using window = new TestWindow({
        ...{ clock: new SkippingClock(), confirm: (waiting) => waiting.openPage(), browse: (url) => confirmCode(url) },
      });
      const connection = connectionWith({
        ...{ issuer: server.issuer, clientId: 'tv', grant: 'deviceCode', dpop: true, origins: [api.origin] },
      });
      const session = await signIn(window, connection);
      assert.equal(session.boundToKey, true);
      assert.equal(endOf(await send(t, `${api.origin}/a`, { window, connection, session })), '200');
    });

    test('a client that signs in itself has a key too [F4 #dpop]', async (t) => {
      await using server = await startServer(nonces);
      const api = await startApi(t, server);
      using window = new TestWindow({ enterSecret: () => 'not to be guessed' });
      const connection = connectionWith({
        ...{ issuer: server.issuer, clientId: 'nightly', clientSecretName: 'nightly', grant: 'clientCredentials' },
        ...{ dpop: true, origins: [api.origin], scopes: [] },
      });
      const session = await signIn(window, connection);
      const sending = { window, connection, session };
      assert.equal(endOf(await send(t, `${api.origin}/a`, sending)), '200');
      const token = await window.service.freshToken(session.id, never());
      assert.ok(await window.service.renew(session.id, token, never()));
      assert.equal(endOf(await send(t, `${api.origin}/a`, sending)), '200');
    });
  });
}

suite('dpop: true', () => {
  test('on a connection that is signed in without asks for another sign-in, which settles it [F4]', async (t) => {
    await using server = await startServer(false);
    const api = await startApi(t, server);
    using window = new TestWindow();
    const plain = connectionWith({ issuer: server.issuer, clientId: 'desktop', origins: [api.origin] });
    const connection = { ...plain, dpop: true };
    const session = await signIn(window, plain);
    assert.equal(session.boundToKey, false);
    assert.deepEqual(await window.service.sessionsFor(connection), [session]);
    assert.equal(endOf(await send(t, `${api.origin}/a`, { window, connection, session })), 'session.notBound');
    assert.deepEqual(api.answers, []);
    const bound = await signIn(window, connection);
    assert.equal(bound.id, session.id);
    assert.equal(bound.boundToKey, true);
    assert.equal(endOf(await send(t, `${api.origin}/a`, { window, connection, session: bound })), '200');
  });

  test('an API whose clock is far off gets proofs by its own time [F9]', async (t) => {
    await using server = await startServer(false);
    const api = await startApi(t, server);
    api.ahead = 3600;
    using window = new TestWindow();
    const connection = connectionWith({
      ...{ issuer: server.issuer, clientId: 'desktop', origins: [api.origin], dpop: true },
    });
    const session = await signIn(window, connection);
    for (const expected of [['GET /a 401 invalid_dpop_proof', 'GET /a 200'], ['GET /a 200']]) {
      const before = api.answers.length;
      assert.equal(endOf(await send(t, `${api.origin}/a`, { window, connection, session })), '200');
      assert.deepEqual(api.answers.slice(before), expected);
    }
  });
});

/** An authorization server of which a test says how it answers at the token endpoint. */
async function tokenServer(
  answer: (asked: number) => Awaited<ReturnType<QuirkServer['routes'][string]>>,
): Promise<QuirkServer> {
  const server = await startQuirkServer();
  let asked = 0;
  server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
  server.routes['/authorize'] = ({ query }) => {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code: 'c', state: query.get('state') ?? '' }).toString();
    return { status: 302, headers: { location: back.href } };
  };
  server.routes['/token'] = () => answer(++asked);
  return server;
}

suite('a token endpoint', () => {
  const tokens = { access_token: 'canary-token', token_type: 'DPoP', refresh_token: 'canary-refresh', expires_in: 600 };
  const connectionOf = (server: QuirkServer): ConnectionConfig =>
    connectionWith({ issuer: server.origin, clientId: 'desktop', dpop: true, scopes: ['orders.read'] });

  test('that gives out a token anybody can use signs nobody in, and says why [F4]', async () => {
    await using server = await tokenServer(() => ({ body: { ...tokens, token_type: 'Bearer' } }));
    using window = new TestWindow();
    await assert.rejects(signIn(window, connectionOf(server)), { code: 'oauth.tokenNotBound' });
    assert.deepEqual(await window.service.list(), []);
    assert.doesNotMatch(window.log.text, /canary/);
  });

  test('that gives out such a token at a refresh ends the session instead of using it [F4]', async () => {
    await using server = await tokenServer((asked) => ({
      body: asked === 1 ? tokens : { ...tokens, token_type: 'Bearer' },
    }));
    using window = new TestWindow();
    const session = await signIn(window, connectionOf(server));
    const token = await window.service.freshToken(session.id, never());
    assert.equal(await window.service.renew(session.id, token, never()), undefined);
    assert.equal((await window.service.list())[0]?.state, 'signInAgain');
  });

  test('that gives out a bound token nobody asked for signs nobody in', async () => {
    await using server = await tokenServer(() => ({ body: tokens }));
    using window = new TestWindow();
    const connection = { ...connectionOf(server), dpop: undefined };
    await assert.rejects(signIn(window, connection), { code: 'oauth.tokenResponseInvalid' });
  });

  for (const [title, refusal] of [
    ['in the body', { status: 400, body: { error: 'use_dpop_nonce' } }],
    [
      'in a challenge beside others',
      { status: 401, headers: { 'www-authenticate': 'Bearer, DPoP error="use_dpop_nonce"' } },
    ],
  ] as const) {
    test(`that wants a nonce, said ${title}, gets one more request, with the nonce and the same code [F9 T9]`, async () => {
      await using server = await tokenServer((asked) =>
        asked === 1
          ? { ...refusal, headers: { ...('headers' in refusal ? refusal.headers : {}), 'dpop-nonce': 'n1' } }
          : { body: tokens },
      );
      using window = new TestWindow();
      await signIn(window, connectionOf(server));
      const [first, second] = server.to('/token');
      assert.equal(second?.form.get('code'), first?.form.get('code'));
      assert.equal(nonceOf(first?.headers['dpop']), undefined);
      assert.equal(nonceOf(second?.headers['dpop']), 'n1');
    });
  }

  test('that goes on wanting nonces is asked twice, and its refusal is told', async () => {
    await using server = await tokenServer((asked) => ({
      status: 400,
      headers: { 'dpop-nonce': `n${asked}` },
      body: { error: 'use_dpop_nonce', error_description: 'more' },
    }));
    using window = new TestWindow();
    await assert.rejects(signIn(window, connectionOf(server)), { code: 'oauth.tokenRequestRefused' });
    assert.equal(server.to('/token').length, 2);
  });

  test('whose clock is far off gets a proof by its own time', async () => {
    const date = new Date(Date.now() + 3_600_000);
    await using server = await tokenServer((asked) => ({
      ...(asked === 1 ? { status: 400, body: { error: 'invalid_dpop_proof' } } : { body: tokens }),
      headers: { date: date.toUTCString() },
    }));
    using window = new TestWindow();
    await signIn(window, connectionOf(server));
    const [first, second] = server.to('/token').map(({ headers }) => Number(claimsIn(headers['dpop'])['iat']));
    assert.ok(Math.abs((second ?? 0) - (first ?? 0) - 3600) < 10);
  });

  test('that takes no ES256 is told of before the browser opens', async () => {
    await using server = await tokenServer(() => ({ body: tokens }));
    const body = quirkMetadata(server.origin, { dpop_signing_alg_values_supported: ['RS256', 'PS256'] });
    server.routes['/.well-known/openid-configuration'] = () => ({ body });
    using window = new TestWindow();
    await assert.rejects(signIn(window, connectionOf(server)), {
      code: 'oauth.dpopUnsupported',
      data: { host: new URL(server.origin).host, algorithms: 'RS256, PS256' },
    });
    assert.deepEqual(window.opened, []);
  });
});

function nonceOf(proof: string | string[] | undefined): unknown {
  return claimsIn(proof)['nonce'];
}

function claimsIn(proof: string | string[] | undefined): Readonly<Record<string, unknown>> {
  assert.ok(typeof proof === 'string');
  return JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
