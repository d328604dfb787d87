import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { connectionWith } from '../../helpers/oauth/connection';
import { quirkMetadata, startQuirkServer } from '../../helpers/oauth/quirkServer';
import { answersWithCode, answerTo, plain, quirkyServer, signIn } from '../../helpers/oauth/quirkySignIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const wellKnown = '/.well-known/openid-configuration';
const oauthWellKnown = '/.well-known/oauth-authorization-server';

suite('discovery', () => {
  test('the issuer is down', async () => {
    const server = await startQuirkServer();
    await server[Symbol.asyncDispose]();
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), {
      code: 'oauth.serverUnreachable',
      message: new RegExp(new URL(server.origin).host),
    });
    assert.deepEqual(window.asked, []);
  });

  test('the issuer answers 5xx', async () => {
    await using server = await startQuirkServer({
      [wellKnown]: () => ({ status: 503, headers: { 'retry-after': '7' } }),
    });
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), {
      code: 'oauth.serverBusy',
      data: { host: new URL(server.origin).host, status: 503, seconds: 7 },
    });
  });

  test('what the issuer publishes is not JSON', async () => {
    await using server = await startQuirkServer({
      [wellKnown]: () => ({ body: '<h1>Please log in to the Wi-Fi</h1>' }),
    });
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.discoveryNotJson' });
  });

  test('the issuer publishes nothing', async () => {
    await using server = await startQuirkServer();
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.discoveryNotFound' });
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [wellKnown, oauthWellKnown],
    );
  });

  test('another issuer inside [A12]', async () => {
    const metadata = quirkMetadata('https://login.example');
    await using server = await startQuirkServer({
      [wellKnown]: () => ({ body: metadata }),
      [oauthWellKnown]: () => ({ body: metadata }),
    });
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), {
      code: 'oauth.issuerMismatch',
      data: { issuer: `${server.origin}/`, found: 'https://login.example' },
    });
    assert.deepEqual(window.asked, []);
    assert.equal(server.requests.length, 1, 'a wrong issuer is an answer, nothing else is tried');
  });

  test('metadata without an issuer, and an endpoint that is no URL', async () => {
    await using server = await startQuirkServer({ [wellKnown]: () => ({ body: { token_endpoint: 'x' } }) });
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.discoveryInvalid' });
    server.routes[wellKnown] = () => ({
      body: quirkMetadata(server.origin, { authorization_endpoint: 'javascript:alert(1)' }),
    });
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.endpointInvalid' });
    server.routes[wellKnown] = () => ({
      body: quirkMetadata(server.origin, { token_endpoint: 'http://evil.example/token' }),
    });
    await assert.rejects(signIn(window, plain(server.origin)), {
      code: 'oauth.insecureEndpoint',
      data: { origin: 'http://evil.example' },
    });
    server.routes[wellKnown] = () => ({ body: quirkMetadata(server.origin, { authorization_endpoint: undefined }) });
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.endpointMissing' });
  });

  test('RFC 8414 metadata where OpenID Connect has none, with a path in the issuer [A12 #discovery]', async () => {
    await using server = await startQuirkServer();
    const issuer = `${server.origin}/tenant`;
    server.routes[`${oauthWellKnown}/tenant`] = () => ({ body: quirkMetadata(server.origin, { issuer }) });
    server.routes['/token'] = () => ({ body: { access_token: 'a', token_type: 'bearer' } });
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, plain(issuer));
    assert.deepEqual(
      server.requests.slice(0, 2).map(({ path }) => path),
      [`/tenant${wellKnown}`, `${oauthWellKnown}/tenant`],
    );
    assert.equal((await window.service.list())[0]?.issuer, issuer);
  });

  test('http beyond loopback is refused, unless the user approved that origin [T1 #insecureTransport]', async () => {
    using window = new TestWindow();
    const connection = plain('http://login.test:8080');
    await assert.rejects(signIn(window, connection), {
      code: 'oauth.insecureEndpoint',
      data: { origin: 'http://login.test:8080' },
    });

    await using server = await quirkyServer(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
    server.routes[wellKnown] = () => ({ body: quirkMetadata('http://login.test:8080') });
    const { UndiciTransport } = await import('../../../src/node/undiciTransport');
    const network = new UndiciTransport();
    using other = new TestWindow({
      // Stands in for a name that resolves in a dev container.
      transport: {
        send: (request, signal) =>
          network.send(
            { ...request, url: String(request.url).replace('http://login.test:8080', server.origin) },
            signal,
          ),
      },
      browse: answersWithCode,
    });
    await signIn(other, { ...connection, origins: ['http://login.test:8080'] });
    assert.equal((await other.service.list()).length, 1);
    assert.deepEqual(other.asked[0]?.facts.origins, ['http://login.test:8080']);
    network.dispose();
  });

  test('a server that names other hosts than the user approved is asked about again [A13]', async () => {
    await using server = await quirkyServer(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, plain(server.origin));
    await signIn(window, plain(server.origin));
    assert.equal(window.asked.length, 1);
    const moved = server.origin.replace('127.0.0.1', 'localhost');
    server.routes[wellKnown] = () => ({ body: quirkMetadata(server.origin, { token_endpoint: `${moved}/token` }) });
    await signIn(window, plain(server.origin));
    assert.equal(window.asked.length, 2);
    const tokenHost = window.asked[1]?.hosts.find(({ purpose }) => purpose === 'token')?.host;
    assert.equal(tokenHost, new URL(moved).host);
    const before = window.asked[1]?.previous?.hosts.find(({ purpose }) => purpose === 'token')?.host;
    assert.equal(before, new URL(server.origin).host);
  });

  test('endpoints of the project file alone, and laid over the metadata [#endpoints #userinfo]', async () => {
    await using server = await startQuirkServer({
      '/my/token': () => ({ body: { access_token: 'a', token_type: 'Bearer', id_token: 'not.checked.here' } }),
      '/me': ({ headers }) => ({
        body: { id: 7, login: headers.authorization === 'Bearer a' ? 'octo](command:x)' : '?' },
      }),
    });
    using window = new TestWindow({ browse: (url) => fetch(answerTo(url, { code: 'c', iss: 'whoever' })) });
    const endpoints = {
      authorization: `${server.origin}/my/authorize?tenant=1`,
      token: `${server.origin}/my/token`,
      userinfo: `${server.origin}/me`,
    };
    await signIn(window, connectionWith({ endpoints, clientId: 'c', scopes: ['openid', 'read'] }));
    const [session] = await window.service.list();
    assert.equal(session?.account.label, 'octo] (command :x) · Acme');
    assert.equal(session.issuer, endpoints.token);
    assert.equal(new URL(window.opened[0] ?? '').searchParams.get('tenant'), '1');
    assert.equal(
      window.asked[0]?.hosts.some(({ purpose }) => purpose === 'issuer'),
      false,
    );

    server.routes[wellKnown] = () => ({ body: quirkMetadata(server.origin) });
    server.routes['/my/token'] = () => ({ body: { access_token: 'a', token_type: 'Bearer' } });
    using other = new TestWindow({ browse: answersWithCode });
    await signIn(other, plain(server.origin, { endpoints: { token: endpoints.token } }));
    assert.equal(server.to('/my/token').length, 2);
  });
});

