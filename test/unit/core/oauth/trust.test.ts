import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ConnectionConfig } from '../../../../src/core/oauth/model';
import { changedFacts, sameTrustFacts, trustFacts } from '../../../../src/core/oauth/trust';
import { trustedHosts } from '../../../../src/core/oauth/trustedHosts';
import { Secret } from '../../../../src/core/secret';
import { connectionWith } from '../../../helpers/oauth/connection';

const connection = connectionWith({
  issuer: 'https://login.acme.dev',
  clientId: 'latchkey',
  audience: 'urn:api',
  resource: ['urn:a', 'urn:b'],
  origins: ['https://api.acme.dev', 'https://files.acme.dev'],
  parameters: { authorize: { b: '2', a: '1' }, token: {}, refresh: {} },
});

suite('trust facts', () => {
  test('name, label, secret value and order of sets are not part of them', () => {
    const other: ConnectionConfig = {
      ...connection,
      name: 'renamed',
      label: 'Other',
      clientSecret: new Secret('s3cret'),
      scopes: [...connection.scopes].reverse(),
      origins: [...connection.origins].reverse(),
      resource: ['urn:b', 'urn:a'],
      parameters: { authorize: { a: '1', b: '2' }, token: {}, refresh: {} },
    };
    assert.ok(sameTrustFacts(trustFacts(connection), trustFacts(other)));
    assert.doesNotMatch(JSON.stringify(trustFacts(other)), /s3cret/);
  });

  const changes: readonly [field: string, change: Partial<ConnectionConfig>][] = [
    ['issuer', { issuer: 'https://login.acme.dev.evil.example' }],
    ['endpoints', { endpoints: { token: 'https://evil.example/token' } }],
    ['clientId', { clientId: undefined }],
    ['grant', { grant: 'clientCredentials' }],
    ['clientAuth', { clientAuth: 'post' }],
    ['clientSecretName', { clientSecretName: 'production' }],
    ['scopes', { scopes: ['openid', 'offline_access', 'admin'] }],
    ['audience', { audience: undefined }],
    ['resource', { resource: ['urn:a'] }],
    ['origins', { origins: ['https://api.acme.dev', 'https://files.acme.dev', 'https://evil.example'] }],
    ['redirect', { redirect: { kind: 'loopback', ports: [1, 2], path: '/' } }],
    ['redirect', { redirect: { kind: 'paste', uri: 'https://evil.example/' } }],
    ['tls', { tls: [{ origin: 'https://login.acme.dev', ca: ['ca.pem'], verify: true }] }],
    ['tls', { tls: [{ origin: 'https://login.acme.dev', ca: [], verify: false }] }],
    ['parameters', { parameters: { authorize: {}, token: { x: 'y' }, refresh: {} } }],
  ];
  for (const [field, change] of changes) {
    test(`a changed ${field} is seen, after a round through storage too [A13]`, () => {
      const stored = JSON.parse(JSON.stringify(trustFacts(connection))) as ReturnType<typeof trustFacts>;
      assert.ok(sameTrustFacts(stored, trustFacts(connection)));
      const now = trustFacts({ ...connection, ...change });
      assert.deepEqual(
        changedFacts(stored, now).map((fact) => fact.field),
        [field],
      );
    });
  }

  test('the dialog gets before and after as text', () => {
    const now = trustFacts({ ...connection, audience: undefined, origins: ['https://evil.example'] });
    assert.deepEqual(changedFacts(trustFacts(connection), now), [
      { field: 'audience', before: 'urn:api', after: '' },
      { field: 'origins', before: 'https://api.acme.dev https://files.acme.dev', after: 'https://evil.example' },
    ]);
  });

  test('hosts are shown in ASCII, so that a look-alike is seen [A13]', () => {
    const metadata = {
      issuer: 'https://login.acme.dev',
      authorization_endpoint: 'https://login.аcme.dev/authorize',
      token_endpoint: 'https://login.acme.dev:8443/token',
    };
    const hosts = trustedHosts({ id: metadata.issuer, issuerKnown: true, metadata, insecureOrigins: [] });
    assert.deepEqual(hosts, [
      { purpose: 'issuer', host: 'login.acme.dev' },
      { purpose: 'authorization', host: 'login.xn--cme-5cd.dev' },
      { purpose: 'token', host: 'login.acme.dev:8443' },
    ]);
  });
});
