import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { logoutUrl } from '../../../../src/core/oauth/logoutUrl';
import type { ServerMetadata } from '../../../../src/core/oauth/serverMetadata';
import { Secret } from '../../../../src/core/secret';

function serverWith(endpoint: string | undefined): ServerMetadata {
  const id = 'https://login.acme.dev';
  const metadata = { issuer: id, ...(endpoint === undefined ? {} : { end_session_endpoint: endpoint }) };
  return { id, issuerKnown: true, metadata, insecureOrigins: [] };
}

function parameters(url: Secret | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(url?.revealForTransport() ?? '').searchParams);
}

suite('signing out in the browser', () => {
  const server = serverWith('https://login.acme.dev/logout?tenant=x');

  test('names the client and whom to sign out by the ID token, keeps the query of the endpoint', () => {
    const url = logoutUrl(server, 'desktop', new Secret('id-token'), 'alice');
    assert.deepEqual(parameters(url), { tenant: 'x', client_id: 'desktop', id_token_hint: 'id-token' });
    assert.equal(String(url), '••••••');
  });

  test('without an ID token, or with one that is too long for an address, by the login hint', () => {
    const byHint = { tenant: 'x', client_id: 'desktop', logout_hint: 'alice@acme.dev' };
    assert.deepEqual(parameters(logoutUrl(server, 'desktop', undefined, 'alice@acme.dev')), byHint);
    assert.deepEqual(parameters(logoutUrl(server, 'desktop', new Secret('x'.repeat(4000)), 'alice@acme.dev')), byHint);
    assert.deepEqual(parameters(logoutUrl(server, 'desktop', undefined, undefined)), {
      tenant: 'x',
      client_id: 'desktop',
    });
  });

  test('is not offered where the server has no such page, and opens no odd address', () => {
    assert.equal(logoutUrl(serverWith(undefined), 'desktop', undefined, undefined), undefined);
    for (const endpoint of ['http://login.acme.dev/logout', 'javascript:alert(1)', 'vscode://x/y']) {
      assert.throws(() => logoutUrl(serverWith(endpoint), 'desktop', undefined, undefined), { name: 'LatchkeyError' });
    }
  });
});