suite('registration', () => {
  test('no client id and no registration endpoint', async () => {
    await using server = await quirkyServer(() => ({}), { registration_endpoint: undefined });
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin, { clientId: undefined })), {
      code: 'oauth.registrationUnsupported',
    });
    assert.deepEqual(window.opened, []);
  });

  test('refused by the server: its reason is shown, disarmed', async () => {
    await using server = await quirkyServer(() => ({}));
    server.routes['/register'] = () => ({
      status: 400,
      body: { error: 'invalid_redirect_uri', error_description: 'see [this](command:evil)\u0007' },
    });
    using window = new TestWindow();
    await assert.rejects(
      signIn(window, plain(server.origin, { clientId: undefined })),
      (error: Error & { code?: string; data?: { description?: string } }) => {
        assert.equal(error.code, 'oauth.registrationRefused');
        assert.equal(error.data?.description, 'see [this] (command :evil)');
        return true;
      },
    );
  });

  test('a server that insists on a secret gets it back, also at the refresh', async () => {
    await using server = await quirkyServer(() => ({
      body: { access_token: 'a', token_type: 'bearer', refresh_token: 'r' },
    }));
    server.routes['/register'] = () => ({
      body: {
        client_id: 'given',
        client_secret: 's3cret',
        client_secret_expires_at: 0,
        token_endpoint_auth_method: 'client_secret_post',
      },
    });
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, plain(server.origin, { clientId: undefined }));
    const [session] = await window.service.list();
    assert.ok(session);
    const token = await window.service.freshToken(session.id, never());
    await window.service.renew(session.id, token, never());
    const forms = server
      .to('/token')
      .map(({ form }) => [form.get('grant_type'), form.get('client_id'), form.get('client_secret')]);
    assert.deepEqual(forms, [
      ['authorization_code', 'given', 's3cret'],
      ['refresh_token', 'given', 's3cret'],
    ]);
  });
});

