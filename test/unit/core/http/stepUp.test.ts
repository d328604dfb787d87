import assert from 'node:assert/strict';
import test from 'node:test';
import type { Hop } from '../../../../src/core/http/exchange';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { requiredStepUp, withoutOffer, type StepUp } from '../../../../src/core/http/stepUp';
import { fc } from '../../../helpers/properties';
import { httpRequest, withConnection } from '../../../helpers/requests';

function hop(challenge: string, status = 403): Hop {
  return {
    request: { method: 'GET', url: '', headers: [], body: undefined, bodyBytes: 0 },
    status,
    statusText: '',
    headers: [['WWW-Authenticate', challenge]],
    timings: { headers: 1 },
  };
}

function read(challenge: string, status = 403, request: Partial<HttpRequest> = {}): StepUp | undefined {
  return requiredStepUp(hop(challenge, status), httpRequest('https://a.test/', { auth: withConnection, ...request }));
}

for (const [title, challenge, status, expected] of [
  [
    'the scopes of RFC 6750 §3.1',
    'Bearer realm="x", error="insufficient_scope", scope="orders.read orders.write"',
    403,
    { scopes: ['orders.read', 'orders.write'], acrValues: [], maxAge: undefined },
  ],
  [
    'the ways to authenticate of RFC 9470 §3',
    'Bearer error="insufficient_user_authentication", error_description="x", acr_values="myACR other"',
    401,
    { scopes: [], acrValues: ['myACR', 'other'], maxAge: undefined },
  ],
  [
    'the age of RFC 9470 §3, behind another challenge',
    'Basic realm="x", DPoP error=insufficient_user_authentication, max_age="5"',
    401,
    { scopes: [], acrValues: [], maxAge: 5 },
  ],
  [
    'all of it at once',
    'Bearer error="insufficient_user_authentication", scope="a", acr_values="b", max_age=0',
    401,
    { scopes: ['a'], acrValues: ['b'], maxAge: 0 },
  ],
] as const) {
  test(`reads ${title} [F8]`, () => assert.deepEqual(read(challenge, status), expected));
}

for (const [title, challenge, status] of [
  ['another error', 'Bearer error="invalid_token", scope="a"', 401],
  ['a malformed request', 'Bearer error="invalid_request", scope="a"', 400],
  ['no error', 'Bearer scope="a"', 403],
  ['nothing that would be enough', 'Bearer error="insufficient_scope"', 403],
  ['a success', 'Bearer error="insufficient_scope", scope="a"', 200],
  ['an age that is no number', 'Bearer error="insufficient_user_authentication", max_age="-1"', 401],
] as const) {
  test(`offers nothing for ${title} [F8]`, () => assert.equal(read(challenge, status), undefined));
}

test('a server that names no scope means those that the request asks for', () => {
  const auth = { ...withConnection, scopes: ['orders.write'] };
  assert.deepEqual(read('Bearer error="insufficient_scope"', 403, { auth })?.scopes, ['orders.write']);
});

test('what a server names is bounded, and holds nothing that a scope may not have', () => {
  const hostile = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 100 }), (words) => {
      const text = words.join(' ').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
      const found = read(`Bearer error="insufficient_scope", scope="${text}"`);
      if (!found) return;
      assert.ok(found.scopes.length <= 50);
      assert.equal(new Set(found.scopes).size, found.scopes.length);
      for (const scope of found.scopes) assert.match(scope, /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/);
    }),
  );
});

test('an offer that was taken up is not made again; another one is [F8]', () => {
  const stepUp = { scopes: ['a'], acrValues: [], maxAge: undefined };
  const exchange = { stepUp } as unknown as Parameters<typeof withoutOffer>[0];
  assert.equal(withoutOffer(exchange, { ...stepUp }).stepUp, undefined);
  assert.equal(withoutOffer(exchange, { ...stepUp, scopes: ['b'] }).stepUp, stepUp);
  assert.equal(withoutOffer(exchange, undefined).stepUp, stepUp);
});
