import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { connectionKey } from '../../../../src/core/oauth/connectionKey';
import type { GrantOfTrust } from '../../../../src/core/oauth/signInPorts';
import { trustFacts } from '../../../../src/core/oauth/trust';
import { Secret } from '../../../../src/core/secret';
import { inspectSession } from '../../../../src/core/session/inspectSession';
import type { SessionRecord } from '../../../../src/core/session/sessionRecord';
import { findCanaries } from '../../../helpers/leakSearch';
import { connectionWith } from '../../../helpers/oauth/connection';
import { unsignedJwt } from '../../../helpers/oauth/jwt';
import { fc } from '../../../helpers/properties';

const issuer = 'https://login.acme.dev';
const connection = connectionWith({ issuer, clientId: 'desktop', grant: 'deviceCode' });

async function recordWith(more: Partial<SessionRecord> = {}): Promise<SessionRecord> {
  return {
    id: 'id-1',
    connectionName: 'acme',
    connectionLabel: 'Acme',
    connectionKey: await connectionKey(connection),
    account: { id: 'a', label: 'alice · Acme' },
    loginHint: 'alice',
    server: { id: issuer, issuerKnown: true, metadata: { issuer }, insecureOrigins: [] },
    client: { id: 'desktop', secret: undefined, auth: 'none', registered: false, idTokenAlgorithm: undefined },
    resource: [],
    refreshParameters: {},
    scopes: ['openid', 'read', 'write'],
    tokens: tokensWith('opaque-access-token'),
    generation: 1,
    ...more,
  };
}

function tokensWith(access: string, more: Partial<SessionRecord['tokens']> = {}): NonNullable<SessionRecord['tokens']> {
  return {
    type: 'Bearer',
    access: new Secret(access),
    refresh: new Secret('the-refresh-token'),
    obtainedAt: 1_000,
    lifetime: 60_000,
    scope: 'openid read admin',
    ...more,
  };
}

function grant(folder: string, origins: readonly string[], grantedAt = 1): GrantOfTrust {
  const facts = trustFacts({ ...connection, origins });
  return { folder, connectionName: 'acme', facts, hosts: [], grantedAt };
}

