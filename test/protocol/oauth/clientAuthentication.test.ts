import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ClientMetadata } from 'oidc-provider';
import type { ClientAuth, ConnectionConfig } from '../../../src/core/oauth/model';
import { desktopClient } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { isClientToken, machineClient, machineConnection, startClientServer } from '../../helpers/oauth/machineClient';
import { quirkMetadata, startQuirkServer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { folder, fresh, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow, type TestWindowOptions } from '../../helpers/oauth/testWindow';

const minutes = 60_000;
/** Every character of it is changed by form-encoding, or means something in Basic. */
const secret = 'a+b/c=d:e&f%20 g';

function machine(method: 'client_secret_basic' | 'client_secret_post'): ClientMetadata {
  return machineClient({ client_id: 'nightly:job', client_secret: secret, token_endpoint_auth_method: method });
}

function secretConnection(issuer: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return machineConnection(issuer, { clientId: 'nightly:job', clientSecretName: 'nightly', ...more });
}

/** A window whose user knows the secret. */
function windowWith(options: TestWindowOptions = {}): TestWindow {
  return new TestWindow({ enterSecret: () => secret, ...options });
}

/** Records other than the vault's entry, as they were ever written. */
function otherRecords(window: TestWindow): readonly string[] {
  return window.secrets.written.filter((value) => !value.startsWith('{"latchkey":'));
}

function assertNoLeak(window: TestWindow): void {
  const forms = [secret, encodeURIComponent(secret), btoa(secret), JSON.stringify(secret).slice(1, -1)];
  const places = [window.log.text, JSON.stringify(window.changes), JSON.stringify(window.trust.grants)];
  for (const text of [...otherRecords(window), ...places]) {
    for (const form of forms) assert.ok(!text.includes(form), 'the client secret is where it must not be');
  }
  assert.ok(otherRecords(window).length > 0);
}

suite('a client that signs in itself', () => {
  test('asks for trust, then for the secret, and never opens a browser [#clientCredentials]', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    const order: string[] = [];
    using window = windowWith({
      approve: () => order.push('trust') > 0,
      enterSecret: () => (order.push('secret'), secret),
    });
    const session = await signIn(window, secretConnection(server.issuer));
    assert.deepEqual(order, ['trust', 'secret']);
    assert.deepEqual(window.opened, []);
    assert.equal(session.account.label, 'nightly:job · Acme');
    assert.deepEqual(session.grantedScopes, ['orders.read']);
    assert.equal(session.refreshable, true);
    assert.ok(await isClientToken(server, await fresh(window, session.id)));
    assert.equal(window.asked[0]?.facts.clientSecretName, 'nightly');
    assertNoLeak(window);
  });

  for (const [clientAuth, method] of [
    ['basic', 'client_secret_basic'],
    ['post', 'client_secret_post'],
    [undefined, 'client_secret_basic'],
  ] as const) {
    test(`authenticates with ${clientAuth ?? 'what the server offers'} for the token and its revocation [#revocationAuth]`, async () => {
      await using server = await startClientServer(machine(method));
      using window = windowWith();
      const session = await signIn(window, secretConnection(server.issuer, { clientAuth }));
      const token = await fresh(window, session.id);
      assert.ok(await isClientToken(server, token));
      await window.service.signOut(session.id);
      assert.equal(await isClientToken(server, token), false);
      assert.deepEqual(await window.service.list(), []);
      assertNoLeak(window);
    });
  }

  test('gets another token when the old one is due, once for everybody, also in a window that never asked [#renewClient]', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    const clock = new ShiftedClock();
    using first = windowWith({ clock });
    const session = await signIn(first, secretConnection(server.issuer));
    const old = await fresh(first, session.id);
    clock.forward(8 * minutes);
    assert.equal(await fresh(first, session.id), old);
    using second = new TestWindow({ clock, secrets: new FakeSecretStore(first.secrets.values) });
    clock.forward(20 * minutes);
    const before = server.requests.length;
    const tokens = await Promise.all([1, 2, 3].map(() => fresh(second, session.id)));
    assert.equal(new Set(tokens).size, 1);
    assert.notEqual(tokens[0], old);
    assert.deepEqual(server.requests.slice(before), ['POST /token']);
    assert.ok(await isClientToken(server, tokens[0] ?? ''));
    assert.deepEqual(second.askedForSecret, []);
    const [now] = await second.service.list();
    assert.deepEqual([now?.id, now?.state], [session.id, 'active']);
  });

  test('gets another token after a 401', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    using window = windowWith();
    const session = await signIn(window, secretConnection(server.issuer));
    const rejected = await window.service.freshToken(session.id, never());
    const renewed = await window.service.renew(session.id, rejected, never());
    assert.ok(renewed);
    assert.notEqual(renewed.value.revealForTransport(), rejected.value.revealForTransport());
  });

  test('signing in again renews the same session and asks for nothing', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    using window = windowWith();
    const connection = secretConnection(server.issuer);
    const first = await signIn(window, connection);
    const second = await signIn(window, connection);
    assert.equal(second.id, first.id);
    assert.equal(window.askedForSecret.length, 1);
    assert.equal(window.asked.length, 1);
  });

  test('with a wrong secret is refused, and the next sign-in asks again', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    const answers = ['mistyped', secret];
    using window = windowWith({ enterSecret: () => answers.shift() });
    const connection = secretConnection(server.issuer);
    await assert.rejects(signIn(window, connection), { code: 'oauth.clientRejected' });
    assert.deepEqual(await window.service.list(), []);
    const session = await signIn(window, connection);
    assert.ok(await isClientToken(server, await fresh(window, session.id)));
    assert.deepEqual(
      window.askedForSecret.map(({ wasRejected }) => wasRejected),
      [false, true],
    );
    assert.doesNotMatch(window.log.text, /mistyped/);
  });

  test('a secret that is gone is not asked for in the background; signing in brings the session back', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const connection = secretConnection(server.issuer);
    const session = await signIn(window, connection);
    for (const key of [...window.secrets.values.keys()].filter((each) => each.startsWith('latchkey.secret.'))) {
      window.secrets.lose(key);
    }
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.secretNotStored' });
    assert.equal(window.askedForSecret.length, 1);
    assert.equal((await signIn(window, connection)).id, session.id);
    assert.ok(await isClientToken(server, await fresh(window, session.id)));
  });

  test('not trusting or closing the question is a cancelled sign-in that sent nothing', async () => {
    await using server = await startClientServer(machine('client_secret_basic'));
    const connection = secretConnection(server.issuer);
    using distrustful = windowWith({ approve: () => false });
    using silent = new TestWindow();
    for (const window of [distrustful, silent]) {
      assert.deepEqual(await window.service.signIn(connection, { folder, signal: never() }), { kind: 'cancelled' });
    }
    assert.deepEqual(distrustful.askedForSecret, []);
    assert.equal(silent.askedForSecret.length, 1);
    assert.ok(!server.requests.includes('POST /token'));
  });

  test('sends audience, resource and parameters, again when the token is renewed; keeps no refresh token [A11 #clientCredentials]', async () => {
    await using server = await quirkServer();
    using window = windowWith();
    const session = await signIn(
      window,
      secretConnection(server.origin, {
        audience: 'urn:aud',
        resource: ['urn:r'],
        parameters: { authorize: {}, token: { tenant: 'x' }, refresh: { tenant: 'y' } },
      }),
    );
    const token = await window.service.freshToken(session.id, never());
    assert.ok(await window.service.renew(session.id, token, never()));
    const [first, second] = server.to('/token').map(({ form }) => Object.fromEntries(form));
    const expected = { scope: 'orders.read', audience: 'urn:aud', tenant: 'x', resource: 'urn:r' };
    assert.deepEqual(first, { grant_type: 'client_credentials', ...expected });
    assert.deepEqual(second, first);
    assert.ok(otherRecords(window).every((text) => !text.includes('needless')));
  });

  test('needs no more than a token endpoint', async () => {
    await using server = await quirkServer();
    using window = windowWith();
    const connection = { ...secretConnection(''), issuer: undefined, endpoints: { token: `${server.origin}/token` } };
    const session = await signIn(window, connection);
    assert.equal(session.issuer, `${server.origin}/token`);
    delete server.routes['/.well-known/openid-configuration'];
    const silent = { ...connection, issuer: server.origin };
    assert.equal((await signIn(window, silent)).issuer, server.origin, 'an issuer that publishes nothing');
  });
});

