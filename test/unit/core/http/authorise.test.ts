import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { LatchkeyError, type ErrorCode } from '../../../../src/core/errors';
import { authorise, checkDestination, withoutConnection } from '../../../../src/core/http/authorise';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { DpopProver } from '../../../../src/core/oauth/dpopProver';
import { joinSensitive, MASK, redact, revealForTransport, Secret } from '../../../../src/core/secret';
import { nodeClock } from '../../../../src/node/nodeClock';
import { bearerToken, connectionTo, everythingIn, httpRequest, withConnection } from '../../../helpers/requests';

const TOKEN = 'canary-3f9a7c51e0';

function request(url: HttpRequest['url'], changes: Partial<HttpRequest> = {}): HttpRequest {
  return httpRequest(url, { auth: withConnection, ...changes });
}

function refusal(code: ErrorCode, data: Record<string, string>): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof LatchkeyError);
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(data)) assert.equal(error.data[name], value);
    return true;
  };
}

test('attaches the token as the last header, as a secret, and changes nothing else [F5 F6 #bearerHeader]', () => {
  const before = request('https://api.acme.dev/orders?x=1', { headers: [['X-A', '1']] });
  const after = authorise(before, bearerToken(TOKEN), connectionTo('https://api.acme.dev'));
  const [name, value] = after.request.headers.at(-1) ?? [];
  assert.equal(name, 'Authorization');
  assert.ok(value instanceof Secret);
  assert.equal(revealForTransport(value), `Bearer ${TOKEN}`);
  assert.equal(redact(value), `Bearer ${MASK}`);
  assert.deepEqual({ ...after.request, headers: after.request.headers.slice(0, -1) }, before);
  assert.equal(after.insecure, false);
  assert.doesNotMatch(everythingIn(after, inspect), new RegExp(TOKEN));
});

for (const [title, url, origins] of [
  ['the same origin', 'https://api.acme.dev/a', ['https://api.acme.dev']],
  ['the default port written out', 'https://api.acme.dev:443/a', ['https://api.acme.dev']],
  ['an origin written with its port', 'https://api.acme.dev/a', ['https://api.acme.dev:443']],
  ['another case', 'HTTPS://API.acme.dev/a', ['https://api.ACME.dev/']],
  ['one of several', 'https://b.test/', ['https://a.test', 'https://b.test']],
  ['an international name', 'https://bücher.example/', ['https://xn--bcher-kva.example']],
  ['http on loopback', 'http://127.0.0.1:3000/', ['http://127.0.0.1:3000']],
  ['http on a name under localhost', 'http://api.localhost:3000/', ['http://api.localhost:3000']],
] as const) {
  test(`allows ${title}`, () => {
    assert.equal(checkDestination(request(url), connectionTo(...origins)).insecure, false);
  });
}

for (const [title, url, origins, origin] of [
  ['another host', 'https://evil.test/', ['https://api.acme.dev'], 'https://evil.test'],
  ['a longer host', 'https://api.acme.dev.evil.test/', ['https://api.acme.dev'], 'https://api.acme.dev.evil.test'],
  ['a host below', 'https://x.api.acme.dev/', ['https://api.acme.dev'], 'https://x.api.acme.dev'],
  ['another port', 'https://api.acme.dev:8443/', ['https://api.acme.dev'], 'https://api.acme.dev:8443'],
  ['https where http is listed', 'https://127.0.0.1:1/', ['http://127.0.0.1:1'], 'https://127.0.0.1:1'],
  ['a look-alike name', 'https://аpi.acme.dev/', ['https://api.acme.dev'], 'https://xn--pi-6kc.acme.dev'],
  ['no origins at all', 'https://api.acme.dev/', [], 'https://api.acme.dev'],
  ['a pattern, which is no origin', 'https://api.acme.dev/', ['https://*', '*', ''], 'https://api.acme.dev'],
  ['loopback that is not listed', 'http://localhost:9/', ['https://api.acme.dev'], 'http://localhost:9'],
] as const) {
  test(`refuses ${title}, naming origin and connection [F7]`, () => {
    assert.throws(
      () => authorise(request(url), bearerToken(TOKEN), connectionTo(...origins)),
      refusal('http.originNotAllowed', { origin, connection: 'acme' }),
    );
  });
}