suite('what may be shown of a session', () => {
  test('scopes: what was asked for and granted, what is missing, what came in addition [T8]', async () => {
    const { scopes } = await inspectSession(await recordWith(), [], false);
    assert.deepEqual(
      scopes.map(({ name, state }) => `${name} ${state}`),
      ['openid granted', 'read granted', 'write missing', 'admin extra'],
    );
  });

  test('an opaque token, its times, and what can be done', async () => {
    const inspection = await inspectSession(await recordWith(), [], false);
    assert.deepEqual(inspection.token, {
      type: 'Bearer',
      obtainedAt: 1_000,
      expiresAt: 61_000,
      hasRefreshToken: true,
      refreshExpiresAt: undefined,
      binding: { kind: 'none', thumbprint: undefined },
      content: { kind: 'opaque' },
    });
    assert.deepEqual(inspection.can, { refresh: true, introspect: false, revoke: false, logOut: false });
    const ended = await inspectSession(await recordWith({ tokens: undefined }), [], false);
    assert.equal(ended.state, 'signInAgain');
    assert.equal(ended.token, undefined);
    assert.equal(ended.can.refresh, false);
  });

  test('where the token may go: the approvals of this connection, whatever it is called, and no others', async () => {
    const other: GrantOfTrust = {
      ...grant('file:///c', ['https://evil']),
      facts: trustFacts(connectionWith({ issuer, clientId: 'x' })),
    };
    const old = { ...grant('file:///d', []), facts: { issuer, origins: [] } as unknown as GrantOfTrust['facts'] };
    const grants = [grant('file:///b', ['https://b', 'https://a']), grant('file:///a', ['https://a']), other, old];
    const inspection = await inspectSession(await recordWith(), grants, false);
    assert.deepEqual(inspection.destinations, [
      { origin: 'https://a', folders: ['file:///a', 'file:///b'], told: false },
      { origin: 'https://b', folders: ['file:///b'], told: false },
    ]);
    assert.equal(inspection.grant, 'deviceCode');
  });

  test('the origin that the server has named, for the folders that were asked about it, and what it told', async () => {
    const toldOrigin = { captured: 'instance_url', within: 'my.salesforce.com' };
    const asked = {
      ...grant('file:///a', []),
      facts: trustFacts({ ...connection, origins: ['https://a'], toldOrigin }),
    };
    const server = { ...(await recordWith()).server, preset: 'salesforce' };
    const captured = { instance_url: 'https://acme.my.salesforce.com' };
    const record = await recordWith({ server, captured });
    const inspection = await inspectSession(record, [asked, grant('file:///b', ['https://a'])], false);
    assert.deepEqual(inspection.destinations, [
      { origin: 'https://a', folders: ['file:///a', 'file:///b'], told: false },
      { origin: 'https://acme.my.salesforce.com', folders: ['file:///a'], told: true },
    ]);
    assert.equal(inspection.captured.claims[0]?.value, 'https://acme.my.salesforce.com');
    const elsewhere = await recordWith({ server, captured: { instance_url: 'https://evil.example' } });
    assert.equal((await inspectSession(elsewhere, [asked], false)).destinations.length, 1);
  });

  test('a token that is bound to a key names the key by its public thumbprint (RFC 7638 §3.1)', async () => {
    const key = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      d: 'private',
    };
    const dpop = { tokens: tokensWith('t', { type: 'DPoP' }), dpopKey: new Secret(JSON.stringify(key)) };
    const { token } = await inspectSession(await recordWith(dpop), [], false);
    assert.deepEqual(token?.binding, { kind: 'dpop', thumbprint: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' });
    const broken = await inspectSession(await recordWith({ ...dpop, dpopKey: new Secret('{') }), [], false);
    assert.deepEqual(broken.token?.binding, { kind: 'dpop', thumbprint: undefined });
    const client = { ...(await recordWith()).client, auth: 'mtls' as const };
    const certified = await inspectSession(await recordWith({ client }), [], false);
    assert.equal(certified.token?.binding.kind, 'certificate');
  });

  test('a token that is bound to a certificate names it by its thumbprint, whoever the client is [#mtls]', async () => {
    const thumbprint = 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2';
    const bindingOf = async (cnf: unknown, auth: 'none' | 'mtls' = 'none'): Promise<unknown> => {
      const tokens = tokensWith(unsignedJwt({ sub: 'a', cnf }));
      const client = { ...(await recordWith()).client, auth };
      return (await inspectSession(await recordWith({ tokens, client }), [], false)).token?.binding;
    };
    assert.deepEqual(await bindingOf({ 'x5t#S256': thumbprint }), { kind: 'certificate', thumbprint });
    const none = { kind: 'none', thumbprint: undefined };
    for (const cnf of [undefined, null, 'x', { jkt: thumbprint }, { 'x5t#S256': 7 }, { 'x5t#S256': '<b>' }])
      assert.deepEqual(await bindingOf(cnf, 'mtls'), none);
  });

  test('no token, key or secret is in it, masked or revealed', async () => {
    const secrets = {
      access: unsignedJwt({ sub: 'alice', note: 'the-refresh-token' }, { alg: 'RS256', kid: 'client-secret' }),
      refresh: 'the-refresh-token',
      id: unsignedJwt({ sub: 'alice', nonce: 'the-refresh-token' }),
      client: 'client-secret',
    };
    const record = await recordWith({
      tokens: tokensWith(secrets.access),
      idToken: new Secret(secrets.id),
      client: { ...(await recordWith()).client, secret: new Secret(secrets.client), auth: 'post' },
      captured: { instance_url: 'https://eu', bot_token: 'xoxb', echoed: 'the-refresh-token' },
    });
    for (const reveal of [false, true]) {
      const text = JSON.stringify(await inspectSession(record, [], reveal));
      const canaries = Object.entries(secrets).map(([kind, value]) => ({ kind, value }));
      assert.deepEqual(findCanaries(canaries, [{ place: `revealed: ${reveal}`, text }]), []);
      assert.ok(!text.includes('xoxb'));
      assert.equal(text.includes('alice"'), reveal);
    }
  });

  test('property: whatever is in the tokens, the result is small plain JSON', async () => {
    const record = await recordWith();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.boolean(), async (header, claims, reveal) => {
        const token = unsignedJwt(claims, { alg: 'none', ...(header as object) });
        const tokens = tokensWith(token);
        const inspection = await inspectSession({ ...record, tokens, idToken: new Secret(token) }, [], reveal);
        assert.ok(JSON.stringify(inspection).length < 1_000_000);
      }),
    );
  });
});
