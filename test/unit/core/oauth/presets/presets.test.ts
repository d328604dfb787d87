import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PresetFacts } from '../../../../../src/core/oauth/presets/preset';
import { presetNamed, presets, quirksOf } from '../../../../../src/core/oauth/presets/presets';

/** RFC 6749 §5.2. */
const rfcErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
];

/** Every fact there can be; a new one is added here, and to the page about providers. */
const known: Readonly<Record<keyof PresetFacts, true>> = {
  issuer: true,
  issuerForm: true,
  endpoints: true,
  origins: true,
  publicClients: true,
  parameters: true,
  refreshOn: true,
  redirect: true,
  register: true,
  refresh: true,
  oddities: true,
  scopeSeparator: true,
  pkce: true,
  clientAuth: true,
  authorizationRequest: true,
  authorizationResponse: true,
  tokenRequest: true,
  refreshRequest: true,
  tokenResponse: true,
  apiRequest: true,
  userinfo: true,
};

const all = Object.entries(presets);

suite('presets', () => {
  test('the providers that people ask for are there', () => {
    const wanted =
      'github gitlab google microsoft auth0 okta keycloak slack discord spotify atlassian salesforce zoom dropbox ' +
      'notion quickbooks linear x linkedin twitch reddit figma digitalocean bitbucket box asana cognito';
    assert.deepEqual(Object.keys(presets).sort(), wanted.split(' ').sort());
  });

  test('a name that is none, or one of every object, is no preset', () => {
    for (const name of ['nobody', 'constructor', '__proto__', 'GitHub', '', undefined]) {
      assert.equal(presetNamed(name), undefined);
      assert.deepEqual(quirksOf(name), {});
    }
  });

  for (const [name, { label, facts, sources }] of all) {
    suite(name, () => {
      test('every fact is a known one and has a source, and no source is without a fact', () => {
        assert.match(label, /\S/);
        assert.deepEqual(
          Object.keys(facts).filter((fact) => !Object.hasOwn(known, fact)),
          [],
        );
        assert.deepEqual(Object.keys(sources).sort(), Object.keys(facts).sort());
        for (const source of Object.values(sources).flat()) {
          assert.match(source, /^https:\/\/[^\s/]+\/\S+$/, source);
        }
      });

      test('says where to sign in', () => {
        const { issuer, issuerForm, endpoints } = facts;
        const whole = endpoints?.authorization !== undefined && endpoints.token !== undefined;
        assert.equal([issuer, issuerForm, whole || undefined].filter((way) => way !== undefined).length, 1);
      });

      test('every address is https, without query and fragment', () => {
        const { issuer, origins = [], register } = facts;
        const endpoints = Object.values((facts.endpoints ?? {}) as Readonly<Record<string, string>>);
        for (const text of [issuer, register?.url, ...endpoints]) {
          if (text === undefined) continue;
          const url = new URL(text);
          assert.equal(url.protocol, 'https:', text);
          assert.equal(url.search, '', text);
          if (text !== register?.url) assert.equal(url.hash, '', text);
        }
        for (const origin of origins === 'issuer' ? [] : origins) assert.equal(new URL(origin).origin, origin);
      });

      test('errors are turned into those of RFC 6749', () => {
        for (const error of Object.values(facts.tokenResponse?.errors ?? {}))
          assert.ok(rfcErrors.includes(error), error);
      });

      test('nothing that is captured is a token', () => {
        const { tokenResponse, authorizationResponse } = facts;
        for (const place of Object.values({ ...tokenResponse?.captured, ...authorizationResponse?.captured }))
          assert.doesNotMatch(place, /token|secret|code|state/);
      });

      test('an origin that the server names is one that is kept, below a domain of the provider', () => {
        const { apiOrigin, captured } = facts.tokenResponse ?? {};
        if (!apiOrigin) return;
        assert.ok(captured && apiOrigin.captured in captured);
        assert.match(apiOrigin.within, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      });

      test('no parameter of its own takes the place of one that makes the flow safe', () => {
        const { authorize = {}, token = {}, refresh = {} } = facts.parameters ?? {};
        for (const parameter of Object.keys({ ...authorize, ...token, ...refresh })) {
          assert.doesNotMatch(parameter, /^(state|nonce|redirect_uri|client_id|code_\w+|response_type|grant_type)$/);
        }
      });
    });
  }
});
