import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ClientMetadata } from 'oidc-provider';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { desktopClient, logIn, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { quirkMetadata, startQuirkServer, type QuirkAnswer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow, type TestWindowOptions } from '../../helpers/oauth/testWindow';

const secret = 'a+b/c=d:e&f%20 g';

const confidential: ClientMetadata = {
  ...desktopClient,
  client_id: 'team app',
  client_secret: secret,
  token_endpoint_auth_method: 'client_secret_basic',
};

/** A real server whose clients push, because it says that they have to or because it offers it. */
function startServer(required: boolean): Promise<AuthServer> {
  return startAuthServer({
    clients: [desktopClient, confidential],
    configuration: {
      features: {
        devInteractions: { enabled: true },
        revocation: { enabled: true },
        registration: { enabled: true },
        pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: required },
        dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
      },
    },
  });
}

function queryOf(url: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(url ?? '').searchParams);
}

for (const required of [false, true]) {
  suite(`a real server that ${required ? 'wants requests pushed' : 'takes pushed requests'}`, () => {
    for (const [title, more] of [
      ['a public client', { clientId: 'desktop' }],
      ['a client that registers itself', {}],
      ['a client with a secret', { clientId: 'team app', clientSecretName: 'team' }],
      ['a client whose tokens are bound to a key', { clientId: 'desktop', dpop: true }],
    ] as const) {
      test(`${title} shows the browser nothing but a reference [A6 A8 #par]`, async () => {
        await using server = await startServer(required);
        using window = new TestWindow({ enterSecret: () => secret });
        const scopes = ['openid', 'offline_access', 'email'];
        const session = await signIn(window, connectionWith({ issuer: server.issuer, scopes, ...more }));
        assert.equal(session.account.label, 'alice@acme.dev · Acme');
        const query = queryOf(window.opened[0]);
        assert.deepEqual(Object.keys(query), ['client_id', 'request_uri']);
        assert.match(query['request_uri'] ?? '', /^urn:ietf:params:oauth:request_uri:/);
        assert.ok(server.requests.indexOf('POST /request') < server.requests.indexOf('GET /auth'));
        assert.ok(window.asked[0]?.hosts.some(({ purpose }) => purpose === 'pushedAuthorization'));
        assert.ok(await window.service.freshToken(session.id, never()));
      });
    }
  });
}

test('par: false at a server that only offers it sends everything by the browser', async () => {
  await using server = await startServer(false);
  using window = new TestWindow();
  await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop', par: false }));
  assert.ok('code_challenge' in queryOf(window.opened[0]));
  assert.ok(!server.requests.includes('POST /request'));
});

test('par: true at a server that has no such endpoint is told before the browser opens', async () => {
  await using server = await startAuthServer();
  using window = new TestWindow();
  const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', par: true });
  await assert.rejects(signIn(window, connection), {
    code: 'oauth.endpointMissing',
    data: { connection: 'acme', purpose: 'pushed authorization request' },
  });
  assert.deepEqual(window.opened, []);
});

test('scopes and redirect URIs that the server does not know are told before the browser opens', async () => {
  await using server = await startServer(false);
  using window = new TestWindow();
  const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes: ['openid', 'nonsense'] });
  const wrongAddress = { ...connection, redirect: { kind: 'paste', uri: 'https://acme.dev/callback' } } as const;
  await assert.rejects(signIn(window, { ...wrongAddress, scopes: ['openid'] }), {
    code: 'oauth.pushRefused',
  });
  await assert.rejects(signIn(window, connectionWith({ issuer: server.issuer, clientId: 'nobody' })), {
    code: 'oauth.clientRejected',
  });
  assert.deepEqual(window.opened, []);
});

interface Pushing extends AsyncDisposable {
  readonly server: QuirkServer;
  readonly connection: ConnectionConfig;
}

