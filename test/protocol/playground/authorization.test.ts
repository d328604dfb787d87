import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { startPlayground, type StartedPlayground } from '../../helpers/playground';
import {
  allScopes,
  authorizationUrl,
  call,
  discover,
  insecure,
  noAuth,
  refresh,
  signIn,
} from '../../helpers/playgroundTokens';
import { asPage, PlaygroundVisitor } from '../../helpers/playgroundVisitor';

let playground: StartedPlayground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground[Symbol.asyncDispose]());

/** What a browser window of VS Code gives as its callback. */
const editorCallback =
  'http://127.0.0.1:8080/stable-0f0d87fa9e96c856c5212fc86db137ac0d783365/callback?vscode-reqid=1&vscode-scheme=code-oss' +
  '&vscode-authority=latchkey.latchkey&vscode-path=%2Fcallback';

test('publishes what it can do', async () => {
  const as = await discover(playground.issuer);
  assert.equal(as.issuer, playground.issuer);
  assert.deepEqual(as.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(as.response_types_supported, ['code']);
  assert.equal(as.authorization_response_iss_parameter_supported, true);
  assert.deepEqual(as.scopes_supported, [
    'openid',
    'profile',
    'email',
    'orders.read',
    'orders.write',
    'offline_access',
  ]);
  assert.ok(as.token_endpoint_auth_methods_supported?.includes('none'));
  for (const endpoint of ['registration', 'revocation', 'userinfo', 'end_session', 'device_authorization'] as const) {
    assert.ok(as[`${endpoint}_endpoint`]?.startsWith(`${playground.issuer}/`), endpoint);
  }
  assert.equal(as.pushed_authorization_request_endpoint, undefined);
  assert.equal(as.dpop_signing_alg_values_supported, undefined);
});

test('signs Alice in with the code flow, PKCE, nonce and iss', async () => {
  const flow = await signIn(playground);
  assert.equal(flow.callback.searchParams.get('iss'), playground.issuer);
  assert.equal(flow.tokens.token_type, 'bearer');
  assert.equal(flow.tokens.expires_in, 300);
  assert.deepEqual(flow.tokens.scope?.split(' ').sort(), allScopes.split(' ').sort());
  assert.ok(flow.tokens.refresh_token);
  const claims = oauth.getValidatedIdTokenClaims(flow.tokens);
  assert.equal(claims?.sub, 'alice');
  assert.equal(claims['email'], 'alice@playground.localhost');
  const response = await oauth.userInfoRequest(flow.as, flow.client, flow.tokens.access_token, insecure);
  const userInfo = await oauth.processUserInfoResponse(flow.as, flow.client, 'alice', response);
  assert.equal(userInfo.name, 'Alice Archer');
});

test('gives a refresh token for offline_access even without prompt=consent, and keeps the scope', async () => {
  const { tokens } = await signIn(playground, { scope: 'openid offline_access', parameters: { prompt: 'login' } });
  assert.ok(tokens.refresh_token);
  assert.equal(tokens.scope, 'openid offline_access');
});

test('rotates refresh tokens, and a reused one ends the whole family but no other sign-in', async () => {
  const [flow, other] = [await signIn(playground), await signIn(playground)];
  const second = await refresh(flow, flow.tokens.refresh_token);
  assert.notEqual(second.refresh_token, flow.tokens.refresh_token);
  assert.equal((await call(playground.api, '/profile', second.access_token)).status, 200);
  await assert.rejects(refresh(flow, flow.tokens.refresh_token), { error: 'invalid_grant' });
  await assert.rejects(refresh(flow, second.refresh_token), { error: 'invalid_grant' });
  assert.equal((await call(playground.api, '/profile', second.access_token)).status, 401);
  assert.equal((await call(playground.api, '/profile', other.tokens.access_token)).status, 200);
});

test('revokes: the refresh token takes the access token with it', async () => {
  const flow = await signIn(playground);
  const response = await oauth.revocationRequest(
    flow.as,
    flow.client,
    noAuth,
    flow.tokens.refresh_token ?? '',
    insecure,
  );
  await oauth.processRevocationResponse(response);
  assert.equal((await call(playground.api, '/profile', flow.tokens.access_token)).status, 401);
  await assert.rejects(refresh(flow, flow.tokens.refresh_token), { error: 'invalid_grant' });
});

test('refuses a request without PKCE, and a code with another verifier', async () => {
  const as = await discover(playground.issuer);
  const redirectUri = 'http://127.0.0.1:45454/callback';
  const base = { client_id: playground.clientId, redirect_uri: redirectUri, scope: 'openid' };
  const url = authorizationUrl(as, base);
  url.searchParams.delete('code_challenge_method');
  const refused = await new PlaygroundVisitor().open(url);
  assert.equal(refused.kind, 'callback');
  assert.equal(refused.url.searchParams.get('error'), 'invalid_request');

  const code_challenge = await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier());
  const callback = await new PlaygroundVisitor().signIn(authorizationUrl(as, { ...base, code_challenge }), {
    user: 'alice',
  });
  const client = { client_id: playground.clientId };
  const parameters = oauth.validateAuthResponse(as, client, callback, oauth.expectNoState);
  const verifier = oauth.generateRandomCodeVerifier();
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    noAuth,
    parameters,
    redirectUri,
    verifier,
    insecure,
  );
  await assert.rejects(oauth.processAuthorizationCodeResponse(as, client, response), { error: 'invalid_grant' });
});

