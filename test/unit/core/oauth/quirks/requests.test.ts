import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { apiHeaders } from '../../../../../src/core/oauth/quirks/apiHeaders';
import { ofClientId } from '../../../../../src/core/oauth/quirks/quirks';
import { quirkyParameters } from '../../../../../src/core/oauth/quirks/requestParameters';
import { quirkyOAuthRequest, type LibraryRequest } from '../../../../../src/core/oauth/quirks/tokenRequest';

const endpoint = 'https://login.acme.dev/v1/oauth/token?tenant=1';

function tokenRequest(...parameters: [string, string][]): LibraryRequest {
  return {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([['grant_type', 'authorization_code'], ...parameters]),
  };
}

suite('quirks of requests', () => {
  test('a server without any gets what the library made', () => {
    const request = tokenRequest(['code', 'a+b'], ['resource', 'urn:a'], ['resource', 'urn:b']);
    assert.deepEqual(quirkyOAuthRequest(endpoint, request, 'token', {}), {
      method: 'POST',
      url: endpoint,
      headers: request.headers,
      body: 'grant_type=authorization_code&code=a%2Bb&resource=urn%3Aa&resource=urn%3Ab',
    });
  });

  test('scopes have the separator of the server, wherever they are sent [#scopeSeparator]', () => {
    const parameters = new URLSearchParams({ scope: 'read write', state: 'a b' });
    assert.deepEqual(
      [...quirkyParameters(parameters, { scopeSeparator: ',' })],
      [
        ['scope', 'read,write'],
        ['state', 'a b'],
      ],
    );
    const { body } = quirkyOAuthRequest(endpoint, tokenRequest(['scope', 'a b']), 'deviceAuthorization', {
      scopeSeparator: ',',
    });
    assert.match(body ?? '', /scope=a%2Cb/);
  });

  test('parameters are renamed and removed, in their order [#renamedParams #quirkTokenRequest]', () => {
    const request = tokenRequest(['code', 'c'], ['client_id', 'me'], ['client_secret', 's']);
    const quirks = { tokenRequest: { rename: { client_id: 'client_key' }, remove: ['client_secret'] } };
    assert.equal(
      quirkyOAuthRequest(endpoint, request, 'token', quirks).body,
      'grant_type=authorization_code&code=c&client_key=me',
    );
    assert.match(
      quirkyOAuthRequest(endpoint, request, 'revocation', quirks).body ?? '',
      /client_id=me&client_secret=s/,
    );
  });

  test('a pushed authorization request is changed once, where it is made', () => {
    const quirks = { authorizationRequest: { rename: { client_id: 'client_key', client_key: 'twice' } } };
    const pushed = quirkyOAuthRequest(endpoint, tokenRequest(['client_key', 'me']), 'pushedAuthorization', quirks);
    assert.match(pushed.body ?? '', /client_key=me/);
  });

  test('where PKCE is rejected none is sent, in either request [#noPkce]', () => {
    const parameters = new URLSearchParams({ state: 's', code_challenge: 'x', code_challenge_method: 'S256' });
    assert.deepEqual([...quirkyParameters(parameters, { pkce: 'rejected' }).keys()], ['state']);
    const { body } = quirkyOAuthRequest(endpoint, tokenRequest(['code_verifier', 'v']), 'token', { pkce: 'rejected' });
    assert.equal(body, 'grant_type=authorization_code');
    for (const pkce of ['required', 'supported'] as const) {
      assert.deepEqual([...quirkyParameters(parameters, { pkce })], [...parameters]);
    }
  });

  test('a body as JSON, with lists for what is there more than once [#jsonBody]', () => {
    const request = tokenRequest(['code', 'c'], ['resource', 'urn:a'], ['resource', 'urn:b']);
    const sent = quirkyOAuthRequest(endpoint, request, 'token', { tokenRequest: { body: 'json' } });
    assert.deepEqual(sent.headers, { accept: 'application/json', 'content-type': 'application/json' });
    assert.deepEqual(JSON.parse(sent.body ?? ''), {
      grant_type: 'authorization_code',
      code: 'c',
      resource: ['urn:a', 'urn:b'],
    });
  });

  test('a GET has the parameters in its query and no body [#tokenRequestInQuery]', () => {
    const sent = quirkyOAuthRequest(endpoint, tokenRequest(['code', 'c']), 'token', {
      tokenRequest: { method: 'GET' },
    });
    assert.equal(sent.method, 'GET');
    assert.equal(sent.body, undefined);
    assert.deepEqual(sent.headers, { accept: 'application/json' });
    assert.equal(sent.query?.toString(), 'grant_type=authorization_code&code=c');
    assert.equal(sent.url, endpoint);
  });

  test('the refresh has what the token request has, and its own path at the same host [#refreshUrl #quirkRefreshRequest #tokenRequestHeaders]', () => {
    const quirks = {
      tokenRequest: { body: 'json', headers: { 'X-Version': '1' } },
      refreshRequest: { path: 'refresh' },
    } as const;
    const sent = quirkyOAuthRequest(endpoint, tokenRequest(), 'refresh', quirks);
    assert.equal(sent.url, 'https://login.acme.dev/v1/oauth/refresh?tenant=1');
    assert.equal(sent.headers['X-Version'], '1');
    assert.equal(sent.headers['content-type'], 'application/json');
    const elsewhere = { refreshRequest: { path: 'https://evil.example/refresh' } };
    assert.equal(
      new URL(quirkyOAuthRequest(endpoint, tokenRequest(), 'refresh', elsewhere).url).host,
      'login.acme.dev',
      'a refresh token never goes to another host',
    );
  });

  test('API headers: fixed ones, and the client’s id where there is one [#quirkApiRequest]', () => {
    const quirks = { headers: { 'Notion-Version': '2022-06-28', 'Client-Id': ofClientId } };
    assert.deepEqual(apiHeaders(quirks, 'me'), [
      ['Notion-Version', '2022-06-28'],
      ['Client-Id', 'me'],
    ]);
    assert.deepEqual(apiHeaders(quirks, undefined), [['Notion-Version', '2022-06-28']]);
    assert.deepEqual(apiHeaders(undefined, 'me'), []);
  });
});
