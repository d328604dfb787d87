import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClientMetadata } from 'oidc-provider';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { desktopClient, startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { claimsOf, ecKey, headerOf, rsaKey, type ClientKey } from '../../helpers/oauth/keyPair';
import { isClientToken, machineClient, machineConnection, startClientServer } from '../../helpers/oauth/machineClient';
import { quirkMetadata, startQuirkServer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { quirkyServer } from '../../helpers/oauth/quirkySignIn';
import { confirmCode } from '../../helpers/oauth/deviceUser';
import { SkippingClock } from '../../helpers/oauth/skippingClock';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { fresh, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow, type TestWindowOptions } from '../../helpers/oauth/testWindow';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const minutes = 60_000;
/** Long enough for HS256, and with characters that encodings change. */
const secret = 'a+b/c=d:e&f%20 g, and long enough for a MAC';
const key = ecKey();

function machine({ jwks }: ClientKey = key): ClientMetadata {
  return machineClient({ token_endpoint_auth_method: 'private_key_jwt', jwks });
}

function signingConnection(issuer: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  const privateKey = { source: { kind: 'secret', name: 'signing' } } as const;
  return machineConnection(issuer, { clientAuth: 'privateKeyJwt', privateKey, ...more });
}

/** A client of people that has a key. */
function team({ jwks }: ClientKey): ClientMetadata {
  return { ...desktopClient, client_id: 'team', token_endpoint_auth_method: 'private_key_jwt', jwks };
}

function teamConnection(issuer: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  const scopes = ['openid', 'offline_access'];
  return signingConnection(issuer, { clientId: 'team', grant: 'authorizationCode', scopes, ...more });
}

function windowWith(options: TestWindowOptions = {}): TestWindow {
  return new TestWindow({ enterSecret: ({ kind }) => (kind === 'privateKey' ? key.pem : secret), ...options });
}

/** Neither a key nor a secret is anywhere but in the vault. */
function assertNoLeak(window: TestWindow, ...hidden: readonly string[]): void {
  const records = window.secrets.written.filter((value) => !value.startsWith('{"latchkey":'));
  const places = [...records, window.log.text, JSON.stringify([window.changes, window.trust.grants])];
  const parts = hidden
    .flatMap((text) => text.split('\n'))
    .filter((part) => part.length > 20 && !part.startsWith('---'));
  assert.ok(parts.length > 0 && records.length > 0);
  for (const place of places)
    for (const part of parts) assert.ok(!place.includes(part), 'a key is where it must not be');
}

suite('a client with a key of its own', () => {
  test('signs in, gets the next token in a window that never asked, and revokes [T2 T5 #privateKeyJwt]', async () => {
    await using server = await startClientServer(machine());
    const clock = new ShiftedClock();
    using first = windowWith({ clock });
    const session = await signIn(first, signingConnection(server.issuer));
    assert.deepEqual(
      first.askedForSecret.map(({ kind, name }) => [kind, name]),
      [['privateKey', 'signing']],
    );
    assert.deepEqual(first.opened, []);
    assert.equal(session.account.label, 'nightly · Acme');
    const old = await fresh(first, session.id);
    using second = new TestWindow({ clock, secrets: new FakeSecretStore(first.secrets.values) });
    clock.forward(20 * minutes);
    const token = await fresh(second, session.id);
    assert.notEqual(token, old);
    assert.ok(await isClientToken(server, token));
    assert.deepEqual(second.askedForSecret, []);
    await second.service.signOut(session.id);
    assert.equal(await isClientToken(server, token), false);
    assertNoLeak(first, key.pem);
  });

  test('signs people in: code exchange, refresh and revocation [T5 #privateKeyJwt]', async () => {
    await using server = await startClientServer(team(key));
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const session = await signIn(window, teamConnection(server.issuer));
    assert.equal(session.account.label, 'alice · Acme');
    const old = await fresh(window, session.id);
    clock.forward(20 * minutes);
    const renewed = await fresh(window, session.id);
    assert.notEqual(renewed, old);
    assert.ok(await server.accepts(renewed));
    await window.service.signOut(session.id);
    assert.equal(await server.accepts(renewed), false);
    assertNoLeak(window, key.pem);
  });

  test('is believed where it asks about its token [#introspect #privateKeyJwt]', async () => {
    await using server = await startClientServer(machine());
    using window = windowWith();
    const { id } = await signIn(window, signingConnection(server.issuer));
    const answer = await window.service.inspector.introspect(id, never());
    assert.equal(answer.active, true);
    assert.ok(answer.members(true).claims.some(({ name, value }) => name === 'client_id' && value === 'nightly'));
    assertNoLeak(window, key.pem);
  });

  test('pushes its authorization request under its own name [A8 #par #privateKeyJwt]', async () => {
    const features = { devInteractions: { enabled: true }, pushedAuthorizationRequests: { enabled: true } };
    await using server = await startAuthServer({ clients: [team(key)], configuration: { features } });
    using window = windowWith();
    await signIn(window, teamConnection(server.issuer));
    assert.deepEqual([...new URL(window.opened[0] ?? '').searchParams.keys()], ['client_id', 'request_uri']);
    assert.ok(server.requests.includes('POST /request'));
    using stranger = windowWith({ enterSecret: () => ecKey().pem });
    await assert.rejects(signIn(stranger, teamConnection(server.issuer)), { code: 'oauth.clientRejected' });
    assert.deepEqual(stranger.opened, [], 'who is not believed is told before the browser opens');
  });

  test('asks for a code, and for what it is worth, under its own name [#device #privateKeyJwt]', async () => {
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    await using server = await startClientServer({
      ...team(key),
      grant_types: [device],
      response_types: [],
      redirect_uris: [],
    });
    using window = windowWith({
      ...{ clock: new SkippingClock(), confirm: (waiting) => waiting.openPage(), browse: (url) => confirmCode(url) },
    });
    const session = await signIn(window, teamConnection(server.issuer, { grant: 'deviceCode', scopes: ['openid'] }));
    assert.equal(session.account.label, 'alice · Acme');
    assert.ok(await server.accepts(await fresh(window, session.id)));
    using stranger = windowWith({ enterSecret: () => ecKey().pem });
    const refused = signIn(stranger, teamConnection(server.issuer, { grant: 'deviceCode' }));
    await assert.rejects(refused, { code: 'oauth.deviceRequestRefused' });
  });

  test('needs no clientAuth when it names a key and no secret', async () => {
    await using server = await startClientServer(machine());
    using window = windowWith();
    await signIn(window, signingConnection(server.issuer, { clientAuth: undefined }));
  });

  test('signs with what the server takes', async () => {
    const rsa = rsaKey();
    await using server = await startClientServer({ ...machine(rsa), token_endpoint_auth_signing_alg: 'PS256' });
    using window = windowWith({ enterSecret: () => rsa.pem });
    const signing = (algorithm?: string): ConnectionConfig =>
      signingConnection(server.issuer, { privateKey: { source: { kind: 'secret', name: 'signing' }, algorithm } });
    await assert.rejects(signIn(window, signing()), { code: 'oauth.clientRejected' });
    await signIn(window, signing('PS256'));
  });

  test('is not believed with another key, and says so', async () => {
    await using server = await startClientServer(machine());
    using window = windowWith({ enterSecret: () => ecKey().pem });
    await assert.rejects(signIn(window, signingConnection(server.issuer)), { code: 'oauth.clientRejected' });
    assert.deepEqual(await window.service.list(), []);
  });

  test('with a clock that is hours wrong writes the server’s time [#privateKeyJwt]', async () => {
    for (const hours of [5, -5]) {
      await using server = await startClientServer(machine());
      const clock = new ShiftedClock();
      clock.forward(hours * 60 * minutes);
      using window = windowWith({ clock });
      const session = await signIn(window, signingConnection(server.issuer));
      clock.forward(20 * minutes);
      assert.ok(await isClientToken(server, await fresh(window, session.id)));
    }
  });

  test('a key that cannot be used is told before the server hears of it', async () => {
    await using server = await startClientServer(machine());
    for (const [entered, algorithm, code] of [
      ['no key', undefined, 'oauth.keyInvalid'],
      [key.pem, 'RS256', 'oauth.keyAlgorithmWrong'],
    ] as const) {
      using window = windowWith({ enterSecret: () => entered });
      const privateKey = { source: { kind: 'secret', name: 'signing' }, algorithm } as const;
      await assert.rejects(signIn(window, signingConnection(server.issuer, { privateKey })), { code });
      assert.equal(window.secrets.values.size, 0);
    }
    assert.ok(!server.requests.includes('POST /token'));
  });
});

suite('a key in a file', () => {
  async function folderWithKey(): Promise<AsyncDisposable & { readonly folder: string; readonly file: string }> {
    const temporary = await temporaryFolder('keys');
    await mkdir(path.join(temporary.path, 'keys'));
    const file = path.join(temporary.path, 'keys', 'client.pem');
    await writeFile(file, key.pem);
    const dispose = (): Promise<void> => Promise.resolve(temporary[Symbol.asyncDispose]());
    return { folder: pathToFileURL(temporary.path).href, file, [Symbol.asyncDispose]: dispose };
  }
  const inFile = (name: string): Partial<ConnectionConfig> => ({
    privateKey: { source: { kind: 'file', path: name } },
  });

  test('is read for each request and asked for by nobody; the dialog names it [#privateKeyJwt]', async () => {
    await using server = await startClientServer(machine());
    await using place = await folderWithKey();
    const { folder } = place;
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const session = await signIn(window, signingConnection(server.issuer, inFile('keys/client.pem')), folder);
    clock.forward(20 * minutes);
    assert.ok(await isClientToken(server, await fresh(window, session.id)));
    assert.deepEqual(window.askedForSecret, []);
    assert.deepEqual(Object.keys(window.asked[0]?.facts.files ?? {}), ['keys/client.pem']);
    assertNoLeak(window, key.pem);
  });

  test('that has changed is not used until the user allows it', async () => {
    const [before, after] = [key, ecKey('k2')];
    await using server = await startClientServer(
      machine({ ...before, jwks: { keys: [...before.jwks.keys, ...after.jwks.keys] } }),
    );
    await using place = await folderWithKey();
    const { folder, file } = place;
    const clock = new ShiftedClock();
    const answers = [true, false, true];
    using window = windowWith({ clock, approve: () => answers.shift() ?? false });
    const connection = signingConnection(server.issuer, inFile('keys/client.pem'));
    const session = await signIn(window, connection, folder);
    await writeFile(file, after.pem);
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.fileChanged' });
    assert.equal((await window.service.list())[0]?.state, 'active');
    const refused = await window.service.signIn(connection, { folder, signal: never() });
    assert.equal(refused.kind, 'cancelled');
    assert.equal((await signIn(window, connection, folder)).id, session.id);
    assert.equal(window.asked.length, 3);
    assert.ok(window.asked[1]?.previous, 'what was allowed before is shown beside it');
    assert.ok(await isClientToken(server, await fresh(window, session.id)));
  });

  test('that is missing, or lies outside behind a link, ends the sign-in before anybody is asked', async () => {
    await using server = await startClientServer(machine());
    await using place = await folderWithKey();
    const { folder } = place;
    await using elsewhere = await temporaryFolder('elsewhere');
    await writeFile(path.join(elsewhere.path, 'id'), key.pem);
    await symlink(path.join(elsewhere.path, 'id'), path.join(path.dirname(place.file), '..', 'link.pem'));
    using window = windowWith();
    for (const [name, code] of [
      ['none.pem', 'file.notFound'],
      ['link.pem', 'file.outside'],
      ['../x.pem', 'file.outside'],
      ['.env', 'file.forbidden'],
    ] as const) {
      await assert.rejects(signIn(window, signingConnection(server.issuer, inFile(name)), folder), { code });
    }
    assert.deepEqual(window.asked, []);
  });
});

suite('a client that signs with its secret', () => {
  test('is believed at the token and the revocation endpoint, and the secret never leaves [T2 T3 #clientSecretJwt]', async () => {
    await using server = await startClientServer({
      ...machine(),
      jwks: undefined,
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_jwt',
    });
    const clock = new ShiftedClock();
    using window = windowWith({ clock });
    const session = await signIn(
      window,
      signingConnection(server.issuer, { clientAuth: 'clientSecretJwt', clientSecretName: 'nightly' }),
    );
    clock.forward(20 * minutes);
    const token = await fresh(window, session.id);
    assert.ok(await isClientToken(server, token));
    await window.service.signOut(session.id);
    assert.equal(await isClientToken(server, token), false);
    assertNoLeak(window, secret);
  });
});

suite('assertions on the wire', () => {
  const tokenServer = (): Promise<QuirkServer> =>
    quirkyServer(() => ({ body: { access_token: 't', token_type: 'bearer', expires_in: 600 } }));

  for (const clientAuth of ['privateKeyJwt', 'clientSecretJwt'] as const) {
    test(`${clientAuth}: one proof per request, for this server alone and for a minute [T2 T4]`, async () => {
      await using server = await tokenServer();
      using window = windowWith();
      const session = await signIn(
        window,
        signingConnection(server.origin, { clientAuth, clientSecretName: 'nightly' }),
      );
      await window.service.signOut(session.id);
      const requests = [...server.to('/token'), ...server.to('/revoke')];
      const assertions = requests.map(({ form, headers, query }) => {
        assert.equal(headers.authorization, undefined);
        assert.equal(query.size, 0);
        assert.deepEqual(
          [...form.keys()].filter((name) => name.startsWith('client')),
          ['client_id', 'client_assertion_type', 'client_assertion'],
        );
        return form.get('client_assertion');
      });
      const claims = assertions.map(claimsOf);
      assert.equal(claims.length, 2);
      assert.notEqual(claims[0]?.['jti'], claims[1]?.['jti']);
      for (const { iss, sub, aud, exp, iat } of claims) {
        assert.deepEqual({ iss, sub, aud }, { iss: 'nightly', sub: 'nightly', aud: server.origin });
        assert.equal(Number(exp) - Number(iat), 60);
      }
      assert.equal(headerOf(assertions[0])['alg'], clientAuth === 'privateKeyJwt' ? 'ES256' : 'HS256');
    });
  }

  test('name the token endpoint where there is no issuer, and what the connection says in any case', async () => {
    await using server = await tokenServer();
    using window = windowWith();
    const bare = { ...signingConnection(''), issuer: undefined, endpoints: { token: `${server.origin}/token` } };
    await signIn(window, bare);
    await signIn(window, signingConnection(server.origin, { assertion: { audience: 'urn:theirs', claims: {} } }));
    const audiences = server.to('/token').map(({ form }) => claimsOf(form.get('client_assertion'))['aud']);
    assert.deepEqual(audiences, [`${server.origin}/token`, 'urn:theirs']);
  });
});

suite('a client that the server registers with a secret', () => {
  test('signs with it when the server says so', async () => {
    await using server = await startQuirkServer();
    server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
    server.routes['/register'] = () => ({
      status: 201,
      body: {
        client_id: 'made',
        client_secret: secret,
        client_secret_expires_at: 0,
        token_endpoint_auth_method: 'client_secret_jwt',
      },
    });
    server.routes['/authorize'] = ({ query }) => ({
      status: 302,
      headers: { location: `${query.get('redirect_uri') ?? ''}?code=c&state=${query.get('state') ?? ''}` },
    });
    server.routes['/token'] = () => ({ body: { access_token: 't', token_type: 'bearer', expires_in: 600 } });
    server.routes['/userinfo'] = () => ({ body: { sub: 'alice' } });
    using window = windowWith();
    await signIn(window, connectionWith({ issuer: server.origin, scopes: ['orders.read'] }));
    const [request] = server.to('/token');
    assert.equal(claimsOf(request?.form.get('client_assertion'))['sub'], 'made');
    assert.equal(request?.form.get('client_secret'), null);
    assert.deepEqual(window.askedForSecret, []);
  });
});
