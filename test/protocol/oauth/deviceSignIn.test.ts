import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { UndiciTransport } from '../../../src/node/undiciTransport';
import type { SignInOutcome } from '../../../src/core/session/signInOutcome';
import { desktopClient, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { confirmCode } from '../../helpers/oauth/deviceUser';
import {
  quirkMetadata,
  startQuirkServer,
  type QuirkAnswer,
  type QuirkRoute,
  type QuirkServer,
} from '../../helpers/oauth/quirkServer';
import { SkippingClock } from '../../helpers/oauth/skippingClock';
import { never, TestWindow, type TestWindowOptions } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

const features: Configuration['features'] = {
  devInteractions: { enabled: true },
  deviceFlow: { enabled: true },
  registration: { enabled: true },
  revocation: { enabled: true },
};

const tv: ClientMetadata = {
  client_id: 'tv',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: [grantType, 'refresh_token'],
  response_types: [],
  redirect_uris: [],
};

function startServer(...clients: ClientMetadata[]): Promise<AuthServer> {
  return startAuthServer({ clients, configuration: { features } });
}

function deviceConnection(issuer: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return connectionWith({ issuer, clientId: 'tv', grant: 'deviceCode', ...more });
}

function signIn(window: TestWindow, connection: ConnectionConfig, signal = never()): Promise<SignInOutcome> {
  return window.service.signIn(connection, { folder, signal });
}

/** A person who opens the page when they are shown the code, and confirms it there. */
const confirming: TestWindowOptions = {
  confirm: (waiting) => waiting.openPage(),
  browse: (url) => confirmCode(url),
};

suite('signing in with a code at a real authorization server', () => {
  test('shows the code, opens the page on the user’s word, and signs in [F12 #device]', async () => {
    await using server = await startServer(tv);
    using window = new TestWindow({ ...confirming, clock: new SkippingClock() });
    const outcome = await signIn(
      window,
      deviceConnection(server.issuer, { scopes: ['openid', 'email', 'offline_access'] }),
    );
    assert.equal(outcome.kind, 'signedIn');
    const { session } = outcome;
    assert.equal(session.account.label, 'alice@acme.dev · Acme');
    assert.equal(session.refreshable, true);
    const { userCode, verificationUri, tryAnotherWay } = window.deviceWait;
    assert.match(userCode, /^[A-Z]{4}-[A-Z]{4}$/);
    assert.equal(verificationUri, `${server.issuer}/device`);
    assert.deepEqual(window.opened, [`${verificationUri}?user_code=${userCode}`]);
    assert.equal(tryAnotherWay, undefined);
    assert.equal(window.shown, 0, 'the code is gone');
    const token = await window.service.freshToken(session.id, never());
    assert.ok(await server.accepts(token.value.revealForTransport()));
    const renewed = await window.service.renew(session.id, token, never());
    assert.ok(renewed && (await server.accepts(renewed.value.revealForTransport())));
    for (const { value } of server.issued) assert.ok(!window.log.text.includes(value), 'no secret in the log');
  });

  test('opens nothing before the user says so, and asks for trust before there is a code [A13]', async () => {
    await using server = await startServer(tv);
    const requestsAtTrust: string[] = [];
    using window: TestWindow = new TestWindow({
      clock: new SkippingClock(),
      approve: () => requestsAtTrust.push(...server.requests) > 0,
      confirm: (waiting) => confirmCode(`${waiting.verificationUri}?user_code=${waiting.userCode}`),
    });
    assert.equal((await signIn(window, deviceConnection(server.issuer))).kind, 'signedIn');
    assert.deepEqual(window.opened, []);
    assert.deepEqual(requestsAtTrust, ['GET /.well-known/openid-configuration']);
    const purposes = window.asked[0]?.hosts.map(({ purpose }) => purpose) ?? [];
    assert.ok(purposes.includes('deviceAuthorization'));
  });

  test('the server says that the user refused: coded error', async () => {
    await using server = await startServer(tv);
    using window = new TestWindow({
      clock: new SkippingClock(),
      confirm: (waiting) => waiting.openPage(),
      browse: (url) => confirmCode(url, { decision: 'deny' }),
    });
    await assert.rejects(signIn(window, deviceConnection(server.issuer)), { code: 'oauth.accessDenied' });
    assert.equal(window.shown, 0);
    assert.deepEqual(await window.service.list(), []);
  });

  test('cancelling at any moment ends it: by the user, by the caller, by another sign-in', async () => {
    await using server = await startServer(tv);
    const caller = new AbortController();
    for (const cancel of [(window: TestWindow) => window.deviceWait.cancel(), () => caller.abort()]) {
      using window = new TestWindow({ confirm: (_waiting, self) => cancel(self) });
      const outcome = await signIn(window, deviceConnection(server.issuer), caller.signal);
      assert.deepEqual(outcome, { kind: 'cancelled' });
      assert.equal(window.shown, 0);
    }
    let second: Promise<SignInOutcome> | undefined;
    using window: TestWindow = new TestWindow({
      confirm: (waiting) => {
        if (second) waiting.cancel();
        else second = signIn(window, deviceConnection(server.issuer));
      },
    });
    assert.deepEqual(await signIn(window, deviceConnection(server.issuer)), { kind: 'cancelled' });
    assert.deepEqual(await second, { kind: 'cancelled' });
    assert.deepEqual([window.shown, window.deviceWaits.length], [0, 2]);
  });

  test('without a client id one is registered for the device grant [#registration]', async () => {
    await using server = await startServer();
    using window = new TestWindow({ ...confirming, clock: new SkippingClock() });
    const connection = { ...deviceConnection(server.issuer), clientId: undefined };
    const outcome = await signIn(window, connection);
    assert.equal(outcome.kind, 'signedIn');
    const token = await window.service.freshToken(outcome.session.id, never());
    assert.ok(await window.service.renew(outcome.session.id, token, never()), 'the registered client is kept');
  });

  test('a browser window signs in with a code by itself where no client can be registered', async () => {
    const both = { ...desktopClient, grant_types: [...(desktopClient.grant_types ?? []), grantType] };
    const configuration = { features: { ...features, registration: { enabled: false } } };
    await using server = await startAuthServer({ clients: [both], configuration });
    const environment = { ui: 'web', extensionHost: 'remote', portable: false, uriScheme: 'code-oss' } as const;
    using window = new TestWindow({ ...confirming, clock: new SkippingClock(), environment });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    assert.equal((await signIn(window, connection)).kind, 'signedIn');
    assert.equal(window.deviceWaits.length, 1);
    assert.ok(window.deviceWait.tryAnotherWay, 'pasting is left');
  });

  test('a client that may not use codes: the next way is tried; "try another way" leaves the code behind', async () => {
    await using server = await startAuthServer({ configuration: { features } });
    const environment = { ui: 'desktop', extensionHost: 'remote', portable: true, uriScheme: 'vscode' } as const;
    using refused: TestWindow = new TestWindow({ environment });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    assert.equal((await signIn(refused, connection)).kind, 'signedIn');
    assert.deepEqual([refused.deviceWaits.length, refused.wait.redirect], [0, 'loopback']);
    assert.match(refused.log.text, /Cannot sign in by device/);

    const both = { ...desktopClient, grant_types: [...(desktopClient.grant_types ?? []), grantType] };
    await using willing = await startServer(both);
    using window: TestWindow = new TestWindow({ environment, confirm: (waiting) => waiting.tryAnotherWay?.() });
    assert.equal((await signIn(window, { ...connection, issuer: willing.issuer })).kind, 'signedIn');
    assert.deepEqual([window.deviceWaits.length, window.wait.redirect, window.shown], [1, 'loopback', 0]);
  });
});

/** A server that gives out a code as `device` says and answers the token requests one after the other. */
function startQuirks(device: object, answers: readonly (QuirkAnswer | QuirkRoute)[]): Promise<QuirkServer> {
  const left = [...answers];
  return startQuirkServer({
    '/.well-known/openid-configuration': ({ headers }) => {
      const origin = `http://${headers.host ?? ''}`;
      return { body: quirkMetadata(origin, { device_authorization_endpoint: `${origin}/device_authorization` }) };
    },
    '/device_authorization': ({ headers }) => ({
      body: {
        device_code: 'the-device-code',
        user_code: 'WDJB-MJHT',
        verification_uri: `http://${headers.host ?? ''}/device`,
        expires_in: 900,
        ...device,
      },
    }),
    '/token': (request) => {
      const answer = left.length > 1 ? left.shift() : left[0];
      return typeof answer === 'function' ? answer(request) : (answer ?? {});
    },
    '/userinfo': () => ({ body: { sub: 'alice', email: 'alice@acme.dev' } }),
  });
}

const refusedWith = (error: string): QuirkAnswer => ({ status: 400, body: { error } });
const pending = refusedWith('authorization_pending');
const slower = refusedWith('slow_down');
const tokens: QuirkAnswer = { body: { access_token: 'a', token_type: 'bearer', expires_in: 3600 } };

interface Run {
  readonly window: TestWindow;
  readonly outcome: Promise<SignInOutcome>;
  readonly clock: SkippingClock;
}

function run(server: QuirkServer, more: Partial<ConnectionConfig> = {}, options: TestWindowOptions = {}): Run {
  const clock = new SkippingClock();
  const window = new TestWindow({ clock, ...options });
  return { window, clock, outcome: signIn(window, deviceConnection(server.origin, { scopes: ['read'], ...more })) };
}

suite('polling for the user’s approval', () => {
  test('every 5 seconds when the server names no interval; slow_down adds 5 for good [F12]', async () => {
    await using server = await startQuirks({}, [pending, slower, pending, slower, pending, tokens]);
    const { outcome, clock } = run(server);
    assert.equal((await outcome).kind, 'signedIn');
    assert.deepEqual(clock.waits, [5_000, 5_000, 10_000, 10_000, 15_000, 15_000]);
  });

  for (const [interval, expected] of [
    [2, 2_000],
    [0.2, 1_000],
    ['7', 7_000],
    [0, 5_000],
    [-1, 5_000],
    ['soon', 5_000],
    [null, 5_000],
  ] as const) {
    test(`an interval of ${String(interval)} is ${expected} ms [F12]`, async () => {
      await using server = await startQuirks({ interval }, [pending, tokens]);
      const { outcome, clock } = run(server);
      await outcome;
      assert.deepEqual(clock.waits, [expected, expected]);
    });
  }

  test('a busy server is asked half as often each time, up to a minute, and as it wishes; then as before [F12]', async () => {
    const busy = (status: number, after?: string): QuirkAnswer => ({
      status,
      headers: after === undefined ? {} : { 'retry-after': after },
    });
    const answers = [busy(503), busy(500), busy(429, '120'), busy(502), busy(503), pending, tokens];
    await using server = await startQuirks({}, answers);
    const { outcome, clock, window } = run(server);
    assert.equal((await outcome).kind, 'signedIn');
    assert.deepEqual(clock.waits, [5_000, 10_000, 20_000, 120_000, 60_000, 60_000, 5_000]);
    assert.match(window.log.text, /HTTP 503/);
  });

  test('a network that is gone for a while changes nothing but the wait [F12]', async () => {
    await using server = await startQuirks({}, [pending, tokens]);
    const real = new UndiciTransport();
    let losses = 2;
    const transport: TestWindowOptions['transport'] = {
      send: (request, signal) => {
        const url = request.url instanceof Object ? '' : request.url;
        const target = url.endsWith('/token') && losses-- > 0 ? 'http://127.0.0.1:1/token' : request.url;
        return real.send({ ...request, url: target }, signal);
      },
    };
    const { outcome, clock } = run(server, {}, { transport });
    assert.equal((await outcome).kind, 'signedIn');
    assert.deepEqual(clock.waits, [5_000, 10_000, 20_000, 5_000]);
    real.dispose();
  });

  test('the end of the code’s life ends it here, whatever the server says, and tells the last failure [F12]', async () => {
    await using server = await startQuirks({ expires_in: 12 }, [pending]);
    await assert.rejects(run(server).outcome, {
      code: 'oauth.deviceCodeExpired',
      data: { host: new URL(server.origin).host, minutes: 1 },
    });
    assert.equal(server.to('/token').length, 2);
    await using down = await startQuirks({ expires_in: 40 }, [{ status: 503 }]);
    await assert.rejects(run(down).outcome, (error: Error & { code?: string }) => {
      assert.equal(error.code, 'oauth.deviceCodeExpired');
      assert.equal((error.cause as { code?: string } | undefined)?.code, 'oauth.serverBusy');
      return true;
    });
  });

  test('an interval or a lifetime beyond reason keeps nobody waiting for ever', async () => {
    await using server = await startQuirks({ interval: 1e12, expires_in: 1e15 }, [pending]);
    const { outcome, clock } = run(server);
    await assert.rejects(outcome, { code: 'oauth.deviceCodeExpired' });
    assert.deepEqual(clock.waits, [3_600_000]);
  });

  for (const [answer, code] of [
    [refusedWith('expired_token'), 'oauth.deviceCodeExpired'],
    [refusedWith('access_denied'), 'oauth.accessDenied'],
    [refusedWith('authorization_declined'), 'oauth.accessDenied'],
    [refusedWith('invalid_grant'), 'oauth.tokenRequestRefused'],
    [refusedWith('unauthorized_client'), 'oauth.clientRejected'],
    [{ status: 401, body: { error: 'invalid_client' } }, 'oauth.clientRejected'],
    [{ body: { token_type: 'bearer' } }, 'oauth.tokenResponseInvalid'],
    [{ body: '<html>' }, 'oauth.tokenResponseInvalid'],
    [{ status: 302, headers: { location: 'https://evil.example/' } }, 'oauth.tokenResponseInvalid'],
    [{ body: { access_token: 'a', token_type: 'bearer', id_token: 'not.a.jwt' } }, 'oauth.idTokenInvalid'],
  ] as const satisfies readonly (readonly [QuirkAnswer, string])[]) {
    test(`${JSON.stringify(answer.body ?? answer.status)} ends it: ${code} [F12]`, async () => {
      await using server = await startQuirks({}, [pending, answer]);
      const { outcome, window } = run(server);
      await assert.rejects(outcome, { code });
      assert.equal(server.to('/token').length, 2);
      assert.equal(window.shown, 0);
    });
  }

  test('an ID token of another issuer, for another client or out of date is refused [X5]', async () => {
    const now = Math.floor(Date.now() / 1000);
    const good = { sub: 'alice', aud: 'tv', iat: now, exp: now + 600 };
    for (const [claims, isGood] of [
      [{}, true],
      [{ iss: 'https://evil.example' }, false],
      [{ aud: 'another' }, false],
      [{ exp: now - 600 }, false],
    ] as const) {
      const answer: QuirkRoute = ({ headers }) => {
        const iss = `http://${headers.host ?? ''}`;
        const parts = [{ alg: 'RS256' }, { iss, ...good, ...claims }];
        const [header, payload] = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
        return { body: { access_token: 'a', token_type: 'bearer', id_token: `${header}.${payload}.c2ln` } };
      };
      await using server = await startQuirks({}, [answer]);
      const { outcome } = run(server, { scopes: ['openid'] });
      if (isGood) assert.equal((await outcome).kind, 'signedIn');
      else await assert.rejects(outcome, { code: 'oauth.idTokenInvalid' });
    }
  });

  test('a provider that says "pending" and "slow down" with 200 is waited for all the same [F12]', async () => {
    const said = (error: string): QuirkAnswer => ({ body: { error, error_description: 'not yet' } });
    await using server = await startQuirks({}, [said('authorization_pending'), said('slow_down'), tokens]);
    const endpoints = { token: `${server.origin}/token`, deviceAuthorization: `${server.origin}/device_authorization` };
    const { outcome, clock } = run(server, { issuer: undefined, preset: 'github', endpoints });
    assert.equal((await outcome).kind, 'signedIn');
    assert.deepEqual(clock.waits, [5_000, 5_000, 10_000]);
  });

  test('scopes, audience, resources and the parameters of each phase are sent', async () => {
    await using server = await startQuirks({}, [tokens]);
    await run(server, {
      scopes: ['read', 'write'],
      audience: 'https://api.acme.dev',
      resource: ['https://a.acme.dev', 'https://b.acme.dev'],
      parameters: { authorize: { tenant: '7', redirect_uri: 'x' }, token: { flavour: 'new' }, refresh: {} },
    }).outcome;
    const [first] = server.to('/device_authorization');
    assert.deepEqual(Object.fromEntries(first?.form ?? []), {
      tenant: '7',
      scope: 'read write',
      audience: 'https://api.acme.dev',
      resource: 'https://b.acme.dev',
      client_id: 'tv',
    });
    assert.deepEqual(first?.form.getAll('resource'), ['https://a.acme.dev', 'https://b.acme.dev']);
    const [token] = server.to('/token');
    assert.equal(token?.form.get('grant_type'), grantType);
    assert.equal(token.form.get('device_code'), 'the-device-code');
    assert.equal(token.form.get('flavour'), 'new');
    assert.deepEqual(token.form.getAll('resource'), ['https://a.acme.dev', 'https://b.acme.dev']);
  });

  test('a client with a secret authenticates for the code and for the token', async () => {
    await using server = await startQuirks({}, [pending, tokens]);
    const confidential = { clientSecretName: 'tv', clientAuth: 'basic' } as const;
    assert.equal((await run(server, confidential, { enterSecret: () => 's3cret' }).outcome).kind, 'signedIn');
    const expected = `Basic ${btoa('tv:s3cret')}`;
    for (const path of ['/device_authorization', '/token']) {
      for (const { headers } of server.to(path)) assert.equal(headers.authorization, expected);
    }
  });
});

suite('what a server sends to be shown', () => {
  for (const userCode of [
    '',
    ' ',
    'AB\u202eCD',
    'AB\u0007CD',
    'AB\nCD',
    'АВСD',
    '[x](command:y)',
    'A<b>B',
    'A'.repeat(41),
    'https://evil.example',
  ]) {
    test(`the code ${JSON.stringify(userCode)} is refused`, async () => {
      await using server = await startQuirks({ user_code: userCode }, [tokens]);
      const { outcome, window } = run(server);
      await assert.rejects(outcome, (error: Error & { code?: string }) => {
        assert.ok(
          error.code === 'oauth.userCodeUnsafe' || (userCode === '' && error.code === 'oauth.deviceResponseInvalid'),
        );
        assert.ok(userCode.trim() === '' || !error.message.includes(userCode));
        return true;
      });
      assert.deepEqual([window.deviceWaits.length, server.to('/token').length], [0, 0]);
    });
  }

  test('the complete address is opened only at the place that the user is shown', async () => {
    const place = (origin: string, complete: unknown): QuirkRoute => {
      return () => ({
        body: {
          device_code: 'd',
          user_code: '1234 5678',
          verification_uri: `${origin}/device`,
          verification_uri_complete: complete,
          expires_in: 900,
        },
      });
    };
    await using server = await startQuirks({}, [tokens]);
    for (const [complete, expected] of [
      [`${server.origin}/device?user_code=1234`, `${server.origin}/device?user_code=1234`],
      ['https://evil.example/device?user_code=1234', `${server.origin}/device`],
      [server.origin.replace('http:', 'https:'), `${server.origin}/device`],
      [server.origin.replace('//', '//user:pass@'), `${server.origin}/device`],
      ['javascript:alert(1)', `${server.origin}/device`],
      ['command:workbench.action.quit', `${server.origin}/device`],
      [null, `${server.origin}/device`],
    ] as const) {
      server.routes['/device_authorization'] = place(server.origin, complete);
      const { outcome, window } = run(
        server,
        {},
        { confirm: (waiting) => waiting.openPage(), browse: () => undefined },
      );
      await outcome;
      assert.deepEqual(window.opened, [expected], String(complete));
    }
  });

  for (const [uri, code] of [
    ['http://login.acme.dev/device', 'oauth.insecureEndpoint'],
    ['file:///etc/passwd', 'oauth.endpointInvalid'],
    ['vscode://latchkey.latchkey/callback', 'oauth.endpointInvalid'],
    ['javascript:alert(1)', 'oauth.endpointInvalid'],
    ['https://user:pass@acme.dev/', 'oauth.endpointInvalid'],
    ['not a url', 'oauth.endpointInvalid'],
    ['', 'oauth.deviceResponseInvalid'],
    [7, 'oauth.deviceResponseInvalid'],
  ] as const) {
    test(`the address ${String(uri)} is not opened: ${code}`, async () => {
      await using server = await startQuirks({ verification_uri: uri }, [tokens]);
      const { outcome, window } = run(server);
      await assert.rejects(outcome, { code });
      assert.equal(window.deviceWaits.length, 0);
    });
  }

  test('the older name of the address is understood', async () => {
    const verificationUrl = 'https://acme.dev/device';
    await using server = await startQuirks({ verification_uri: undefined, verification_url: verificationUrl }, [
      tokens,
    ]);
    const { outcome, window } = run(server);
    await outcome;
    assert.equal(window.deviceWait.verificationUri, verificationUrl);
  });

  test('a refusal and an answer that is none are told with the host and without markup', async () => {
    await using server = await startQuirks({}, [tokens]);
    for (const [answer, code] of [
      [
        { status: 400, body: { error: 'unauthorized_client', error_description: 'no [x](command:y)' } },
        'oauth.deviceRequestRefused',
      ],
      [{ status: 404, body: 'not here' }, 'oauth.deviceResponseInvalid'],
      [{ body: { device_code: 'd' } }, 'oauth.deviceResponseInvalid'],
      [{ body: 'nonsense' }, 'oauth.deviceResponseInvalid'],
      [
        { body: { device_code: 'd', user_code: 'A', verification_uri: 'https://a.dev', expires_in: 'x' } },
        'oauth.deviceResponseInvalid',
      ],
    ] as const satisfies readonly (readonly [QuirkAnswer, string])[]) {
      server.routes['/device_authorization'] = () => answer;
      await assert.rejects(run(server).outcome, (error: Error & { code?: string }) => {
        assert.equal(error.code, code);
        assert.ok(error.message.includes(new URL(server.origin).host) && !error.message.includes('](command:'));
        return true;
      });
    }
  });

  test('a server without the endpoint: no client is registered in vain', async () => {
    await using server = await startQuirkServer({
      '/.well-known/openid-configuration': ({ headers }) => ({ body: quirkMetadata(`http://${headers.host ?? ''}`) }),
    });
    const { outcome } = run(server, { clientId: undefined });
    await assert.rejects(outcome, {
      code: 'oauth.endpointMissing',
      data: { connection: 'acme', purpose: 'device authorization' },
    });
    assert.equal(server.to('/register').length, 0);
  });

  test('endpoints of the project file are enough [#endpoints]', async () => {
    await using server = await startQuirks({}, [tokens]);
    const endpoints = { token: `${server.origin}/token`, deviceAuthorization: `${server.origin}/device_authorization` };
    assert.equal((await run(server, { issuer: undefined, endpoints }).outcome).kind, 'signedIn');
    delete server.routes['/.well-known/openid-configuration'];
    assert.equal((await run(server, { endpoints }).outcome).kind, 'signedIn');
  });
});