/** A server whose endpoint for pushed requests answers as a test wants. */
async function pushingServer(
  answer: QuirkAnswer | (() => QuirkAnswer),
  more: Readonly<Record<string, unknown>> = {},
): Promise<Pushing> {
  const server = await startQuirkServer();
  const body = quirkMetadata(server.origin, {
    pushed_authorization_request_endpoint: `${server.origin}/par`,
    authorization_endpoint: `${server.origin}/authorize?tenant=x`,
    ...more,
  });
  server.routes['/.well-known/openid-configuration'] = () => ({ body });
  server.routes['/par'] = () => (typeof answer === 'function' ? answer() : answer);
  server.routes['/authorize'] = ({ query }) => {
    const pushed = query.has('request_uri') ? server.to('/par').at(-1)?.form : query;
    const back = new URL(pushed?.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code: 'c', state: pushed?.get('state') ?? '' }).toString();
    return { status: 302, headers: { location: back.href } };
  };
  server.routes['/token'] = () => ({ body: { access_token: 't', token_type: 'Bearer' } });
  const connection = connectionWith({
    ...{ issuer: server.origin, clientId: 'desktop', scopes: ['orders.read'], audience: 'urn:api' },
    ...{
      resource: ['urn:a', 'urn:b'],
      parameters: { authorize: { tone: 'x', request_uri: 'urn:x' }, token: {}, refresh: {} },
    },
  });
  return { server, connection, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const created = { status: 201, body: { request_uri: 'urn:r', expires_in: 60 } } as const;

suite('what is on the wire', () => {
  test('all that the browser would have shown, once; the endpoint keeps its own query [A6 A10 A11 #par]', async () => {
    await using pushing = await pushingServer(created);
    using window = new TestWindow();
    await signIn(window, pushing.connection);
    await signIn(window, pushing.connection);
    const [first, second] = pushing.server.to('/par').map(({ form }) => form);
    const { state, code_challenge: challenge, redirect_uri: redirectUri, ...rest } = Object.fromEntries(first ?? []);
    assert.deepEqual(rest, {
      ...{ audience: 'urn:api', tone: 'x', response_type: 'code', client_id: 'desktop', scope: 'orders.read' },
      ...{ code_challenge_method: 'S256', resource: 'urn:b' },
    });
    assert.deepEqual(first?.getAll('resource'), ['urn:a', 'urn:b']);
    assert.deepEqual([state?.length, challenge?.length], [43, 43]);
    assert.match(redirectUri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    for (const name of ['state', 'code_challenge']) assert.notEqual(first.get(name), second?.get(name));
    assert.deepEqual(queryOf(window.opened[0]), { tenant: 'x', client_id: 'desktop', request_uri: 'urn:r' });
    const exchanged = pushing.server.to('/token')[0]?.form;
    assert.equal(exchanged?.get('redirect_uri'), redirectUri);
  });

  test('the client proves itself as at the token endpoint [T2 #par]', async () => {
    await using pushing = await pushingServer({ ...created, status: 200 });
    using window = new TestWindow({ enterSecret: () => secret });
    await signIn(window, { ...pushing.connection, clientSecretName: 'team', clientAuth: 'post' });
    const { form, headers } = pushing.server.to('/par')[0] ?? {};
    assert.equal(form?.get('client_secret'), secret);
    assert.equal(headers?.authorization, undefined);
    assert.ok(!String(window.opened[0]).includes('secret'));
  });
});

suite('an endpoint that', () => {
  const broken: readonly (readonly [string, QuirkAnswer, string])[] = [
    ['is not there', { status: 404, body: { error: 'Not Found' } }, 'oauth.pushFailed'],
    ['does not take POST', { status: 405, body: 'no' }, 'oauth.pushFailed'],
    ['fails', { status: 500, body: 'oops' }, 'oauth.serverBusy'],
    ['answers with a page', { status: 201, body: '<html>' }, 'oauth.pushFailed'],
    ['names no reference', { status: 201, body: { expires_in: 60 } }, 'oauth.pushFailed'],
    ['redirects', { status: 302, headers: { location: '/elsewhere' }, body: '' }, 'oauth.pushFailed'],
  ];
  for (const [title, answer, code] of broken) {
    test(`${title}: the browser does instead where that is allowed, and the log says so [#par]`, async () => {
      await using pushing = await pushingServer(answer);
      using window = new TestWindow();
      await signIn(window, pushing.connection);
      assert.ok('code_challenge' in queryOf(window.opened[0]));
      assert.match(window.log.text, /warn .*not required, so the request goes through the browser/);
    });

    test(`${title}: where pushing is required nothing opens, and why is told [#par]`, async () => {
      for (const more of [{ require_pushed_authorization_requests: true }, {}]) {
        await using pushing = await pushingServer(answer, more);
        using window = new TestWindow();
        const connection = 'require_pushed_authorization_requests' in more ? {} : { par: true };
        await assert.rejects(signIn(window, { ...pushing.connection, ...connection }), { code });
        assert.deepEqual(window.opened, []);
      }
    });
  }

  const judged: readonly (readonly [string, number, string])[] = [
    ['invalid_scope', 400, 'oauth.pushRefused'],
    ['access_denied', 403, 'oauth.pushRefused'],
    ['invalid_client', 401, 'oauth.clientRejected'],
  ];
  for (const [error, status, code] of judged) {
    test(`says ${error} has judged: nothing opens, although pushing is only offered`, async () => {
      const body = { error, error_description: 'why](command:x) it is so' };
      await using pushing = await pushingServer({ status, body });
      using window = new TestWindow();
      const host = new URL(pushing.server.origin).host;
      await assert.rejects(signIn(window, pushing.connection), {
        code,
        data: { host, error, description: 'why] (command :x) it is so' },
      });
      assert.equal(pushing.server.to('/par').length, 1);
      assert.deepEqual(window.opened, []);
    });
  }

  test('does not know one redirect URI may know that of the next way', async () => {
    let asked = 0;
    await using pushing = await pushingServer(() =>
      ++asked === 1 ? { status: 400, body: { error: 'invalid_redirect_uri' } } : created,
    );
    const options: TestWindowOptions = {
      browse: (url, window) => {
        const { redirect_uri: address, state } = Object.fromEntries(pushing.server.to('/par').at(-1)?.form ?? []);
        window.wait.paste(`${address ?? url}?code=c&state=${state ?? ''}`);
      },
    };
    using window = new TestWindow(options);
    await signIn(window, pushing.connection);
    const addresses = pushing.server.to('/par').map(({ form }) => form.get('redirect_uri'));
    assert.equal(new Set(addresses).size, 2);
    assert.notEqual(pushing.server.to('/par')[0]?.form.get('state'), pushing.server.to('/par')[1]?.form.get('state'));
  });
});

test('a reference that was not opened in time is told from a browser that does not come back', async () => {
  const clock = new ShiftedClock();
  await using pushing = await pushingServer({ status: 201, body: { request_uri: 'urn:r', expires_in: 90 } });
  const delays: number[] = [];
  const impatient = {
    now: () => clock.now(),
    delay: (milliseconds: number, signal?: AbortSignal) => {
      delays.push(milliseconds);
      return milliseconds === 5 * 60_000 ? Promise.resolve() : clock.delay(milliseconds, signal);
    },
  };
  using window = new TestWindow({ clock: impatient, browse: () => undefined });
  await assert.rejects(signIn(window, pushing.connection), (error: { code?: string; data?: { seconds?: number } }) => {
    assert.equal(error.code, 'oauth.signInUrlExpired');
    assert.ok((error.data?.seconds ?? 0) > 80 && (error.data?.seconds ?? 0) <= 90);
    return true;
  });
  const { openBefore = 0 } = window.wait;
  assert.ok(Math.abs(openBefore - clock.now() - 90_000) < 10_000);
});

test('a person who logs in at leisure is not hurried', async () => {
  await using server = await startServer(true);
  using window = new TestWindow({ browse: (url) => logIn(url) });
  await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
  assert.ok(window.wait.openBefore !== undefined);
});
