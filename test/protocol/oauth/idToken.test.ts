import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { suite, test } from 'node:test';
import { connectionWith } from '../../helpers/oauth/connection';
import { quirkMetadata, startQuirkServer, type QuirkAnswer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';
const accessToken = 'the-access-token';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Part = Readonly<Record<string, unknown>>;

/** Half of the SHA-256 of the access token, base64url (OpenID Connect Core §3.1.3.6). */
async function hashOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return Buffer.from(digest).subarray(0, 16).toString('base64url');
}

function signed(header: Part, claims: Part, key: KeyObject): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${sign('sha256', Buffer.from(parts), key).toString('base64url')}`;
}

function keySet(...ids: readonly string[]): QuirkAnswer {
  const jwk = keys.publicKey.export({ format: 'jwk' });
  return { body: { keys: ids.map((kid) => ({ ...jwk, kid, use: 'sig', alg: 'RS256' })) } };
}

interface Case {
  readonly claims?: Part;
  readonly header?: Part;
  readonly key?: KeyObject;
  /** What the key set's address answers. */
  readonly keySet?: QuirkAnswer;
}

/** Signs in at a server that gives out the ID token of the case; what was good before the case changed it. */
async function signInWith(given: Case): Promise<{ readonly signedIn: boolean; readonly server: QuirkServer }> {
  await using server = await startQuirkServer();
  server.routes['/.well-known/openid-configuration'] = () => ({
    body: quirkMetadata(server.origin, { jwks_uri: `${server.origin}/jwks` }),
  });
  server.routes['/jwks'] = () => given.keySet ?? keySet('k1');
  server.routes['/token'] = async () => {
    const now = Math.floor(Date.now() / 1000);
    const nonce = new URL(window.opened[0] ?? '').searchParams.get('nonce');
    const good = { iss: server.origin, sub: 'u1', aud: 'quirky', iat: now, exp: now + 60, nonce, email: 'u1@acme.dev' };
    const claims = { ...good, at_hash: await hashOf(accessToken), ...given.claims };
    const token = signed({ alg: 'RS256', kid: 'k1', ...given.header }, claims, given.key ?? keys.privateKey);
    return { body: { access_token: accessToken, token_type: 'bearer', id_token: token } };
  };
  using window: TestWindow = new TestWindow({
    browse: (url) => {
      const query = new URL(url).searchParams;
      return fetch(`${query.get('redirect_uri') ?? ''}?code=c&state=${query.get('state') ?? ''}`);
    },
  });
  const connection = connectionWith({ issuer: server.origin, clientId: 'quirky', scopes: ['openid'] });
  try {
    await window.service.signIn(connection, { folder, signal: never() });
    return { signedIn: true, server };
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'oauth.idTokenInvalid');
    assert.deepEqual(window.secrets.written, []);
    return { signedIn: false, server };
  }
}

const now = Math.floor(Date.now() / 1000);

suite('an ID token is refused', () => {
  const refused: Readonly<Record<string, Case>> = {
    'of another issuer': { claims: { iss: 'https://login.example' } },
    'without an issuer': { claims: { iss: undefined } },
    'for another client': { claims: { aud: 'another' } },
    'for several clients, of which another may use it': { claims: { aud: ['quirky', 'another'], azp: 'another' } },
    'for several clients, none of which it names': { claims: { aud: ['quirky', 'another'] } },
    'without a subject': { claims: { sub: undefined } },
    'with a subject that is no text': { claims: { sub: 7 } },
    'that has expired': { claims: { exp: now - 600 } },
    'without an end': { claims: { exp: undefined } },
    'that is not valid yet': { claims: { nbf: now + 600 } },
    'of another sign-in': { claims: { nonce: 'another' } },
    'without the nonce that was sent': { claims: { nonce: undefined } },
    'whose at_hash is of another access token': { claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } },
    'whose at_hash is no text': { claims: { at_hash: 7 } },
    'that is not signed': { header: { alg: 'none' } },
    'signed in a way that was not agreed on': { header: { alg: 'PS256' } },
    'signed by somebody else in the name of a key of the server': { key: otherKeys.privateKey },
  };
  for (const [name, given] of Object.entries(refused)) {
    test(`${name} [X5 #idToken]`, async () => {
      assert.equal((await signInWith(given)).signedIn, false);
    });
  }
});

