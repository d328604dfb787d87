import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  authorizationParameters,
  authorizationUrl,
  type AuthorizationRequest,
} from '../../../../src/core/oauth/authorizationUrl';
import { Secret } from '../../../../src/core/secret';
import { connectionWith } from '../../../helpers/oauth/connection';

/** RFC 7636 Appendix B. */
const verifier = new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const attempt = { state: 'the-state', nonce: 'the-nonce', verifier };

const request: AuthorizationRequest = {
  connection: connectionWith({ audience: 'urn:api', resource: ['urn:a', 'urn:b'] }),
  server: {
    id: 'https://login.acme.dev',
    issuerKnown: true,
    metadata: {
      issuer: 'https://login.acme.dev',
      authorization_endpoint: 'https://login.acme.dev/authorize?tenant=a+b',
    },
    insecureOrigins: [],
  },
  scopes: ['openid', 'offline_access', 'orders.read'],
  loginHint: 'alice+test@acme.dev',
  chooseAccount: false,
};

async function query(of: AuthorizationRequest): Promise<URLSearchParams> {
  return new URL(await urlOf(of, 'client&1', 'vscode://latchkey.latchkey/callback?a=b&c=d')).searchParams;
}

async function urlOf(of: AuthorizationRequest, clientId: string, redirectUri: string): Promise<string> {
  return authorizationUrl(of, await authorizationParameters(of, attempt, clientId, redirectUri));
}

suite('authorizationUrl', () => {
  test('everything is there, once, and comes back as it went in [A2 A4 A10 A11 #authorize]', async () => {
    assert.deepEqual(
      [...(await query(request))],
      [
        ['tenant', 'a b'],
        ['audience', 'urn:api'],
        ['login_hint', 'alice+test@acme.dev'],
        ['prompt', 'consent'],
        ['response_type', 'code'],
        ['client_id', 'client&1'],
        ['redirect_uri', 'vscode://latchkey.latchkey/callback?a=b&c=d'],
        ['scope', 'openid offline_access orders.read'],
        ['state', 'the-state'],
        ['nonce', 'the-nonce'],
        ['code_challenge', challenge],
        ['code_challenge_method', 'S256'],
        ['resource', 'urn:a'],
        ['resource', 'urn:b'],
      ],
    );
  });

  test('what an API wants of the authentication is asked for, whatever the project file says [F8]', async () => {
    const connection = connectionWith({
      parameters: { authorize: { acr_values: 'low', max_age: '9' }, token: {}, refresh: {} },
    });
    const plain = await query({ ...request, connection });
    assert.deepEqual([plain.get('acr_values'), plain.get('max_age')], ['low', '9']);
    const more = await query({ ...request, connection, acrValues: ['mfa', 'hwk'], maxAge: 0 });
    assert.deepEqual([more.getAll('acr_values'), more.getAll('max_age')], [['mfa hwk'], ['0']]);
  });

  test('there is no + and no verifier in it [A8]', async () => {
    const url = await urlOf(request, 'c', 'http://127.0.0.1:1/callback');
    assert.doesNotMatch(url, /\+/);
    assert.ok(!url.includes(verifier.revealForTransport()));
  });

  test('choosing an account: select_account where the server lists it, else login; only with OpenID [#chooseAccount]', async () => {
    const choose = { ...request, chooseAccount: true };
    assert.equal((await query(choose)).get('prompt'), 'login consent');
    const metadata = { ...request.server.metadata, prompt_values_supported: ['none', 'select_account'] };
    assert.equal(
      (await query({ ...choose, server: { ...request.server, metadata } })).get('prompt'),
      'select_account consent',
    );
    assert.equal((await query({ ...choose, scopes: ['read'] })).get('prompt'), null);
    assert.equal((await query({ ...request, scopes: ['openid'] })).get('prompt'), null);
  });

  test('extra parameters win over the optional ones, never over the ones that make it safe [A2 A4 A7 #authorizeParams]', async () => {
    const authorize = {
      prompt: '',
      login_hint: 'bob',
      max_age: '0',
      state: 'x',
      nonce: 'x',
      code_challenge: 'x',
      code_challenge_method: 'plain',
      redirect_uri: 'https://evil.example',
      client_id: 'x',
      response_type: 'token',
      scope: 'admin',
      request: 'x',
      request_uri: 'urn:x',
    };
    const connection = { ...request.connection, parameters: { authorize, token: {}, refresh: {} } };
    const result = await query({ ...request, connection });
    assert.equal(result.has('prompt'), false);
    assert.equal(result.get('login_hint'), 'bob');
    assert.equal(result.get('max_age'), '0');
    const plain = await query(request);
    for (const name of [
      'request',
      'request_uri',
      'state',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'client_id',
      'response_type',
      'scope',
    ]) {
      assert.deepEqual(result.getAll(name), plain.getAll(name), name);
    }
  });

  test('no nonce without an ID token that could be checked; no scope when none is asked [A11]', async () => {
    assert.equal((await query({ ...request, scopes: ['read'] })).has('nonce'), false);
    assert.equal((await query({ ...request, server: { ...request.server, issuerKnown: false } })).has('nonce'), false);
    assert.equal((await query({ ...request, scopes: [] })).has('scope'), false);
  });
});
