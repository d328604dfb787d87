import assert from 'node:assert/strict';
import test from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import { redirectedRequest } from '../../../../src/core/http/redirects';
import type { WireRequest } from '../../../../src/core/ports';
import { joinSensitive, Secret } from '../../../../src/core/secret';

const body = new TextEncoder().encode('{}');
const headers = [
  ['Content-Type', 'application/json'],
  ['Content-Length', '2'],
  ['X-Trace', '1'],
] as const;

function sent(changes: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', url: 'https://a.test/one?q=1', headers, body, ...changes };
}

function follow(request: WireRequest, status: number, location?: string): WireRequest | undefined {
  return redirectedRequest(request, status, location === undefined ? [] : [['LOCATION', location]]);
}

// RFC 9110 §15.4: the method and the body after each status.
for (const [status, method, expected, keepsBody] of [
  [301, 'GET', 'GET', true],
  [301, 'POST', 'GET', false],
  [301, 'PUT', 'PUT', true],
  [301, 'HEAD', 'HEAD', true],
  [302, 'POST', 'GET', false],
  [302, 'DELETE', 'DELETE', true],
  [303, 'POST', 'GET', false],
  [303, 'PUT', 'GET', false],
  [303, 'GET', 'GET', true],
  [303, 'HEAD', 'HEAD', true],
  [307, 'POST', 'POST', true],
  [308, 'PATCH', 'PATCH', true],
] as const) {
  test(`${status} turns ${method} into ${expected} ${keepsBody ? 'with' : 'without'} its body`, () => {
    const next = follow(sent({ method }), status, '/two');
    assert.ok(next);
    assert.equal(next.method, expected);
    assert.equal(next.url, 'https://a.test/two');
    assert.equal(next.body, keepsBody ? body : undefined);
    assert.deepEqual(next.headers, keepsBody ? headers : [['X-Trace', '1']]);
  });
}

test('other statuses, and redirects without a location, are answers', () => {
  for (const status of [200, 201, 300, 304, 305, 306, 400]) assert.equal(follow(sent(), status, '/two'), undefined);
  assert.equal(follow(sent(), 302), undefined);
});

test('the location is resolved against the URL, and its fragment is not sent', () => {
  const urls = ['two', '?q=2', '//b.test/x', 'https://c.test#frag', '../up'].map(
    (location) => follow(sent(), 303, location)?.url,
  );
  assert.deepEqual(urls, [
    'https://a.test/two',
    'https://a.test/one?q=2',
    'https://b.test/x',
    'https://c.test/',
    'https://a.test/up',
  ]);
});

const identifying = [
  ['Authorization', 'Basic x'],
  ['cookie', 'a=1'],
  ['Proxy-Authorization', 'y'],
  ['Host', 'a.test'],
  ['X-Key', new Secret('k')],
  ['X-Half', joinSensitive(['id=', new Secret('k')])],
  ['Accept', '*/*'],
] as const;

test('within an origin everything is sent again', () => {
  const next = follow(sent({ headers: identifying }), 307, 'https://a.test:443/two');
  assert.deepEqual(next?.headers, identifying);
});

for (const location of [
  'https://b.test/',
  'https://a.test:8443/',
  'https://sub.a.test/',
  'https://a.test.evil.test/',
]) {
  test(`what identifies the user is not sent to ${location} [F7]`, () => {
    const next = follow(sent({ headers: identifying }), 307, location);
    assert.deepEqual(next?.headers, [['Accept', '*/*']]);
    assert.equal(next.body, body);
  });
}

test('http to https on the same host is another origin [F7]', () => {
  const next = follow(sent({ url: 'http://a.test/', headers: identifying }), 301, 'https://a.test/');
  assert.deepEqual(next?.headers, [['Accept', '*/*']]);
});

function refused(request: WireRequest, location: string, code: string, status = 307): LatchkeyError {
  let caught: unknown;
  try {
    follow(request, status, location);
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof LatchkeyError);
  assert.equal(caught.code, code);
  return caught;
}

test('https to http is refused, on the same host too', () => {
  const error = refused(sent(), 'http://a.test/two?code=1', 'http.redirectInsecure');
  assert.deepEqual(error.data, { from: 'https://a.test', to: 'http://a.test' });
});

test('a body that holds a secret stays at its origin', () => {
  const request = sent({ body: new Secret('password=x') });
  assert.equal(follow(request, 307, '/two')?.body, request.body);
  const error = refused(request, 'https://b.test/', 'http.redirectSecretBody');
  assert.deepEqual(error.data, { from: 'https://a.test', to: 'https://b.test' });
  assert.equal(follow(request, 303, 'https://b.test/')?.body, undefined);
});

test('a location that is no http address is refused', () => {
  for (const location of [
    'ftp://a.test/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https://u:p@b.test/',
  ]) {
    refused(sent(), location, 'http.redirectInvalid');
  }
});