suite('an ID token is taken', () => {
  const taken: Readonly<Record<string, Case>> = {
    'with everything right': {},
    'for several clients, of which it names this one': { claims: { aud: ['quirky', 'another'], azp: 'quirky' } },
    'without the optional at_hash': { claims: { at_hash: undefined } },
    // It came over TLS from the token endpoint (OpenID Connect Core §3.1.3.7, rule 6).
    'although the key set is down': { keySet: { status: 503, body: 'down' } },
    'although the key set is not JSON': { keySet: { body: '<p>hello</p>' } },
    'although its key is not in the key set': { keySet: keySet('another') },
  };
  for (const [name, given] of Object.entries(taken)) {
    test(`${name} [#idToken]`, async () => {
      assert.equal((await signInWith(given)).signedIn, true);
    });
  }

  test('with a key set that is fetched anew for each sign-in, so that a new key is known at once [#idToken]', async () => {
    const { server } = await signInWith({ header: { kid: 'k2' }, keySet: keySet('k1', 'k2') });
    assert.equal(server.to('/jwks').length, 1);
  });
});

suite('an ID token that comes with a refresh', () => {
  /** Signs in as `u1`, then refreshes at a server that sends this ID token along; how the session ends up. */
  async function refreshWith(
    idToken: (good: Part) => unknown,
    atSignIn = true,
  ): Promise<{ readonly state: string | undefined; readonly code: string | undefined; readonly revoked: string[] }> {
    await using server = await startQuirkServer();
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: server.origin, sub: 'u1', aud: 'quirky', iat: now, exp: now + 60 };
    const header = { alg: 'RS256', kid: 'k1' };
    server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
    server.routes['/revoke'] = () => ({});
    server.routes['/token'] = ({ form }) => {
      const answer = { access_token: 'first', token_type: 'bearer', refresh_token: 'r1', expires_in: 3600 };
      if (form.get('grant_type') === 'refresh_token') {
        return { body: { ...answer, access_token: 'second', refresh_token: 'r2', id_token: idToken(good) } };
      }
      const nonce = new URL(window.opened[0] ?? '').searchParams.get('nonce');
      return {
        body: { ...answer, ...(atSignIn ? { id_token: signed(header, { ...good, nonce }, keys.privateKey) } : {}) },
      };
    };
    using window: TestWindow = new TestWindow({
      browse: (url) => {
        const query = new URL(url).searchParams;
        return fetch(`${query.get('redirect_uri') ?? ''}?code=c&state=${query.get('state') ?? ''}`);
      },
    });
    const scopes = atSignIn ? ['openid'] : ['read'];
    const connection = connectionWith({ issuer: server.origin, clientId: 'quirky', scopes });
    const outcome = await window.service.signIn(connection, { folder, signal: never() });
    assert.ok(outcome.kind === 'signedIn');
    const error: unknown = await window.service.inspector
      .refresh(outcome.session.id, never())
      .catch((reason: unknown) => reason);
    return {
      state: (await window.service.list())[0]?.state,
      code: (error as { code?: string } | undefined)?.code,
      revoked: server.to('/revoke').map(({ form }) => form.get('token') ?? ''),
    };
  }

  const unsigned = (claims: Part): string => signed({ alg: 'RS256' }, claims, otherKeys.privateKey);

  for (const [name, change] of Object.entries({
    'another subject': { sub: 'u2' },
    'another issuer': { iss: 'https://login.example' },
    'another client': { aud: 'another' },
  })) {
    test(`of ${name} ends the session: nobody sends in another name, and those tokens are revoked [#idToken]`, async () => {
      const { state, revoked } = await refreshWith((good) => unsigned({ ...good, ...change }));
      assert.equal(state, 'signInAgain');
      assert.deepEqual(revoked, ['r2', 'second']);
    });
  }

  for (const [name, idToken] of Object.entries({
    'the same': unsigned,
    'several audiences, ours among them': (good: Part) => unsigned({ ...good, aud: ['quirky', 'another'] }),
    'an old one': (good: Part) => unsigned({ ...good, exp: 5, iat: 1 }),
    'a broken one': () => 'not.a.token',
    null: () => null,
  })) {
    test(`${name} costs nothing [#idToken]`, async () => {
      assert.deepEqual(await refreshWith(idToken), { state: 'active', code: undefined, revoked: [] });
    });
  }

  test('is nothing to compare with where the sign-in brought none', async () => {
    const { state } = await refreshWith((good) => unsigned({ ...good, sub: 'u2' }), false);
    assert.equal(state, 'active');
  });
});
