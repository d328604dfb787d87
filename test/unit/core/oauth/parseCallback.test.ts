import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { callbackFromCode, parseCallback, type CallbackReading } from '../../../../src/core/oauth/parseCallback';
import type { ServerMetadata } from '../../../../src/core/oauth/serverMetadata';
import { fc } from '../../../helpers/properties';

const state = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
const server: ServerMetadata = {
  id: 'https://login.acme.dev',
  issuerKnown: true,
  metadata: { issuer: 'https://login.acme.dev', authorization_endpoint: 'https://login.acme.dev/authorize' },
  insecureOrigins: [],
};
const promisesIss: ServerMetadata = {
  ...server,
  metadata: { ...server.metadata, authorization_response_iss_parameter_supported: true },
};
const withoutIssuer: ServerMetadata = { ...server, issuerKnown: false };

function read(query: string, of: ServerMetadata = server): CallbackReading {
  return parseCallback(new URL(`http://127.0.0.1:9/callback?${query}`), { state, server: of, clientId: 'c' });
}

function codeOf(reading: CallbackReading): string {
  switch (reading.kind) {
    case 'code':
      return `code ${reading.callback.parameters.get('code') ?? ''}`;
    case 'failed':
      return reading.error.code;
    case 'notOurs':
      return `ignored ${reading.reason.code}`;
  }
}

