import assert from 'node:assert/strict';
import test from 'node:test';
import { isHostShown, shownAddress, shownOrigin } from '../../../../src/core/http/httpUrl';
import { isLocalhostName, isLoopbackHost } from '../../../../src/core/http/loopback';
import { joinSensitive, MASK, Secret } from '../../../../src/core/secret';

test('loopback is 127/8, ::1 and every name under localhost, and nothing that looks like it', () => {
  const hostOf = (url: string): string => new URL(url).hostname;
  for (const url of [
    'http://127.0.0.1',
    'http://127.9.8.7',
    'http://2130706433',
    'http://0x7f.1',
    'http://[::1]',
    'http://[0:0::1]',
    'http://localhost',
    'http://LOCALHOST.',
    'http://a.b.localhost',
  ]) {
    assert.ok(isLoopbackHost(hostOf(url)), url);
  }
  for (const url of [
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'http://localhost.evil.test',
    'http://notlocalhost',
    'http://127.0.0.1.evil.test',
    'http://127.evil.test',
    'http://[::ffff:7f00:1]',
  ]) {
    assert.ok(!isLoopbackHost(hostOf(url)), url);
  }
  assert.ok(!isLocalhostName('127.0.0.1') && !isLocalhostName('.localhost'));
});

test('the address of a URL, with the port it implies', () => {
  assert.deepEqual(shownAddress('https://a.test/x'), { scheme: 'https', host: 'a.test', port: '443' });
  assert.deepEqual(shownAddress('http://[::1]:8080/x'), { scheme: 'http', host: '[::1]', port: '8080' });
});

test('a host that holds a secret is masked, a secret behind it does not matter', () => {
  const key = new Secret('s3cret');
  for (const url of [
    joinSensitive(['https://', key, '.test/']),
    joinSensitive([key, '/x']),
    joinSensitive(['https:', key]),
    new Secret('https://a.test/'),
  ]) {
    assert.equal(isHostShown(url), false);
    assert.equal(shownAddress(url).host, MASK);
    assert.equal(shownOrigin(url), MASK);
  }
  for (const rest of ['/', '/?k=', '#', '?'])
    assert.equal(shownOrigin(joinSensitive([`https://a.test${rest}`, key])), 'https://a.test');
});