/** Gives a token to whoever asks. */
async function quirkServer(): Promise<QuirkServer> {
  const server = await startQuirkServer();
  let count = 0;
  server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
  server.routes['/revoke'] = () => ({});
  server.routes['/token'] = () => ({
    body: { access_token: `t${++count}`, token_type: 'bearer', expires_in: 600, refresh_token: 'needless' },
  });
  return server;
}

suite('what is on the wire', () => {
  const encoded = 'nightly%3Ajob:a%2Bb%2Fc%3Dd%3Ae%26f%2520+g';
  const table: readonly (readonly [ClientAuth, string | undefined, Readonly<Record<string, string>>])[] = [
    ['basic', encoded, {}],
    ['basicRaw', `nightly:job:${secret}`, {}],
    ['post', undefined, { client_id: 'nightly:job', client_secret: secret }],
    ['none', undefined, { client_id: 'nightly:job' }],
  ];
  for (const [clientAuth, basic, inBody] of table) {
    test(`${clientAuth}: one way per request, at the token and at the revocation endpoint [T2 T3 #clientAuth]`, async () => {
      await using server = await quirkServer();
      using window = windowWith();
      const session = await signIn(window, secretConnection(server.origin, { clientAuth }));
      await window.service.signOut(session.id);
      const requests = [...server.to('/token'), ...server.to('/revoke')];
      assert.equal(requests.length, 2);
      for (const { headers, form, query } of requests) {
        const header = headers.authorization;
        assert.equal(header && Buffer.from(header.replace('Basic ', ''), 'base64').toString(), basic);
        const proof = Object.fromEntries([...form].filter(([name]) => name.startsWith('client_')));
        assert.deepEqual(proof, inBody);
        assert.equal(query.size, 0);
      }
      assert.equal(window.askedForSecret.length, clientAuth === 'none' ? 0 : 1);
    });
  }
});

