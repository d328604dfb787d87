import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  isSecretHeader,
  isSecretName,
  isSecretVariable,
  looksLikeSecret,
} from '../../../../src/core/request/secretLooks';

const secrets: readonly (readonly [name: string | undefined, value: string])[] = [
  [undefined, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
  [undefined, 'Bearer 8d1f0c2b9a7e4c55b1'],
  ['Authorization', 'Basic YWRtaW46czNjcjN0'],
  ['note', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['x', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'],
  ['x', 'AKIAIOSFODNN7EXAMPLQ'],
  ['x', 'xoxb-123456789012-abcdefghij'],
  ['x', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
  ['apiKey', '9f86d081884c7d659a2feaa0c55ad015'],
  ['client_secret', 'Zx8~Qm2.Lk93-pT7'],
  ['X-Auth-Token', 'b4c1d8e2-77aa-4f0e-9f7d-2b1c0d9e8f76'],
  ['password', 'Tr0ub4dor&3xyz'],
];

const harmless: readonly (readonly [name: string | undefined, value: string])[] = [
  [undefined, '550e8400-e29b-41d4-a716-446655440000'],
  ['id', '9f86d081884c7d659a2feaa0c55ad015'],
  ['sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['Authorization', 'Bearer your-token-here'],
  ['Authorization', 'Bearer <access token>'],
  ['token', 'pagination'],
  ['tokenType', 'urn:ietf:params:oauth:token-type:access_token'],
  ['nextPageToken', 'CAUQAAdj39fk2ls0d9fj3'],
  ['password', 'password'],
  ['password', 'changeme123!'],
  ['password', 'correct horse battery staple'],
  ['secret', 'example-secret-123'],
  ['apiKey', 'YOUR_API_KEY_12345'],
  ['apiKey', 'xxxxxxxxxxxxxxxx1'],
  ['publicKey', '9f86d081884c7d659a2feaa0c55ad015'],
  ['url', 'https://api.acme.dev/v1/orders/12345?status=open'],
  ['Accept', 'application/vnd.github.v3+json'],
  ['If-None-Match', '"33a64df551425fcc55e4d42a148795d9f25f89d4"'],
  ['clientId', 'Iv1.0123456789abcdef'],
  ['note', 'The quick brown fox jumps over the lazy dog 123'],
  ['Cookie', 'theme=dark'],
  ['primaryKey', 'order_1234567890abcdef'],
  ['image', 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB'],
  ['sessionTimeout', '123456789012'],
];

it('credentials are known by their looks', () => {
  for (const [name, value] of secrets) assert.ok(looksLikeSecret(name, value), `${name ?? ''}: ${value}`);
});

it('what is harmless is left alone', () => {
  for (const [name, value] of harmless) assert.ok(!looksLikeSecret(name, value), `${name ?? ''}: ${value}`);
});

it('names speak of secrets in every style', () => {
  for (const name of [
    ...['password', 'X-Api-Key', 'clientSecret', 'ACCESS_TOKEN', 'sessionId', 'Private-Token'],
    ...['passwords', 'apiKeys', 'client_secrets', 'accessTokens', 'refresh-tokens', 'token2', 'api_key_1'],
  ]) {
    assert.ok(isSecretName(name), name);
  }
  for (const name of [
    ...['tokenCount', 'key', 'author', 'next_page_token', 'passenger', 'secretary'],
    // What models are counted in.
    ...['tokens', 'max_tokens', 'totalTokens', 'prompt_tokens', 'cached_input_tokens'],
  ]) {
    assert.ok(!isSecretName(name), name);
  }
});

it('headers are known by what HTTP says of them, and by their names', () => {
  for (const name of [
    ...['Authorization', 'Proxy-Authorization', 'X-Amz-Authorization', 'Cookie', 'Set-Cookie', 'Set-Cookie2', 'DPoP'],
    ...['Proxy-Authentication-Info', 'X-Api-Key', 'private-token'],
  ]) {
    assert.ok(isSecretHeader(name), name);
  }
  for (const name of ['WWW-Authenticate', 'Accept', 'DPoP-Nonce', 'Content-Type']) {
    assert.ok(!isSecretHeader(name), name);
  }
});

it('more names of environment variables than of fields speak of secrets, and all of those', () => {
  for (const name of [
    'GITHUB_TOKEN',
    'TOKEN_FILE',
    'NEXT_PAGE_TOKEN',
    'PGPASSWORD',
    'MY_AUTH',
    'AWS_ACCESS_KEY',
    'SESSION_ID',
  ]) {
    assert.ok(isSecretVariable(name), name);
  }
  for (const name of ['HOME', 'AUTHOR', 'LANG']) assert.ok(!isSecretVariable(name), name);
});
