import assert from 'node:assert/strict';
import test from 'node:test';
import {
  dataWithoutCredentials,
  headerWithoutCredentials,
  withoutCredentials,
} from '../../../../src/core/history/withoutCredentials';
import { bounded } from '../../../helpers/bounded';
import { findCanaries } from '../../../helpers/leakSearch';
import { fc } from '../../../helpers/properties';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';

test('members of JSON that are named after a credential are masked, others stay', () => {
  const body = '{"access_token": "opaque-1", "expiresIn": 3600, "nested": {"refreshToken":"a\\"b"}, "name": "Anna"}';
  assert.equal(
    withoutCredentials(body),
    '{"access_token": "••••••", "expiresIn": 3600, "nested": {"refreshToken":"••••••"}, "name": "Anna"}',
  );
});

test('a member that the end of what is kept has cut is masked to the end', () => {
  assert.equal(withoutCredentials('{"a":1,"access_token":"opaque-and-cu'), '{"a":1,"access_token":"••••••');
});

test('fields of forms, queries and elements of XML are masked by their names', () => {
  assert.equal(
    withoutCredentials('grant=x&client_secret=hush&page_token=p2'),
    'grant=x&client_secret=••••••&page_token=p2',
  );
  assert.equal(withoutCredentials('https://a.example/b?api_key=hush#end'), 'https://a.example/b?api_key=••••••#end');
  assert.equal(
    withoutCredentials('<a><password>hush</password><b>x</b></a>'),
    '<a><password>••••••</password><b>x</b></a>',
  );
});

test('a fragment and attributes of XML are looked through like a query and elements', () => {
  assert.equal(
    withoutCredentials('https://a.example/cb#access_token=opaque&token_type=bearer'),
    'https://a.example/cb#access_token=••••••&token_type=bearer',
  );
  assert.equal(
    withoutCredentials(`<user name="Anna" password="hush" ns:apiKey = 'hu"sh' type="password"/>`),
    `<user name="Anna" password="••••••" ns:apiKey = '••••••' type="password"/>`,
  );
});

test('JSON that is a text of JSON is looked through as well, at any depth and cut anywhere', () => {
  const inner = JSON.stringify({
    access_token: 'canary-1',
    name: 'a"b\\c',
    deep: JSON.stringify({ password: 'canary-2"\\', after: 'b' }),
  });
  const text = JSON.stringify({ statusCode: 200, body: inner, plain: 'say \\"hello\\"' });
  const shown = withoutCredentials(text);
  const read = JSON.parse(shown) as { readonly body: string; readonly plain: string };
  const body = JSON.parse(read.body) as Readonly<Record<string, string>>;
  assert.deepEqual([body['access_token'], body['name'], read.plain], ['••••••', 'a"b\\c', 'say \\"hello\\"']);
  assert.deepEqual(JSON.parse(body['deep'] ?? ''), { password: '••••••', after: 'b' });
  for (let end = 0; end < text.length; end++) assert.doesNotMatch(withoutCredentials(text.slice(0, end)), /canary-/);
  const untouched = String.raw`{"a":"\u00e9 \/ \"x\": \"y\""}`;
  assert.equal(withoutCredentials(untouched), untouched);
});

test('tokens one behind the other are masked, and beginnings of tokens without an end hold nothing up', () => {
  assert.equal(withoutCredentials(`a ${jwt}, b-${jwt} ${jwt}.${jwt}`), 'a ••••••, b-•••••• ••••••.••••••');
  for (const piece of ['eyJaaaaaaaa-', 'eyJaaaaaaaa.', '.eyJaaaaaaaa', 'eyJaaaaaaaa.eyJaaaaaaaa-']) {
    const text = piece.repeat(50_000);
    bounded(() => withoutCredentials(text));
  }
});

test('what begins as issuers begin their tokens is masked wherever it stands', () => {
  assert.equal(withoutCredentials(`see ${jwt}, or ghp_${'a1'.repeat(18)}.`), 'see ••••••, or ••••••.');
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvg\nAAAA\n-----END PRIVATE KEY-----';
  assert.equal(withoutCredentials(`a ${key} b`), 'a •••••• b');
});

test('headers lose their credentials and keep what they are about', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['Set-Cookie', 'sid=abc; Path=/; HttpOnly', 'sid=••••••; Path=/; HttpOnly'],
    ['Cookie', 'a=1; b=2', 'a=••••••; b=••••••'],
    ['Authorization', 'Bearer abc', 'Bearer ••••••'],
    ['Proxy-Authorization', 'abc', '••••••'],
    ['X-Api-Key', 'abc def', '••••••'],
    ['DPoP', 'abc', '••••••'],
    ['Content-Type', 'application/json', 'application/json'],
    ['Location', 'https://a.example/?token=abc', 'https://a.example/?token=••••••'],
    ['X-Page-Token', 'abc', 'abc'],
  ];
  for (const [name, value, expected] of cases) assert.equal(headerWithoutCredentials(name, value), expected, name);
});

test('plain JSON keeps its form', () => {
  const data = { url: 'https://a.example', headers: [{ name: 'Set-Cookie', value: 'sid=abc' }], list: [1, null, true] };
  assert.deepEqual(dataWithoutCredentials(data), {
    ...data,
    headers: [{ name: 'Set-Cookie', value: 'sid=••••••' }],
  });
});

test('property: no secret under a telling name survives, in whatever JSON it is', () => {
  const name = fc.constantFrom(
    'access_token',
    'refreshToken',
    'client-secret',
    'password',
    'apiKey',
    'x_api_key',
    'id_token',
  );
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=_-]{16,40}$/).map((text) => `canary${text}`);
  fc.assert(
    fc.property(fc.jsonValue(), name, secret, fc.boolean(), (rest, key, value, isPretty) => {
      const text = JSON.stringify(
        { before: rest, [key]: value, after: [{ [key]: value }, rest] },
        null,
        isPretty ? 2 : 0,
      );
      const masked = withoutCredentials(text);
      assert.deepEqual(findCanaries([{ kind: 'secret', value }], [{ place: 'text', text: masked }]), []);
      assert.doesNotThrow(() => JSON.parse(masked) as unknown);
    }),
  );
});

test('a body without structure takes time in proportion to its length', () => {
  for (const text of [
    '"'.repeat(200_000),
    '"a" '.repeat(50_000),
    '<a>'.repeat(70_000),
    'a=&'.repeat(70_000),
    '"a":"'.repeat(40_000),
    '\\'.repeat(200_000),
    '\\"token\\":\\"'.repeat(20_000),
    `\\"token\\":\\"${'\\\\\\"'.repeat(50_000)}`,
    ` token="`.repeat(30_000),
    ` token='`.repeat(30_000),
  ]) {
    const began = performance.now();
    withoutCredentials(text);
    assert.ok(performance.now() - began < 1000, text.slice(0, 10));
  }
});
