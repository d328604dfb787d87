import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopeDifference } from '../../../../src/core/oauth/scopeDifference';

test('granted scopes are compared with those asked for, whatever their order [T8 #scopeChange]', () => {
  const difference = (scopes: string, grantedScopes: string): unknown =>
    scopeDifference({ scopes: scopes.split(' '), grantedScopes: grantedScopes.split(' ') });
  assert.equal(difference('read write', 'write read'), undefined);
  assert.deepEqual(difference('read offline_access', 'read openid'), {
    withheld: ['offline_access'],
    unasked: ['openid'],
  });
});
