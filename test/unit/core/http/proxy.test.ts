import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chooseProxy, type Environment, type ProxySettings } from '../../../../src/core/http/proxy';
import { Secret } from '../../../../src/core/secret';

const none: ProxySettings = { proxy: '', noProxy: [], authorization: undefined, isOn: true, strictSsl: true };

function chosen(url: string, settings: Partial<ProxySettings> = {}, environment: Environment = {}): string | undefined {
  const proxy = chooseProxy(new URL(url), { ...none, ...settings }, environment);
  return proxy && `${proxy.scheme}://${proxy.hostname}:${proxy.port} ${proxy.setting}`;
}

suite('which proxy', () => {
  const environment = { HTTPS_PROXY: 'http://s.dev:1', HTTP_PROXY: 'http://p.dev:2' };

  test('the setting before the environment, and that by scheme', () => {
    assert.equal(chosen('https://a.dev'), undefined);
    assert.equal(chosen('https://a.dev', {}, environment), 'http://s.dev:1 HTTPS_PROXY');
    assert.equal(chosen('http://a.dev', {}, environment), 'http://p.dev:2 HTTP_PROXY');
    assert.equal(chosen('https://a.dev', { proxy: 'https://own.dev' }, environment), 'https://own.dev:443 http.proxy');
    assert.equal(chosen('https://a.dev', { isOn: false, proxy: 'http://own.dev' }, environment), undefined);
  });

  test('either case of a variable; the small one first, as everywhere', () => {
    assert.equal(chosen('https://a.dev', {}, { https_proxy: 'l.dev:8080' }), 'http://l.dev:8080 https_proxy');
    assert.equal(
      chosen('https://a.dev', {}, { ...environment, https_proxy: 'http://l.dev' }),
      'http://l.dev:80 https_proxy',
    );
    assert.equal(
      chosen('https://a.dev', {}, { https_proxy: ' ', HTTPS_PROXY: 'u.dev' }),
      'http://u.dev:80 HTTPS_PROXY',
    );
  });

  for (const proxy of ['socks5://p.dev:1080', 'http://', 'http://p.dev:99999', '::', 'ftp://p.dev']) {
    test(`${proxy} is none`, () => {
      assert.throws(() => chosen('https://a.dev', { proxy }), {
        code: 'http.proxyInvalid',
        data: { setting: 'http.proxy' },
      });
    });
  }

  test('user name and password of the URL, unless there is a header of its own', () => {
    const authorization = (settings: Partial<ProxySettings>): string | undefined =>
      chooseProxy(new URL('https://a.dev'), { ...none, ...settings }, {})?.authorization?.revealForTransport();
    const basic = `Basic ${Buffer.from('me:p@ß%').toString('base64')}`;
    assert.equal(authorization({ proxy: 'http://me:p%40%C3%9F%@p.dev' }), basic);
    assert.equal(authorization({ proxy: 'http://me:x@p.dev', authorization: new Secret('Bearer t') }), 'Bearer t');
    assert.equal(authorization({ proxy: 'http://p.dev' }), undefined);
  });
});

suite('which go without', () => {
  const proxy = 'http://p.dev';
  const cases: readonly (readonly [exception: string, url: string, without: boolean])[] = [
    ['*', 'https://a.dev', true],
    ['a.dev', 'https://a.dev', true],
    ['A.Dev', 'https://x.a.dev', true],
    ['.a.dev', 'https://x.a.dev', true],
    ['*.a.dev', 'https://x.a.dev', true],
    ['a.dev', 'https://ba.dev', false],
    ['a.dev', 'https://a.dev.evil.example', false],
    ['a.dev:443', 'https://a.dev', true],
    ['a.dev:8443', 'https://a.dev', false],
    ['a.dev:80', 'http://x.a.dev', true],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['192.168.1.7', 'https://192.168.1.7', true],
    ['192.168.1.0/24:8443', 'https://192.168.1.9:8443', true],
    ['::2', 'https://[::2]', true],
    ['[::2]:8443', 'https://[::2]:8443', true],
    ['2001:DB8:0:0::2', 'https://[2001:db8::2]', true],
    ['[2001:db8:0::2]:8443', 'https://[2001:db8::2]:8443', true],
    ['fd00::/8', 'https://[fd12:3456::1]', true],
    ['fd00::/8', 'https://[2001:db8::2]', false],
    ['::/0', 'https://10.1.2.3', false],
    ['fd00::/129', 'https://[fd00::]', false],
    ['', 'https://a.dev', false],
    ['.', 'https://a.dev', false],
  ];
  for (const [exception, url, without] of cases) {
    test(`${url} with ${JSON.stringify(exception)}: ${without ? 'straight' : 'by the proxy'}`, () => {
      assert.equal(chosen(url, { proxy, noProxy: [exception] }) === undefined, without);
      assert.equal(
        chosen(url, {}, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, no_proxy: `b.dev, ${exception}` }) === undefined,
        without,
      );
    });
  }

  test('both lists count', () => {
    const environment = { NO_PROXY: 'b.dev' };
    assert.equal(chosen('https://b.dev', { proxy, noProxy: ['a.dev'] }, environment), undefined);
    assert.equal(chosen('https://a.dev', { proxy, noProxy: ['a.dev'] }, environment), undefined);
  });

  test('this machine, unless that is asked for', () => {
    for (const host of ['127.0.0.1', 'localhost', 'api.localhost', '[::1]']) {
      assert.equal(chosen(`http://${host}:8080`, { proxy }), undefined);
      assert.equal(chosen(`http://${host}:8080`, { proxy, noProxy: ['<-loopback>'] }), 'http://p.dev:80 http.proxy');
    }
  });
});
