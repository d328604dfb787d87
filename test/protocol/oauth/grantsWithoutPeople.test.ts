import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { suite, test } from 'node:test';
import type { ClientMetadata, KoaContextWithOIDC } from 'oidc-provider';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { desktopClient, logIn, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { claimsOf, headerOf, rsaKey } from '../../helpers/oauth/keyPair';
import type { QuirkServer } from '../../helpers/oauth/quirkServer';
import { quirkyServer } from '../../helpers/oauth/quirkySignIn';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { fresh, signIn } from '../../helpers/oauth/signedIn';
import { TestWindow, type TestWindowOptions } from '../../helpers/oauth/testWindow';

const minutes = 60_000;
const key = rsaKey();
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

function windowWith(options: TestWindowOptions = {}): TestWindow {
  return new TestWindow({
    enterSecret: ({ kind }) => (kind === 'privateKey' ? key.pem : 'stored-subject-token'),
    ...options,
  });
}

function assertNoLeak(window: TestWindow, ...hidden: readonly string[]): void {
  const records = window.secrets.written.filter((value) => !value.startsWith('{"latchkey":'));
  const places = [...records, window.log.text, JSON.stringify([window.changes, window.trust.grants])];
  for (const place of places)
    for (const text of hidden) assert.ok(!place.includes(text), 'a secret is where it must not be');
}

suite('JWT bearer', () => {
  const account = 'robot@shop.iam.example';

  /** As Google's: no client id, the token endpoint as audience, scopes among the claims, a token per assertion. */
  function serviceAccounts(): Promise<QuirkServer> {
    const used = new Set<unknown>();
    let count = 0;
    return quirkyServer(({ form }) => {
      const [head, payload, signature] = (form.get('assertion') ?? '').split('.');
      const genuine = verify(
        'sha256',
        Buffer.from(`${head}.${payload}`),
        key.publicKey,
        Buffer.from(signature ?? '', 'base64url'),
      );
      const claims = claimsOf(form.get('assertion'));
      const now = Date.now() / 1000;
      const fits =
        genuine && !used.has(claims['jti']) && Number(claims['exp']) > now && Number(claims['exp']) <= now + 3600;
      used.add(claims['jti']);
      if (form.get('grant_type') !== jwtBearer || !fits)
        return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT' } };
      return { body: { access_token: `sa-${++count}`, token_type: 'Bearer', expires_in: 3600 } };
    });
  }

  function robot(server: QuirkServer, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
    return connectionWith({
      endpoints: { token: `${server.origin}/token`, revocation: `${server.origin}/revoke` },
      grant: 'jwtBearer',
      privateKey: { source: { kind: 'secret', name: 'robot' }, keyId: 'sa1' },
      assertion: { issuer: account, claims: { scope: 'https://api.example/drive' } },
      scopes: [],
      ...more,
    });
  }

  test('a service account signs in with its key alone, and again when the token is due [#jwtBearer]', async () => {
    await using server = await serviceAccounts();
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const session = await signIn(window, robot(server));
    assert.equal(session.account.label, `${account} · Acme`);
    assert.equal(session.refreshable, true);
    assert.deepEqual(window.opened, []);
    const [first] = server.to('/token');
    assert.deepEqual([...(first?.form.keys() ?? [])].sort(), ['assertion', 'grant_type']);
    const { iat, exp, jti, ...claims } = claimsOf(first?.form.get('assertion'));
    assert.deepEqual(claims, {
      iss: account,
      sub: account,
      aud: `${server.origin}/token`,
      scope: 'https://api.example/drive',
    });
    assert.ok(Number(exp) - Number(iat) <= 3600 && typeof jti === 'string');
    assert.deepEqual(headerOf(first?.form.get('assertion')), { alg: 'RS256', typ: 'JWT', kid: 'sa1' });
    using second = new TestWindow({ clock, secrets: new FakeSecretStore(window.secrets.values) });
    clock.forward(60 * minutes);
    assert.deepEqual(await Promise.all([fresh(second, session.id), fresh(second, session.id)]), ['sa-2', 'sa-2']);
    assert.deepEqual(second.askedForSecret, []);
    assertNoLeak(window, key.pem.split('\n')[1] ?? '');
  });

  test('says who, for whom, what and for how long as the connection says; parameters cannot take their place [#jwtBearer]', async () => {
    await using server = await serviceAccounts();
    using window = windowWith();
    const connection = robot(server, {
      clientId: 'app',
      assertion: { subject: 'alice', audience: 'urn:theirs', claims: { sub: 'mallory', exp: '9999999999', team: 'x' } },
      scopes: ['drive', 'mail'],
      resource: ['urn:r'],
      parameters: { authorize: {}, token: { tenant: 't', assertion: 'theirs', grant_type: 'password' }, refresh: {} },
    });
    const session = await signIn(window, connection);
    assert.equal(session.account.label, 'alice · Acme');
    const [request] = server.to('/token');
    const { assertion = '', ...form } = Object.fromEntries(request?.form ?? []);
    assert.deepEqual(form, {
      grant_type: jwtBearer,
      client_id: 'app',
      scope: 'drive mail',
      resource: 'urn:r',
      tenant: 't',
    });
    const { iss, sub, aud, team, exp } = claimsOf(assertion);
    assert.deepEqual({ iss, sub, aud, team }, { iss: 'app', sub: 'alice', aud: 'urn:theirs', team: 'x' });
    assert.ok(Number(exp) < 9_999_999_999);
  });

  test('another subject is another session of the same key', async () => {
    await using server = await serviceAccounts();
    using window = windowWith();
    const alice = robot(server, { assertion: { issuer: account, subject: 'alice', claims: {} } });
    const bob = robot(server, { assertion: { issuer: account, subject: 'bob', claims: {} } });
    const sessions = [await signIn(window, alice), await signIn(window, bob), await signIn(window, alice)];
    assert.equal(sessions[0]?.id, sessions[2]?.id);
    assert.notEqual(sessions[0]?.id, sessions[1]?.id);
    assert.deepEqual(
      (await window.service.sessionsFor(bob)).map(({ id }) => id),
      [sessions[1]?.id],
    );
    assert.equal(window.askedForSecret.length, 1);
  });

  test('a refused assertion is told with the server’s words, and nobody is signed out by one at a renewal', async () => {
    await using server = await serviceAccounts();
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const session = await signIn(window, robot(server));
    server.routes['/token'] = () => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Account disabled' },
    });
    clock.forward(60 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.tokenRequestRefused', message: /Account disabled/ });
    assert.equal((await window.service.list())[0]?.state, 'active');
  });
});

