import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sessionOf, type SessionRecord } from '../../../../src/core/session/sessionRecord';
import { decodeRecord, encodeRecord } from '../../../../src/core/session/sessionRecordJson';
import { Secret } from '../../../../src/core/secret';
import { fc } from '../../../helpers/properties';

const record: SessionRecord = {
  id: 'id-1',
  connectionName: 'acme',
  connectionLabel: 'Acme',
  connectionKey: 'key',
  account: { id: 'a', label: 'alice · Acme' },
  loginHint: 'alice',
  server: {
    id: 'https://login.acme.dev',
    issuerKnown: true,
    metadata: {
      issuer: 'https://login.acme.dev',
      token_endpoint: 'https://login.acme.dev/token',
      scopes_supported: ['x'],
      response_types_supported: ['code'],
    },
    insecureOrigins: ['http://keycloak:8080'],
    preset: 'keycloak',
  },
  client: { id: 'c', secret: new Secret('client-secret'), auth: 'post', registered: true, idTokenAlgorithm: 'ES256' },
  grant: 'tokenExchange',
  privateKey: { source: { kind: 'file', path: './key.pem' }, keyId: 'k1', algorithm: 'ES256' },
  assertion: { issuer: 'c', subject: 'alice', audience: 'https://login.acme.dev', claims: { tenant: 'x' } },
  exchange: {
    subject: { source: { kind: 'connection', name: 'other' }, type: 'urn:t' },
    actor: { source: { kind: 'secret', name: 'actor' }, type: 'urn:t' },
    requestedType: 'urn:r',
  },
  dpopKey: new Secret('{"kty":"EC","d":"private"}'),
  idToken: new Secret('id-token'),
  captured: { instance_url: 'https://eu1.acme.dev' },
  resource: ['urn:a'],
  refreshParameters: { tenant: 'x' },
  scopes: ['openid', 'read'],
  tokens: {
    type: 'Bearer',
    access: new Secret('access-token'),
    refresh: new Secret('refresh-token'),
    obtainedAt: 1000,
    lifetime: 60_000,
    scope: 'openid',
  },
  generation: 3,
};

function reveal(of: SessionRecord | undefined): unknown {
  return (
    of && {
      ...of,
      dpopKey: of.dpopKey?.revealForTransport(),
      idToken: of.idToken?.revealForTransport(),
      client: { ...of.client, secret: of.client.secret?.revealForTransport() },
      tokens: of.tokens && {
        ...of.tokens,
        access: of.tokens.access.revealForTransport(),
        refresh: of.tokens.refresh?.revealForTransport(),
      },
    }
  );
}

suite('stored sessions', () => {
  test('come back as they were, without metadata that nobody needs', () => {
    const { issuer, token_endpoint = '', scopes_supported = [] } = record.server.metadata;
    const metadata = { issuer, token_endpoint, scopes_supported };
    const expected = { ...record, server: { ...record.server, metadata } };
    const plain = (of: unknown): unknown => JSON.parse(JSON.stringify(of));
    assert.deepEqual(plain(reveal(decodeRecord(encodeRecord(record)))), plain(reveal(expected)));
    const ended: SessionRecord = {
      ...record,
      loginHint: undefined,
      tokens: undefined,
      client: { ...record.client, secret: undefined, idTokenAlgorithm: undefined },
    };
    assert.deepEqual(sessionOf(decodeRecord(encodeRecord(ended)) ?? record), sessionOf(ended));
  });

  test('what everybody may see holds no secret [F11]', () => {
    const session = sessionOf(record);
    assert.doesNotMatch(JSON.stringify(session), /access-token|refresh-token|client-secret/);
    assert.equal(session.expiresAt, 61_000);
    assert.deepEqual(session.grantedScopes, ['openid']);
    assert.deepEqual(session.scopes, ['openid', 'read']);
    assert.equal(sessionOf({ ...record, tokens: undefined }).state, 'signInAgain');
  });

  test('the secret of a client that the project file names is not stored, only where to find it', () => {
    const configured: SessionRecord = {
      ...record,
      client: { ...record.client, registered: false },
      secretReference: { folder: 'file:///projects/shop', name: 'nightly' },
      grant: 'clientCredentials',
    };
    const text = encodeRecord(configured);
    assert.doesNotMatch(text, /client-secret/);
    const read = decodeRecord(text);
    assert.deepEqual(read?.secretReference, configured.secretReference);
    assert.equal(read?.grant, 'clientCredentials');
    assert.equal(read.client.secret, undefined);
    const json = JSON.parse(text) as Record<string, unknown>;
    for (const odd of [{ grant: 'magic' }, { secretReference: 'nightly' }, { secretReference: { name: 'nightly' } }]) {
      assert.equal(decodeRecord(JSON.stringify({ ...json, ...odd })), undefined, JSON.stringify(odd));
    }
  });

  test('a session of the client itself renews itself without a refresh token', () => {
    const tokens = record.tokens && { ...record.tokens, refresh: undefined };
    assert.equal(sessionOf({ ...record, tokens, grant: undefined }).refreshable, false);
    assert.equal(sessionOf({ ...record, tokens, grant: 'clientCredentials' }).refreshable, true);
  });

  test('anything else is not a session, and never an exception', () => {
    const json = JSON.parse(encodeRecord(record)) as Record<string, unknown>;
    for (const text of ['', 'null', '[]', '{}', '"x"', '{"version":1}', encodeRecord(record).slice(0, -1)]) {
      assert.equal(decodeRecord(text), undefined, text);
    }
    assert.equal(decodeRecord(JSON.stringify({ ...json, version: 2 })), undefined, 'a later version');
    const optional = new Set(
      'loginHint tokens grant privateKey assertion exchange captured dpopKey idToken'.split(' '),
    );
    for (const name of Object.keys(json)) {
      const without = decodeRecord(JSON.stringify({ ...json, [name]: undefined }));
      assert.equal(without !== undefined, optional.has(name), `without ${name}`);
      assert.equal(decodeRecord(JSON.stringify({ ...json, [name]: [{}] })), undefined, `with an odd ${name}`);
    }
    const client = json['client'] as object;
    assert.equal(decodeRecord(JSON.stringify({ ...json, client: { ...client, auth: 'magic' } })), undefined);
  });

  test('arbitrary JSON never throws', () => {
    fc.assert(fc.property(fc.json(), (text) => decodeRecord(text) === undefined));
  });
});
