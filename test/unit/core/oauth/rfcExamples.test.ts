import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { discoverServer } from '../../../../src/core/oauth/discovery';
import { clientAuthentication } from '../../../../src/core/oauth/oauthClient';
import { parseCallback, type CallbackReading } from '../../../../src/core/oauth/parseCallback';
import { nodeClock } from '../../../../src/node/nodeClock';
import { Secret } from '../../../../src/core/secret';
import { FakeTransport } from '../../../helpers/fakeTransport';
import { connectionWith } from '../../../helpers/oauth/connection';

const never = new AbortController().signal;

suite('examples of the standards', () => {
  test('RFC 6749 §4.1.3: the client in the Authorization header [T3]', async () => {
    const client = {
      id: 's6BhdRkqt3',
      secret: new Secret('gX1fBat3bV'),
      registered: false,
      idTokenAlgorithm: undefined,
    };
    for (const auth of ['basic', 'basicRaw'] as const) {
      const headers = new Headers();
      const body = new URLSearchParams();
      const authenticate = clientAuthentication({ ...client, auth }, 'acme');
      await authenticate({ issuer: 'https://server.example.com' }, { client_id: client.id }, body, headers);
      assert.equal(headers.get('authorization'), 'Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW');
      assert.equal(body.size, 0);
    }
  });

  test('RFC 8414 §3.2: the metadata [A12]', async () => {
    const issuer = 'https://server.example.com';
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks.json`,
      registration_endpoint: `${issuer}/register`,
      scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
      response_types_supported: ['code', 'code token'],
      service_documentation: 'http://server.example.com/service_documentation.html',
      ui_locales_supported: ['en-US', 'en-GB', 'en-CA', 'fr-FR', 'fr-CA'],
    };
    const transport = new FakeTransport(({ url }) =>
      String(url) === `${issuer}/.well-known/oauth-authorization-server`
        ? { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(metadata) }
        : { status: 404 },
    );
    const server = await discoverServer({ transport, clock: nodeClock }, connectionWith({ issuer }), never);
    assert.deepEqual(server.metadata, metadata);
    assert.equal(server.id, issuer);
  });

  const states = {
    success: 'ZWVlNDBlYzA1NjdkMDNhYjg3ZjUxZjAyNGQzMTM2NzI',
    error: 'N2JjNGJhY2JiZjRhYzA3MGJkMzNmMDE5OWJhZmJhZjA',
  };
  const success = `code=x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58&state=${states.success}`;
  const error = `error=access_denied&state=${states.error}`;
  const iss = 'iss=https%3A%2F%2Fhonest.as.example';

  function read(query: string, state: string, issuer = 'https://honest.as.example'): CallbackReading {
    const metadata = { issuer, authorization_response_iss_parameter_supported: true };
    const server = { id: issuer, issuerKnown: true, metadata, insecureOrigins: [] };
    return parseCallback(new URL(`https://client.example/cb?${query}`), { state, server, clientId: 'c' });
  }

  function failure(reading: CallbackReading): string | undefined {
    return reading.kind === 'failed' ? reading.error.code : undefined;
  }

  test('RFC 9207 §2.1: an answer with its issuer [X3]', () => {
    const reading = read(`${success}&${iss}`, states.success);
    assert.ok(reading.kind === 'code');
    assert.equal(reading.callback.parameters.get('code'), 'x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58');
    assert.equal(failure(read(success, states.success)), 'oauth.callbackIssuerMissing');
    const compared = ['https://honest.as.example/', 'https://HONEST.as.example', 'https://honest.as.example:443'];
    for (const issuer of compared) {
      assert.equal(failure(read(`${success}&${iss}`, states.success, issuer)), 'oauth.callbackIssuerWrong', issuer);
    }
  });

  test('RFC 9207 §2.2: an error with its issuer [R11 X3]', () => {
    assert.equal(failure(read(`${error}&${iss}`, states.error)), 'oauth.accessDenied');
    assert.equal(failure(read(error, states.error)), 'oauth.callbackIssuerMissing');
    assert.equal(
      failure(read(`${error}&${iss}`, states.error, 'https://attacker.example')),
      'oauth.callbackIssuerWrong',
    );
  });
});