test('a code works once, and using it again ends the session it gave', async () => {
  const as = await discover(playground.issuer);
  const client = { client_id: playground.clientId };
  const redirect_uri = 'http://127.0.0.1:45454/callback';
  const verifier = oauth.generateRandomCodeVerifier();
  const code_challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const url = authorizationUrl(as, { client_id: client.client_id, redirect_uri, scope: allScopes, code_challenge });
  const callback = await new PlaygroundVisitor().signIn(url, { user: 'alice' });
  const redeem = async (): Promise<oauth.TokenEndpointResponse> => {
    const parameters = oauth.validateAuthResponse(as, client, callback, oauth.expectNoState);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      noAuth,
      parameters,
      redirect_uri,
      verifier,
      insecure,
    );
    return await oauth.processAuthorizationCodeResponse(as, client, response);
  };
  const { access_token } = await redeem();
  assert.equal((await call(playground.api, '/profile', access_token)).status, 200);
  await assert.rejects(redeem(), { error: 'invalid_grant' });
  assert.equal((await call(playground.api, '/profile', access_token)).status, 401);
});

test('the static client may use any loopback port and the editors, but no other path', async () => {
  for (const redirectUri of [
    'http://127.0.0.1:1025/callback',
    'http://[::1]:65000/callback',
    'http://localhost:4000/callback',
    'vscode://latchkey.latchkey/callback',
    'vscode-insiders://latchkey.latchkey/callback',
    'vscodium://latchkey.latchkey/callback',
    'cursor://latchkey.latchkey/callback',
  ]) {
    const { callback } = await signIn(playground, { redirectUri });
    assert.ok(callback.href.startsWith(`${redirectUri}?code=`), callback.href);
  }
  const as = await discover(playground.issuer);
  for (const redirect_uri of ['http://127.0.0.1:1025/other', 'https://evil.example/callback', editorCallback]) {
    const url = authorizationUrl(as, {
      client_id: playground.clientId,
      redirect_uri,
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
    });
    const page = asPage(await new PlaygroundVisitor().open(url));
    assert.equal(page.status, 400);
    assert.match(page.html, /invalid_redirect_uri/);
  }
});

