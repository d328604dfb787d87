import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { ConnectionConfig, Session } from '../../../src/core/oauth/model';
import type { HttpTransport } from '../../../src/core/ports';
import { ManualClock } from '../../helpers/manualClock';
import { startHttp, startHttps, startTransport } from '../../helpers/localServers';
import { connectionWith } from '../../helpers/oauth/connection';
import { quirkMetadata, startQuirkServer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { securedWith } from '../../helpers/tlsProfiles';

const folder = 'file:///projects/shop';
const wellKnown = '/.well-known/openid-configuration';
const minutes = 60_000;

/** A server that gives out a new pair of tokens each time. */
async function tokenServer(): Promise<QuirkServer> {
  const server = await startQuirkServer();
  let count = 0;
  server.routes[wellKnown] = () => ({ body: quirkMetadata(server.origin) });
  server.routes['/userinfo'] = () => ({ body: { sub: 'u1', email: 'alice@acme.dev' } });
  server.routes['/revoke'] = () => ({});
  server.routes['/token'] = () => ({
    body: {
      access_token: `canary-access-${++count}`,
      refresh_token: `canary-refresh-${count}`,
      token_type: 'bearer',
      expires_in: 600,
    },
  });
  return server;
}

const answersWithCode = (url: string): Promise<Response> => {
  const query = new URL(url).searchParams;
  return fetch(`${query.get('redirect_uri') ?? ''}?code=canary-code&state=${query.get('state') ?? ''}`);
};

function quirky(issuer: string): ConnectionConfig {
  return connectionWith({ issuer, clientId: 'quirky', scopes: ['read', 'write'] });
}

async function signIn(window: TestWindow, issuer: string): Promise<Session> {
  const outcome = await window.service.signIn(quirky(issuer), { folder, signal: never() });
  assert.equal(outcome.kind, 'signedIn');
  return outcome.session;
}

suite('what the engine sends', () => {
  test('tokens, codes and verifiers are in bodies and in the Authorization header, never in a URL or a cookie [F5 F6 T1]', async () => {
    await using server = await tokenServer();
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, server.origin);
    clock.forward(20 * minutes);
    await window.service.freshToken(session.id, never());
    await window.service.signOut(session.id);

    const paths = server.requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths, [
      `GET ${wellKnown}`,
      'POST /token',
      'GET /userinfo',
      'POST /token',
      'POST /revoke',
      'POST /revoke',
    ]);
    for (const { path, query, headers } of server.requests) {
      assert.equal(query.size, 0, path);
      assert.equal(headers.cookie, undefined, path);
      const { authorization, ...others } = headers;
      assert.equal(authorization, path === '/userinfo' ? 'Bearer canary-access-1' : undefined);
      assert.doesNotMatch(JSON.stringify(others), /canary/);
    }
  });

  test('a refresh asks for no scopes, so for those that were granted [F3 #refresh]', async () => {
    await using server = await tokenServer();
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, server.origin);
    clock.forward(20 * minutes);
    await window.service.freshToken(session.id, never());
    const [, refresh] = server.to('/token');
    assert.deepEqual(Object.fromEntries(refresh?.form ?? []), {
      client_id: 'quirky',
      grant_type: 'refresh_token',
      refresh_token: 'canary-refresh-1',
    });
  });
});

suite('what the engine does not do', () => {
  for (const status of [302, 303, 307, 308]) {
    test(`it follows no redirect (${status}) of the token, the userinfo or the revocation endpoint [T10]`, async () => {
      await using server = await tokenServer();
      await using thief = await startQuirkServer();
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock, browse: answersWithCode });
      const away = { status, headers: { location: `${thief.origin}/elsewhere` } };
      const token = server.routes['/token']!;
      server.routes['/token'] = () => away;
      await assert.rejects(signIn(window, server.origin), { code: 'oauth.tokenResponseInvalid' });
      assert.equal(server.to('/token').length, 1);

      server.routes['/token'] = token;
      for (const path of ['/userinfo', '/revoke']) server.routes[path] = () => away;
      const session = await signIn(window, server.origin);
      server.routes['/token'] = () => away;
      clock.forward(20 * minutes);
      await assert.rejects(window.service.freshToken(session.id, never()), { code: 'oauth.tokenResponseInvalid' });
      await window.service.signOut(session.id);
      assert.equal(server.to('/revoke').length, 2);
      assert.deepEqual(thief.requests, []);
    });
  }

  test('it sends a code once, also when the connection breaks and nobody knows what became of it [T9]', async (t) => {
    let codes = 0;
    const server = await startHttp(t, (request, response) => {
      if (request.url === wellKnown) {
        response.end(JSON.stringify(quirkMetadata(server.origin)));
        return;
      }
      codes++;
      request.resume().once('end', () => request.socket.destroy());
    });
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, server.origin), { code: 'oauth.serverUnreachable' });
    assert.equal(codes, 1);
    assert.deepEqual(window.secrets.written, []);
  });

  test('it waits for no server longer than 30 seconds [#requestTimeout]', async (t) => {
    let arrived: () => void = () => undefined;
    const request = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = await startHttp(t, () => arrived());
    const clock = new ManualClock();
    using window = new TestWindow({ clock });
    const failure = assert.rejects(signIn(window, silent.origin), {
      code: 'oauth.serverTimedOut',
      data: { host: new URL(silent.origin).host, seconds: 30 },
    });
    await request;
    await clock.advance(30_000);
    await failure;
    assert.equal(clock.pending, 0);
    await silent.allClosed();
  });

  test('it hands no code to a server whose certificate it cannot check [T1 #tlsTrust]', async (t) => {
    const requests: string[] = [];
    const secure = await startHttps(t, 'valid', (request, response) => {
      requests.push(request.url ?? '');
      response.end(JSON.stringify({ access_token: 'a', token_type: 'bearer' }));
    });
    await using server = await startQuirkServer();
    server.routes[wellKnown] = () => ({
      body: quirkMetadata(server.origin, { token_endpoint: `${secure.origin}/token`, userinfo_endpoint: undefined }),
    });
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, server.origin), { code: 'http.tlsUntrusted' });
    assert.deepEqual(requests, []);

    using trusting = new TestWindow({ transport: trustingTransport(t), browse: answersWithCode });
    await signIn(trusting, server.origin);
    assert.deepEqual(requests, ['/token']);
  });
});