suite('parseCallback', () => {
  const rows: readonly [name: string, query: string, expected: string, of?: ServerMetadata][] = [
    ['a code', `code=abc&state=${state}`, 'code abc'],
    [
      'unknown parameters are ignored [R9]',
      `code=abc&state=${state}&session_state=x&session_state=y&vscode-reqid=1`,
      'code abc',
    ],
    ['the right issuer [X3]', `code=abc&state=${state}&iss=https%3A%2F%2Flogin.acme.dev`, 'code abc', promisesIss],
    ['another issuer [X3]', `code=abc&state=${state}&iss=https%3A%2F%2Fevil.example`, 'oauth.callbackIssuerWrong'],
    [
      'another issuer on an error [R11 X3]',
      `error=access_denied&state=${state}&iss=https%3A%2F%2Fevil.example`,
      'oauth.callbackIssuerWrong',
    ],
    ['a missing issuer that was promised [X3]', `code=abc&state=${state}`, 'oauth.callbackIssuerMissing', promisesIss],
    [
      'a missing issuer on an error [R11 X3]',
      `error=access_denied&state=${state}`,
      'oauth.callbackIssuerMissing',
      promisesIss,
    ],
    ['an issuer that nobody can judge', `code=abc&state=${state}&iss=whoever`, 'code abc', withoutIssuer],
    ['no state [A7]', 'code=abc', 'ignored oauth.callbackStateMissing'],
    ['an empty state', 'code=abc&state=', 'ignored oauth.callbackStateUnknown'],
    ['another state [A7]', `code=abc&state=${state.toLowerCase()}`, 'ignored oauth.callbackStateUnknown'],
    ['a longer state [A7]', `code=abc&state=${state}a`, 'ignored oauth.callbackStateUnknown'],
    ['an error with another state [R11 #answer]', 'error=access_denied&state=x', 'ignored oauth.callbackStateUnknown'],
    ['two states, ours among them [A7]', `code=abc&state=x&state=${state}`, 'oauth.callbackRepeated'],
    ['our state twice', `code=abc&state=${state}&state=${state}`, 'oauth.callbackRepeated'],
    ['two strange states', 'code=abc&state=x&state=y', 'ignored oauth.callbackStateUnknown'],
    ['two codes', `code=abc&code=def&state=${state}`, 'oauth.callbackRepeated'],
    ['two issuers', `code=abc&state=${state}&iss=a&iss=https%3A%2F%2Flogin.acme.dev`, 'oauth.callbackRepeated'],
    ['two errors', `error=a&error=b&state=${state}`, 'oauth.callbackRepeated'],
    ['denied [#typedErrors]', `error=access_denied&state=${state}`, 'oauth.accessDenied'],
    ['denied beats a code [#answer]', `error=access_denied&code=abc&state=${state}`, 'oauth.accessDenied'],
    ['another error', `error=invalid_scope&state=${state}`, 'oauth.authorizationRefused'],
    ['neither code nor error', `state=${state}`, 'oauth.callbackInvalid'],
    ['an empty code', `code=&state=${state}`, 'oauth.callbackInvalid'],
    ['an implicit answer', `code=abc&id_token=x&state=${state}`, 'oauth.callbackInvalid'],
    ['a JARM answer', `code=abc&response=x&state=${state}`, 'oauth.callbackInvalid'],
    ['a code with + and %', `code=a%2Bb%25&state=${state}`, 'code a+b%'],
  ];
  for (const [name, query, expected, of] of rows) {
    test(name, () => assert.equal(codeOf(read(query, of)), expected));
  }

  // RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6, RFC 8707 §2, and one that nobody has heard of.
  const errors = [
    ...['invalid_request', 'unauthorized_client', 'unsupported_response_type', 'invalid_scope', 'server_error'],
    ...['temporarily_unavailable', 'interaction_required', 'login_required', 'account_selection_required'],
    ...['consent_required', 'invalid_request_uri', 'registration_not_supported', 'invalid_target', 'tenant_asleep'],
  ];
  for (const error of errors) {
    test(`${error} is told in the words of the server [#typedErrors]`, () => {
      const reading = read(`error=${error}&error_description=Not+now.&error_uri=https%3A%2F%2Fx.dev&state=${state}`);
      assert.ok(reading.kind === 'failed');
      assert.deepEqual(reading.error.data, { host: 'login.acme.dev', error, description: 'Not now.' });
      const code = error === 'invalid_target' ? 'oauth.resourceRefused' : 'oauth.authorizationRefused';
      assert.equal(reading.error.code, code);
    });
  }

  test('what a hostile server says is disarmed [R9]', () => {
    const description = 'Session expired. [Sign in here](command:evil.run?%5B%5D)\u001b[31m\u202e\nnow';
    const reading = read(`error=access_denied&state=${state}&error_description=${encodeURIComponent(description)}`);
    assert.equal(reading.kind, 'failed');
    const shown = String(reading.error.data['description']);
    assert.match(shown, /^Session expired\. \[Sign in here\] \(command :evil\.run/);
    assert.doesNotMatch(shown, /\p{C}/u);
    assert.ok(reading.error.message.includes(shown));
  });

  test('a description without an end is cut', () => {
    const reading = read(`error=x&state=${state}&error_description=${'y'.repeat(5000)}`);
    assert.equal(reading.kind, 'failed');
    assert.ok(reading.error.message.length < 500);
  });

  test('a pasted code goes to this sign-in’s own server, promised issuer or not', () => {
    for (const of of [server, promisesIss, withoutIssuer]) {
      assert.equal(codeOf(callbackFromCode('abc', { state, server: of, clientId: 'c' })), 'code abc');
    }
  });

  test('whatever arrives, it never throws and never takes a code without the state [A7 R9]', () => {
    const name = fc.constantFrom('state', 'code', 'iss', 'error', 'error_description', 'response', 'id_token', 'x');
    const value = fc.oneof(fc.string(), fc.constantFrom(state, server.id, 'abc', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (pairs) => {
        const query = new URLSearchParams(pairs.map(([key, text]) => [key, text]));
        const reading = read(query.toString(), promisesIss);
        if (reading.kind !== 'code') return;
        assert.deepEqual(query.getAll('state'), [state]);
        assert.deepEqual(query.getAll('iss'), [server.id]);
        assert.equal(query.has('error') && query.get('error') !== '', false);
      }),
      { numRuns: 2000 },
    );
  });
});