suite('token exchange', () => {
  const machine: ClientMetadata = {
    client_id: 'gateway',
    client_secret: 'gateway-secret',
    grant_types: [tokenExchange],
    response_types: [],
    redirect_uris: [],
  };

  /** Exchanges an access token of its own for one of the client's, with the same account. */
  async function exchangeServer(): Promise<AuthServer> {
    const server = await startAuthServer({ clients: [desktopClient, machine], accessTokenTtl: 600 });
    const { provider } = server;
    const parameters = [
      'subject_token',
      'subject_token_type',
      'actor_token',
      'actor_token_type',
      'requested_token_type',
      'audience',
      'resource',
      'scope',
    ];
    provider.registerGrantType(
      tokenExchange,
      async (context: KoaContextWithOIDC) => {
        const { params, client } = context.oidc;
        const subject = await provider.AccessToken.find(String(params?.['subject_token']));
        if (!subject || !client) {
          context.status = 400;
          context.body = { error: 'invalid_request', error_description: 'The subject token is not valid' };
          return;
        }
        const token = new provider.AccessToken({
          accountId: subject.accountId,
          client,
          grantId: subject.grantId,
          scope: 'orders.read',
          gty: 'token_exchange',
        });
        context.body = {
          access_token: await token.save(),
          issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          token_type: 'Bearer',
          expires_in: 600,
        };
      },
      parameters,
    );
    return server;
  }

  const person = (issuer: string): ConnectionConfig =>
    connectionWith({ issuer, clientId: 'desktop', name: 'login', label: 'Login' });

  function exchanging(subject: ConnectionConfig, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
    return connectionWith({
      ...{ name: 'orders', label: 'Orders', issuer: subject.issuer, clientId: 'gateway', clientSecretName: 'gateway' },
      grant: 'tokenExchange',
      exchange: { subject: { source: { kind: 'connection', name: subject.name, connection: subject } } },
      scopes: ['orders.read'],
      ...more,
    });
  }

  const entering = (): TestWindowOptions => ({ enterSecret: () => 'gateway-secret' });

  async function holder(server: AuthServer, token: string): Promise<string | undefined> {
    return (await server.provider.AccessToken.find(token))?.clientId;
  }

  test('a person’s token becomes one for another API, and again when it is due, with a fresh one [#tokenExchange]', async () => {
    await using server = await exchangeServer();
    const clock = new ShiftedClock();
    using window = windowWith({ clock, ...entering() });
    const login = person(server.issuer);
    await signIn(window, login);
    const session = await signIn(window, exchanging(login));
    assert.equal(session.account.label, 'alice · Orders');
    assert.equal(window.asked.length, 2);
    assert.match(window.asked[1]?.facts.exchange ?? '', /subject\.source\.name=login/);
    const first = await fresh(window, session.id);
    assert.equal(await holder(server, first), 'gateway');
    clock.forward(20 * minutes);
    const second = await fresh(window, session.id);
    assert.notEqual(second, first);
    assert.equal(await holder(server, second), 'gateway');
    assert.deepEqual(window.opened.length, 1, 'the subject was refreshed without the browser');
    assertNoLeak(window, 'gateway-secret');
  });

  test('in another window, all at once, each session is renewed once [#tokenExchange]', async () => {
    await using server = await exchangeServer();
    const clock = new ShiftedClock();
    using first = windowWith({ clock, ...entering() });
    const login = person(server.issuer);
    const subject = await signIn(first, login);
    const session = await signIn(first, exchanging(login));
    using second = new TestWindow({ clock, secrets: new FakeSecretStore(first.secrets.values) });
    clock.forward(20 * minutes);
    const before = server.requests.length;
    const ids = [session.id, subject.id, session.id, subject.id];
    const tokens = await Promise.all(ids.map((id) => fresh(second, id)));
    assert.equal(new Set(tokens).size, 2);
    assert.equal(server.requests.slice(before).filter((request) => request === 'POST /token').length, 2);
  });

  test('needs somebody signed in to the other connection, allowed for this folder, and says whom', async () => {
    await using server = await exchangeServer();
    using window = windowWith(entering());
    const login = person(server.issuer);
    await assert.rejects(signIn(window, exchanging(login)), { code: 'oauth.subjectUntrusted', message: /Login/ });
    const subject = await signIn(window, login);
    const elsewhere = 'file:///projects/other';
    await assert.rejects(signIn(window, exchanging(login), elsewhere), { code: 'oauth.subjectUntrusted' });
    await window.service.signOut(subject.id);
    await assert.rejects(signIn(window, exchanging(login)), { code: 'oauth.subjectSignedOut', message: /Login/ });
    assert.ok(!server.requests.slice(-1).includes('POST /token'));
  });

  test('goes on after the person has signed out and in again', async () => {
    await using server = await exchangeServer();
    const clock = new ShiftedClock();
    using window = windowWith({ clock, ...entering() });
    const login = person(server.issuer);
    const subject = await signIn(window, login);
    const session = await signIn(window, exchanging(login));
    await window.service.signOut(subject.id);
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.subjectSignedOut' });
    assert.equal((await window.service.list())[0]?.state, 'active');
    await signIn(window, login);
    assert.equal(await holder(server, await fresh(window, session.id)), 'gateway');
  });

  test('uses the account that the user has chosen', async () => {
    await using server = await exchangeServer();
    const chosen: { account?: string } = {};
    const accounts = ['alice', 'bob'];
    using window = windowWith({
      ...entering(),
      browse: (url) => logIn(url, { account: accounts.shift() ?? '' }),
      preferredAccount: () => chosen.account,
    });
    const login = person(server.issuer);
    await signIn(window, login);
    const bob = await signIn(window, login);
    chosen.account = bob.account.id;
    const session = await signIn(window, exchanging(login));
    assert.match(session.account.label, /^bob/);
    const token = await server.provider.AccessToken.find(await fresh(window, session.id));
    assert.equal(token?.accountId, 'bob');
  });

  test('a chain of exchanges is renewed from its beginning; turned round it is made of other sessions [#tokenExchange]', async () => {
    await using server = await exchangeServer();
    const clock = new ShiftedClock();
    using window = windowWith({ clock, ...entering() });
    const login = person(server.issuer);
    const orders = exchanging(login);
    const stock = exchanging(orders, { name: 'stock', label: 'Stock' });
    const ids = new Set<string>();
    for (const connection of [login, orders, stock]) ids.add((await signIn(window, connection)).id);
    const turned = exchanging(login, { name: 'stock', label: 'Stock', audience: 'urn:stock' });
    for (const connection of [turned, exchanging(turned)]) ids.add((await signIn(window, connection)).id);
    assert.equal(ids.size, 5);
    clock.forward(20 * minutes);
    const tokens = await Promise.all([...ids].reverse().map((id) => fresh(window, id)));
    assert.equal(new Set(tokens).size, 5);
  });

  test('of stored tokens: types, actor, audience and resource as the connection says [#tokenExchange]', async () => {
    await using server = await quirkyServer(() => ({
      body: {
        access_token: 'an.id.token',
        issued_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        token_type: 'N_A',
        expires_in: 60,
      },
    }));
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const connection = connectionWith({
      endpoints: { token: `${server.origin}/token` },
      grant: 'tokenExchange',
      exchange: {
        subject: { source: { kind: 'secret', name: 'ci-token' }, type: 'urn:ietf:params:oauth:token-type:jwt' },
        actor: { source: { kind: 'secret', name: 'actor-token' } },
        requestedType: 'urn:ietf:params:oauth:token-type:id_token',
      },
      audience: '//iam.example/pools/ci',
      resource: ['https://api.acme.dev'],
      scopes: ['orders.read'],
    });
    const session = await signIn(window, connection);
    assert.deepEqual(
      window.askedForSecret.map(({ name, kind }) => [name, kind]),
      [
        ['ci-token', 'token'],
        ['actor-token', 'token'],
      ],
    );
    assert.equal(await fresh(window, session.id), 'an.id.token');
    const expected = {
      grant_type: tokenExchange,
      subject_token: 'stored-subject-token',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      actor_token: 'stored-subject-token',
      actor_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: '//iam.example/pools/ci',
      resource: 'https://api.acme.dev',
      scope: 'orders.read',
    };
    assert.deepEqual(Object.fromEntries(server.to('/token')[0]?.form ?? []), expected);
    clock.forward(5 * minutes);
    await fresh(window, session.id);
    assert.deepEqual(Object.fromEntries(server.to('/token')[1]?.form ?? []), expected);
    assertNoLeak(window, 'stored-subject-token');
  });

  test('a token that no API takes is refused', async () => {
    const exchange = { subject: { source: { kind: 'secret', name: 'ci-token' } } } as const;
    for (const [body, code] of [
      [
        { access_token: 'r', issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token', token_type: 'N_A' },
        'oauth.issuedTokenUnusable',
      ],
      [
        { access_token: 'r', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'mac' },
        'oauth.tokenResponseInvalid',
      ],
    ] as const) {
      await using server = await quirkyServer(() => ({ body }));
      using window = windowWith();
      const connection = connectionWith({
        endpoints: { token: `${server.origin}/token` },
        grant: 'tokenExchange',
        exchange,
      });
      await assert.rejects(signIn(window, connection), { code });
      assert.deepEqual(await window.service.list(), []);
    }
  });
});
