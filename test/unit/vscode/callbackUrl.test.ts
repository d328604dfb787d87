import assert from 'node:assert/strict';
import test from 'node:test';
import { callbackUrl } from '../../../src/vscode/auth/callbackUriHandler';

const parameters = (query: string): Record<string, string> => Object.fromEntries(callbackUrl({ query }).searchParams);

test('a query that a browser window hands over encoded is decoded', () => {
  assert.deepEqual(parameters('code=a%2Bb%2F%3D&state=s-1_x&iss=http%3A%2F%2Flogin.example%3A9000'), {
    code: 'a+b/=',
    state: 's-1_x',
    iss: 'http://login.example:9000',
  });
});

test('a query that the desktop hands over decoded stays as it is', () => {
  assert.deepEqual(parameters('code=a+b/==&state=s-1_x&iss=http://login.example:9000'), {
    code: 'a+b/==',
    state: 's-1_x',
    iss: 'http://login.example:9000',
  });
});

test('a description is a sentence with spaces', () => {
  assert.equal(parameters('error_description=The+user+said+no%2E&code=a+b')['error_description'], 'The user said no.');
});

test('a lone percent sign does no harm', () => {
  assert.deepEqual(parameters('code=100%&state=x'), { code: '100%', state: 'x' });
});

test('a repeated parameter stays repeated, so that it can be refused', () => {
  assert.deepEqual(callbackUrl({ query: 'state=a&state=b' }).searchParams.getAll('state'), ['a', 'b']);
});

test('an empty query has no parameters', () => {
  assert.deepEqual(parameters(''), {});
});
