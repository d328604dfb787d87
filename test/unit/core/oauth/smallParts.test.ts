import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { newAttempt } from '../../../../src/core/oauth/authorizationAttempt';
import { constantTimeEqual } from '../../../../src/core/oauth/constantTimeEqual';
import { base64Url, sha256 } from '../../../../src/core/oauth/digest';
import type { ProviderRedirectRules } from '../../../../src/core/oauth/redirectRules';
import { redirectUrisToRegister } from '../../../../src/core/oauth/redirectUris';
import { insecureOriginsOf, secureUrl } from '../../../../src/core/oauth/secureUrl';
import { nodeRandom } from '../../../../src/node/nodeRandom';
import { connectionWith } from '../../../helpers/oauth/connection';
import { desktop } from '../../../helpers/oauth/testWindow';

suite('small parts of a sign-in', () => {
  test('base64url and SHA-256', async () => {
    assert.equal(base64Url(new Uint8Array([251, 255, 254, 0])), '-__-AA');
    assert.equal(await sha256(''), '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  });

  test('comparing in constant time compares', () => {
    assert.ok(constantTimeEqual('abc', 'abc'));
    for (const other of ['abd', 'bbc', 'ab', 'abcd', '']) assert.equal(constantTimeEqual('abc', other), false);
  });

  test('an attempt has fresh secrets of 256 bits [A5 A7 A8 #state]', () => {
    const attempts = Array.from({ length: 50 }, () => newAttempt(nodeRandom));
    const values = attempts.flatMap(({ state, nonce, verifier }) => [state, nonce, verifier.revealForTransport()]);
    assert.equal(new Set(values).size, 150);
    for (const value of values) assert.match(value, /^[\w-]{43}$/);
    assert.doesNotMatch(JSON.stringify(attempts[0]?.verifier), /[\w-]{43}/);
  });

  test('where sign-in data may go [T1 #insecureTransport]', () => {
    for (const url of [
      'https://a.dev/x',
      'http://127.0.0.1:1',
      'http://127.9.9.9',
      'http://[::1]:2/',
      'http://playground.localhost:3/',
    ]) {
      assert.equal(secureUrl(url, 'token', []).href, new URL(url).href);
    }
    assert.equal(secureUrl('http://keycloak:8080/t', 'token', ['http://keycloak:8080']).host, 'keycloak:8080');
    for (const url of [
      'http://keycloak:8080',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example',
      'http://0.0.0.0',
    ]) {
      assert.throws(
        () => secureUrl(url, 'token', ['http://keycloak:8081', 'http://keycloak']),
        { code: 'oauth.insecureEndpoint' },
        url,
      );
    }
    for (const url of ['', 'x', '/token', 'javascript:alert(1)', 'file:///etc/passwd', 'https://user:pass@a.dev/']) {
      assert.throws(() => secureUrl(url, 'token', []), { code: 'oauth.endpointInvalid' }, url);
    }
    assert.throws(
      () => secureUrl('https://user:s3cret@a.dev/', 'token', []),
      (error: Error) => !error.message.includes('s3cret'),
    );
  });

  test('insecure origins are the http ones beyond this machine', () => {
    const origins = ['https://a.dev', 'http://a.dev', 'http://localhost:1', 'http://127.0.0.1', 'nonsense'];
    assert.deepEqual(insecureOriginsOf(origins), ['http://a.dev']);
  });

  test('what to register for this editor and connection, best first, with what it is for [R3]', () => {
    const uri = 'vscode://latchkey.latchkey/callback';
    const list = (more: Parameters<typeof connectionWith>[0], environment = desktop): readonly string[] =>
      redirectUrisToRegister(connectionWith(more), environment, uri).map((entry) => `${entry.kind} ${entry.uri}`);
    const remote = { ...desktop, extensionHost: 'remote' } as const;
    const web = { ...desktop, ui: 'web' } as const;
    const loopback = 'loopback http://127.0.0.1/callback';
    assert.deepEqual(list({}), [loopback, `editorUri ${uri}`]);
    assert.deepEqual(list({}, remote), [`editorUri ${uri}`, loopback]);
    assert.deepEqual(list({}, { ...desktop, portable: true }), [loopback]);
    assert.deepEqual(list({}, web), ['paste http://127.0.0.1/callback']);
    const ports = { kind: 'loopback', ports: [8400, 8401], path: '/cb' } as const;
    assert.deepEqual(list({ redirect: ports }), [
      'loopback http://127.0.0.1:8400/cb',
      'loopback http://127.0.0.1:8401/cb',
    ]);
    assert.deepEqual(list({ redirect: { kind: 'paste', uri: 'https://x.dev/c' } }), ['paste https://x.dev/c']);
    const relay = { kind: 'relay', uri: 'https://x.dev/r' } as const;
    assert.deepEqual(list({ redirect: relay }), ['relay https://x.dev/r']);
    assert.deepEqual(list({ redirect: relay }, web), ['paste https://x.dev/r']);
    for (const grant of ['deviceCode', 'clientCredentials', 'jwtBearer', 'tokenExchange'] as const) {
      assert.deepEqual(list({ grant }), []);
    }
  });

  test('what to register respects the provider', () => {
    const uri = 'vscode://latchkey.latchkey/callback';
    const list = (redirectRules: ProviderRedirectRules, clientId: string | undefined = 'app'): readonly string[] =>
      redirectUrisToRegister(connectionWith({ redirectRules, clientId }), desktop, uri).map((entry) => entry.uri);
    assert.deepEqual(list({ editorSchemes: false }), ['http://127.0.0.1/callback']);
    assert.deepEqual(
      list({ loopback: 'refused' }),
      [uri, 'http://127.0.0.1/callback'],
      'the latter only to paste from',
    );
    assert.deepEqual(list({ loopbackHost: 'localhost' }), ['http://localhost/callback', uri]);
    const fixed = ['http://127.0.0.1:28218/callback', 'http://127.0.0.1:28219/callback', uri];
    assert.deepEqual(list({ loopback: 'exactPort' }), fixed);
  });
});