test('refuses http beyond loopback even when the https origin is listed [F7]', () => {
  assert.throws(
    () => authorise(request('http://api.acme.dev/'), bearerToken(TOKEN), connectionTo('https://api.acme.dev')),
    refusal('http.insecureOrigin', { origin: 'http://api.acme.dev' }),
  );
});

test('allows http beyond loopback when exactly that origin is listed, and says that it is insecure', () => {
  const done = authorise(request('http://dev:3000/'), bearerToken(TOKEN), connectionTo('http://dev:3000'));
  assert.equal(done.insecure, true);
});

test('refuses a request that sets Authorization itself [F5]', () => {
  const own = request('https://a.test/', { headers: [['authorization', 'Basic x']] });
  assert.throws(
    () => authorise(own, bearerToken(TOKEN), connectionTo('https://a.test')),
    refusal('http.authorizationAlreadySet', { connection: 'acme' }),
  );
});

test('refuses a Host header for another host, which could lead the token to another tenant [F7]', () => {
  const other = request('https://a.test/', { headers: [['Host', 'evil.test']] });
  assert.throws(
    () => authorise(other, bearerToken(TOKEN), connectionTo('https://a.test')),
    refusal('http.hostHeaderNotAllowed', {}),
  );
  const same = request('https://a.test:8443/', { headers: [['Host', 'A.test:8443']] });
  assert.equal(checkDestination(same, connectionTo('https://a.test:8443')).insecure, false);
});

test('refuses a token that is bound to a key nobody has', () => {
  const token = { ...bearerToken(TOKEN), type: 'DPoP' as const };
  assert.throws(
    () => authorise(request('https://a.test/'), token, connectionTo('https://a.test')),
    refusal('http.tokenTypeNotSupported', { type: 'DPoP' }),
  );
});

test('attaches a bound token as DPoP, and refuses a request that brings a proof itself [F4 F9]', async () => {
  const prover = await DpopProver.create(nodeClock);
  const token = { ...bearerToken(TOKEN), type: 'DPoP' as const, prover };
  const done = authorise(request('https://a.test/'), token, connectionTo('https://a.test'));
  assert.equal(revealForTransport(done.request.headers.at(-1)?.[1] ?? ''), `DPoP ${TOKEN}`);
  assert.equal(done.bound?.prover, prover);
  const own = request('https://a.test/', { headers: [['dpop', 'x']] });
  assert.throws(
    () => authorise(own, token, connectionTo('https://a.test')),
    refusal('http.proofAlreadySet', { connection: 'acme' }),
  );
});

test('a token that anybody can use does not leave for a connection that says dpop: true [F4]', () => {
  const connection = { ...connectionTo('https://a.test'), dpop: true };
  assert.throws(
    () => authorise(request('https://a.test/'), bearerToken(TOKEN), connection),
    refusal('session.notBound', { connection: 'Acme' }),
  );
});

test('refuses what is no http address, and credentials in the URL', () => {
  for (const url of ['ftp://a.test/', 'orders', 'https://', 'javascript:alert(1)', '']) {
    assert.throws(
      () => authorise(request(url), bearerToken(TOKEN), connectionTo('https://a.test')),
      refusal('http.invalidUrl', { url }),
    );
  }
  assert.throws(
    () => authorise(request('https://me:pw@a.test/'), bearerToken(TOKEN), connectionTo('https://a.test')),
    refusal('http.credentialsInUrl', { host: 'a.test' }),
  );
});

test('an error never shows a secret that is part of the host', () => {
  const url = joinSensitive(['https://', new Secret('canary-tenant'), '.evil.test/x']);
  assert.throws(
    () => authorise(request(url), bearerToken(TOKEN), connectionTo('https://a.test')),
    (error) => {
      assert.ok(!everythingIn(error, inspect).includes('canary'));
      return refusal('http.originNotAllowed', { origin: MASK })(error);
    },
  );
});

test('a request that uses a connection cannot be sent without its token by mistake', () => {
  assert.throws(() => withoutConnection(request('https://a.test/')), /authorise it/);
  assert.throws(() => checkDestination(httpRequest('https://a.test/'), connectionTo('https://a.test')), /does not use/);
  assert.equal(withoutConnection(httpRequest('https://a.test/')).token, undefined);
});
