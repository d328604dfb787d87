import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { discoveredScopes, withIdentityScopes } from '../../../../src/core/oauth/discoveredScopes';

suite('discoveredScopes [A11]', () => {
  test('what the 401 asks for is asked for, and nothing else', () => {
    const found = discoveredScopes(['orders.write'], ['orders.read', 'orders.write', 'admin']);
    assert.deepEqual(found, { kind: 'given', scopes: ['orders.write'] });
  });

  test('no scopes, or one, need no choice', () => {
    assert.deepEqual(discoveredScopes(undefined, []), { kind: 'given', scopes: [] });
    assert.deepEqual(discoveredScopes(undefined, ['openid', 'api']), { kind: 'given', scopes: ['api'] });
  });

  const changing = [
    'orders.write',
    'write:orders',
    'https://api.acme.dev/orders.manage',
    'repo:delete',
    'admin',
    'orders:*',
    'user_impersonation',
    'Files.ReadWrite.All',
    'files.readwrite.all',
    'full_access',
    'createOrder',
  ];
  const reading = [
    'orders.read',
    'read:user',
    'public',
    'https://api.acme.dev/orders.readonly',
    'address-book',
    'fulfilment',
  ];
  test('of several, those that do more than read are not chosen beforehand', () => {
    const found = discoveredScopes(undefined, [...changing, ...reading]);
    assert.deepEqual(found, { kind: 'choose', offered: [...changing, ...reading], preselected: reading });
  });

  test('who signed in and staying signed in are asked for where the server offers it', () => {
    assert.deepEqual(withIdentityScopes(['read'], ['openid', 'email', 'offline_access']), [
      'openid',
      'offline_access',
      'read',
    ]);
    assert.deepEqual(withIdentityScopes(['openid', 'read'], []), ['openid', 'read']);
  });
});