suite('a confidential client that signs people in', () => {
  const confidential: ClientMetadata = {
    ...desktopClient,
    client_id: 'team app',
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_basic',
  };

  test('authenticates at the code exchange, the refresh and the revocation [A3 #clientAuth]', async () => {
    await using server = await startClientServer(confidential);
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const connection = connectionWith({
      ...{ issuer: server.issuer, clientId: 'team app', clientSecretName: 'team', clientAuth: 'basic' },
    });
    const session = await signIn(window, connection);
    assert.equal(session.account.label, 'alice · Acme');
    assert.equal(window.askedForSecret.length, 1);
    const old = await fresh(window, session.id);
    clock.forward(20 * minutes);
    const renewed = await fresh(window, session.id);
    assert.notEqual(renewed, old);
    assert.ok(await server.accepts(renewed));
    await window.service.signOut(session.id);
    assert.equal(await server.accepts(renewed), false);
    assert.equal(window.askedForSecret.length, 1);
    assertNoLeak(window);
  });

  test('a secret that was changed at the server is asked for at the next sign-in; nobody is signed out', async () => {
    await using server = await startClientServer(confidential);
    const clock = new ShiftedClock();
    const answers = ['stale', secret];
    using window = windowWith({ clock, enterSecret: () => answers.shift() });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'team app', clientSecretName: 'team' });
    await assert.rejects(signIn(window, connection), { code: 'oauth.clientRejected' });
    const session = await signIn(window, connection);
    const [key = ''] = [...window.secrets.values.keys()].filter((each) => each.startsWith('latchkey.secret.'));
    window.secrets.receive(key, 'stale');
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.refreshRefused' });
    assert.equal((await window.service.list())[0]?.state, 'active');
    answers.push(secret);
    await signIn(window, connection);
    assert.deepEqual(
      window.askedForSecret.map(({ wasRejected }) => wasRejected),
      [false, true, true],
    );
  });
});