function trustingTransport(t: TestContext): HttpTransport {
  return securedWith(startTransport(t), { ca: ['authority.pem'] });
}

suite('answers of the token endpoint', () => {
  test('members that nobody knows are ignored [T7]', async () => {
    await using server = await tokenServer();
    server.routes['/token'] = () => ({
      body: {
        access_token: 'a',
        token_type: 'bearer',
        ext_expires_in: 7200,
        foci: '1',
        nested: { refresh_token: 'x' },
      },
    });
    using window = new TestWindow({ browse: answersWithCode });
    const session = await signIn(window, server.origin);
    assert.equal(session.expiresAt, undefined);
    assert.equal(session.refreshable, false);
    assert.ok(window.secrets.written.every((text) => !text.includes('ext_expires_in')));
  });

  test('a lifetime may be a text [#expiresInForms #expiry]', async () => {
    await using server = await tokenServer();
    server.routes['/token'] = () => ({ body: { access_token: 'a', token_type: 'bearer', expires_in: '600' } });
    const clock = new ManualClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    assert.equal((await signIn(window, server.origin)).expiresAt, clock.now() + 600_000);
  });
});

suite('refusals of the token endpoint', () => {
  // RFC 6749 §5.2.
  for (const [error, code] of [
    ['invalid_request', 'oauth.tokenRequestRefused'],
    ['invalid_client', 'oauth.clientRejected'],
    ['invalid_grant', 'oauth.codeRejected'],
    ['unauthorized_client', 'oauth.clientRejected'],
    ['unsupported_grant_type', 'oauth.tokenRequestRefused'],
    ['invalid_scope', 'oauth.tokenRequestRefused'],
    ['invalid_target', 'oauth.resourceRefused'],
  ] as const) {
    test(`${error} has a code and the words of the server [#typedErrors]`, async () => {
      await using server = await tokenServer();
      server.routes['/token'] = () => ({ status: 400, body: { error, error_description: 'Not like this' } });
      using window = new TestWindow({ browse: answersWithCode });
      const data = { host: new URL(server.origin).host, error, description: 'Not like this' };
      await assert.rejects(signIn(window, server.origin), { code, data });
    });
  }
});

suite('signing out', () => {
  for (const [what, answer] of [
    ['is busy', { status: 503, headers: { 'retry-after': '60' } }],
    ['does not revoke tokens of that kind', { status: 400, body: { error: 'unsupported_token_type' } }],
    ['does not know the client', { status: 401, body: { error: 'invalid_client' } }],
    ['answers with a page', { status: 200, body: '<p>done</p>' }],
  ] as const) {
    test(`revokes the refresh token first, and forgets both although the server ${what} [F10 #revoke]`, async () => {
      await using server = await tokenServer();
      server.routes['/revoke'] = () => answer;
      using window = new TestWindow({ browse: answersWithCode });
      const session = await signIn(window, server.origin);
      await window.service.signOut(session.id);
      assert.deepEqual(
        server.to('/revoke').map(({ form }) => [form.get('token_type_hint'), form.get('token')]),
        [
          ['refresh_token', 'canary-refresh-1'],
          ['access_token', 'canary-access-1'],
        ],
      );
      assert.deepEqual([...window.secrets.values], []);
      assert.deepEqual(await window.service.list(), []);
      assert.doesNotMatch(window.log.text, /canary/);
    });
  }
});