test('registers native clients with any kind of callback, and signs in with them', async () => {
  for (const redirectUri of [
    editorCallback,
    'http://127.0.0.1:34567/callback',
    'http://127.0.0.1:8080/proxy/5555/callback',
    'https://editor.example/stable/callback?vscode-reqid=7',
    'vscode://latchkey.latchkey/callback?windowId=3',
  ]) {
    const client = await register(redirectUri);
    assert.equal(client['client_secret'], undefined);
    const flow = await signIn(playground, { client, redirectUri });
    assert.ok(flow.callback.href.startsWith(redirectUri), flow.callback.href);
    const rotated = await refresh(flow, flow.tokens.refresh_token);
    assert.ok(rotated.refresh_token);
  }
});

test('a registered editor callback must match to the letter', async () => {
  const { client_id } = await register(editorCallback);
  const as = await discover(playground.issuer);
  const redirect_uri = editorCallback.replace('reqid=1', 'reqid=2');
  const url = authorizationUrl(as, { client_id, redirect_uri, scope: 'openid', code_challenge: 'x'.repeat(43) });
  assert.match(asPage(await new PlaygroundVisitor().open(url)).html, /has not registered/);
});

test('tells the application when the user says no', async () => {
  await assert.rejects(signIn(playground, { decision: 'deny' }), { error: 'access_denied' });
});

test('gives Bob no scope that he may not hand out', async () => {
  const { tokens } = await signIn(playground, { user: 'bob' });
  assert.deepEqual(tokens.scope?.split(' ').includes('orders.read'), true);
  assert.deepEqual(tokens.scope.split(' ').includes('orders.write'), false);
});

test('the same browser can sign in as somebody else, and the first session goes on', async () => {
  const visitor = new PlaygroundVisitor();
  const alice = await signIn(playground, { visitor });
  const url = authorizationUrl(alice.as, {
    client_id: playground.clientId,
    redirect_uri: 'http://127.0.0.1:45454/callback',
    scope: allScopes,
    code_challenge: 'x'.repeat(43),
  });
  const consent = asPage(await visitor.open(url));
  assert.match(consent.html, /Alice Archer/);
  const switching = await visitor.open(new URL(/href="([^"]*\?switch)"/.exec(consent.html)?.[1] ?? '', consent.url));
  const asBob = await visitor.submit(switching, 'login', { user: 'bob' });
  assert.match(asPage(asBob).html, /Bob Baker/);
  assert.equal((await visitor.submit(asBob, 'consent')).kind, 'callback');
  assert.equal((await call(playground.api, '/profile', alice.tokens.access_token)).status, 200);
  assert.ok((await refresh(alice, alice.tokens.refresh_token)).access_token);
});

test('prompt=select_account asks who it is, prompt=none fails without a page', async () => {
  const visitor = new PlaygroundVisitor();
  await signIn(playground, { visitor });
  const { tokens } = await signIn(playground, { visitor, user: 'bob', parameters: { prompt: 'select_account' } });
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, 'bob');
  const as = await discover(playground.issuer);
  const url = authorizationUrl(as, {
    client_id: playground.clientId,
    redirect_uri: 'http://127.0.0.1:45454/callback',
    scope: 'openid',
    prompt: 'none',
    code_challenge: 'x'.repeat(43),
  });
  const answer = await new PlaygroundVisitor().open(url);
  assert.equal(answer.kind, 'callback');
  assert.equal(answer.url.searchParams.get('error'), 'login_required');
});

test('signing out in the browser leaves the application its tokens', async () => {
  const visitor = new PlaygroundVisitor();
  const flow = await signIn(playground, { visitor });
  const page = asPage(await visitor.open(flow.as.end_session_endpoint ?? ''));
  assert.match(page.html, /Sign out of the playground\?/);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const done = asPage(await visitor.submit(page, 'session/end/confirm', { xsrf, logout: 'yes' }));
  assert.match(done.html, /You are signed out/);
  assert.ok((await refresh(flow, flow.tokens.refresh_token)).access_token);
});

async function register(redirectUri: string): Promise<oauth.Client> {
  const as = await discover(playground.issuer);
  const metadata = {
    client_name: 'Latchkey in a test',
    application_type: 'native',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  return await oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(as, metadata, insecure),
  );
}
