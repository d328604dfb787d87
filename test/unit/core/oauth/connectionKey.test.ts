import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { connectionKey } from '../../../../src/core/oauth/connectionKey';
import type { ConnectionConfig } from '../../../../src/core/oauth/model';
import { connectionWith } from '../../../helpers/oauth/connection';

const connection = connectionWith({ issuer: 'https://login.acme.dev', clientId: 'dynamic', audience: 'urn:api' });

suite('connectionKey', () => {
  const same: readonly [string, Partial<ConnectionConfig>][] = [
    ['name and label', { name: 'x', label: 'y' }],
    ['scopes', { scopes: [] }],
    ['origins', { origins: [] }],
    ['redirect', { redirect: { kind: 'editorUri' } }],
    ['a closing slash', { issuer: 'https://login.acme.dev/' }],
    ['the name of the secret', { clientSecretName: 'nightly' }],
    ['saying that the client is public', { clientAuth: 'none' }],
    ['an endpoint beside the issuer', { endpoints: { userinfo: 'https://x.example' } }],
  ];
  for (const [name, change] of same) {
    test(`${name} does not matter`, async () => {
      assert.equal(await connectionKey({ ...connection, ...change }), await connectionKey(connection));
    });
  }

  const different: readonly [string, Partial<ConnectionConfig>][] = [
    ['issuer', { issuer: 'https://login.acme.dev/tenant' }],
    ['client id', { clientId: 'other' }],
    ['registered client against one that is called "dynamic"', { clientId: undefined }],
    ['the client signing in itself', { grant: 'clientCredentials' }],
    ['client authentication', { clientAuth: 'basic' }],
    ['another client authentication', { clientAuth: 'post' }],
    ['audience', { audience: undefined }],
    ['the resource that the token is for', { resource: ['https://api.acme.dev'] }],
    ['endpoints instead of an issuer', { issuer: undefined, endpoints: { token: 'https://login.acme.dev' } }],
  ];
  test('the order of resources does not matter', async () => {
    const resource = ['https://a.acme.dev', 'https://b.acme.dev'];
    const turned = { ...connection, resource: resource.toReversed() };
    assert.equal(await connectionKey({ ...connection, resource }), await connectionKey(turned));
  });

  for (const [name, change] of different) {
    test(`${name} matters`, async () => {
      assert.notEqual(await connectionKey({ ...connection, ...change }), await connectionKey(connection));
    });
  }
});