suite('the token endpoint', () => {
  test('gets the code once, with the very redirect URI, verifier, resource and extra parameters [A11 R1 T6 #code #resource #tokenParams]', async () => {
    await using server = await quirkyServer(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
    using window = new TestWindow({ browse: answersWithCode });
    const parameters = { authorize: {}, token: { tenant: 'x', code: 'mine' }, refresh: {} };
    await signIn(window, plain(server.origin, { resource: ['urn:a', 'urn:b'], parameters }));
    const [request] = server.to('/token');
    const asked = new URL(window.opened[0] ?? '').searchParams;
    assert.equal(request?.form.get('redirect_uri'), asked.get('redirect_uri'));
    assert.equal(request.form.get('code'), 'the-code');
    assert.equal(request.form.get('client_id'), 'quirky');
    assert.equal(request.form.get('tenant'), 'x');
    assert.deepEqual(request.form.getAll('resource'), ['urn:a', 'urn:b']);
    assert.deepEqual(asked.getAll('resource'), ['urn:a', 'urn:b']);
    const verifier = request.form.get('code_verifier') ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    assert.equal(asked.get('code_challenge'), Buffer.from(digest).toString('base64url'));
  });

  for (const [auth, expected] of [
    ['basic', { authorization: `Basic ${btoa('quirky:a%2Bb')}`, secret: null }],
    ['basicRaw', { authorization: `Basic ${btoa('quirky:a+b')}`, secret: null }],
    ['post', { authorization: undefined, secret: 'a+b' }],
  ] as const) {
    test(`client authentication: ${auth} [T3 #clientAuth]`, async () => {
      const { Secret } = await import('../../../src/core/secret');
      await using server = await quirkyServer(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
      using window = new TestWindow({ browse: answersWithCode });
      await signIn(window, plain(server.origin, { clientSecret: new Secret('a+b'), clientAuth: auth }));
      const [request] = server.to('/token');
      assert.equal(request?.headers.authorization, expected.authorization);
      assert.equal(request?.form.get('client_secret'), expected.secret);
    });
  }

  test('a client that cannot prove itself is found out before the browser opens', async () => {
    await using server = await quirkyServer(() => ({}));
    using window = new TestWindow();
    await assert.rejects(signIn(window, plain(server.origin, { clientAuth: 'basic' })), {
      code: 'oauth.clientSecretMissing',
    });
    await assert.rejects(signIn(window, plain(server.origin, { clientAuth: 'mtls' })), {
      code: 'oauth.certificateMissing',
      data: { connection: 'acme', origin: server.origin },
    });
    assert.deepEqual(window.opened, []);
  });

  test('an expired code: coded error, asked once, no retry [T9 #typedErrors]', async () => {
    await using server = await quirkyServer(() => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'code expired' },
    }));
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.codeRejected', message: /code expired/ });
    assert.equal(server.to('/token').length, 1);
    assert.deepEqual(window.secrets.written, []);
  });

  test('a failure in doubt is not retried either [T9]', async () => {
    await using server = await quirkyServer(() => ({ status: 502, body: 'bad gateway' }));
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.serverBusy' });
    assert.equal(server.to('/token').length, 1);
  });

  test('a refused client, with the error in the body of a 401', async () => {
    await using server = await quirkyServer(() => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="x"' },
      body: { error: 'invalid_client' },
    }));
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, plain(server.origin)), {
      code: 'oauth.clientRejected',
      message: /invalid_client/,
    });
  });

  test('neither expires_in nor refresh_token: usable until a 401 says otherwise [T7 #expiresInForms]', async () => {
    await using server = await quirkyServer(() => ({ body: { access_token: 'only', token_type: 'Bearer' } }));
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, plain(server.origin));
    const [session] = await window.service.list();
    assert.ok(session);
    assert.equal(session.expiresAt, undefined);
    assert.equal(session.refreshable, false);
    assert.equal(session.account.label, 'Acme');
    assert.deepEqual(session.grantedScopes, ['read']);
    const token = await window.service.freshToken(session.id, never());
    assert.equal(token.value.revealForTransport(), 'only');
    assert.equal(await window.service.renew(session.id, token, never()), undefined);
    assert.deepEqual(await window.service.list(), [session], 'one refusal does not end the session');
  });

  test('null, empty and zero members count as absent; other scopes are information [T7 T8 #expiresInForms #scopeChange]', async () => {
    await using server = await quirkyServer(() => ({
      body: {
        access_token: 'a',
        token_type: 'bearer',
        expires_in: 0,
        refresh_token: null,
        id_token: '',
        scope: 'read,write',
      },
    }));
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, plain(server.origin));
    const [session] = await window.service.list();
    assert.equal(session?.expiresAt, undefined);
    assert.deepEqual(session?.grantedScopes, ['read', 'write']);
    assert.deepEqual(session.scopes, ['read']);
    assert.match(window.log.text, /Scopes not granted: none; granted unasked: write/);
  });

  for (const [name, answer] of [
    ['no access token', { body: { token_type: 'bearer' } }],
    ['a page', { body: '<p>hello</p>' }],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }],
    ['an array', { body: [1] }],
  ] as const) {
    test(`${name} instead of tokens`, async () => {
      await using server = await quirkyServer(() => answer);
      using window = new TestWindow({ browse: answersWithCode });
      await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.tokenResponseInvalid' });
      assert.equal(server.to('/token').length, 1);
      assert.deepEqual(window.secrets.written, []);
    });
  }

  test('openid was asked for: an ID token is required and checked [X5 #idToken #nonce]', async () => {
    const idToken = (claims: Record<string, unknown>): string =>
      [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
      '.c2ln';
    let more: Record<string, unknown> = {};
    await using server = await quirkyServer(() => ({ body: { access_token: 'a', token_type: 'bearer', ...more } }));
    using window = new TestWindow({
      browse: (url) => {
        const now = Math.floor(Date.now() / 1000);
        const good = {
          iss: server.origin,
          sub: 'u1',
          aud: 'quirky',
          iat: now,
          exp: now + 60,
          nonce: new URL(url).searchParams.get('nonce'),
          email: 'u1@acme.dev',
        };
        const changed = more['claims'] as Record<string, unknown> | undefined;
        if (changed) more = { id_token: idToken({ ...good, ...changed }) };
        return answersWithCode(url);
      },
    });
    const connection = plain(server.origin, { scopes: ['openid'] });
    await assert.rejects(signIn(window, connection), { code: 'oauth.idTokenInvalid' }, 'none');
    for (const wrong of [{ iss: 'https://other' }, { aud: 'somebody' }, { nonce: 'x' }, { exp: 5 }, { sub: 5 }]) {
      more = { claims: wrong };
      await assert.rejects(signIn(window, connection), { code: 'oauth.idTokenInvalid' }, JSON.stringify(wrong));
    }
    assert.deepEqual(window.secrets.written, []);
    more = { claims: {} };
    await signIn(window, connection);
    assert.equal((await window.service.list())[0]?.account.label, 'u1@acme.dev · Acme');
    assert.equal(server.to('/userinfo').length, 0, 'the ID token said enough');
    more = { scope: 'read' };
    await signIn(window, connection);
  });

  test('a machine whose clock is wrong still signs in: the server’s clock judges its ID token [#idToken]', async () => {
    const { nodeClock } = await import('../../../src/node/nodeClock');
    await using server = await startQuirkServer();
    server.routes[wellKnown] = () => ({ body: quirkMetadata(server.origin) });
    const serverNow = Date.now() + 3_600_000;
    server.routes['/token'] = () => {
      const nonce = new URL(window.opened[0] ?? '').searchParams.get('nonce');
      const seconds = Math.floor(serverNow / 1000);
      const claims = {
        iss: server.origin,
        sub: 'u',
        aud: 'quirky',
        iat: seconds,
        nbf: seconds,
        exp: seconds + 60,
        nonce,
      };
      const token = [{ alg: 'RS256' }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return {
        headers: { date: new Date(serverNow).toUTCString() },
        body: { access_token: 'a', token_type: 'bearer', id_token: `${token}.c2ln` },
      };
    };
    using window: TestWindow = new TestWindow({ browse: answersWithCode, clock: nodeClock });
    await signIn(window, plain(server.origin, { scopes: ['openid'] }));
    assert.equal((await window.service.list()).length, 1);
  });

  test('an endless answer is cut off', async () => {
    await using server = await quirkyServer(() => ({ body: 'x'.repeat(2_000_000) }));
    using window = new TestWindow({ browse: answersWithCode });
    await assert.rejects(signIn(window, plain(server.origin)), { code: 'oauth.responseTooLarge' });
  });
});
