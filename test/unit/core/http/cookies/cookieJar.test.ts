import assert from 'node:assert/strict';
import test from 'node:test';
import { CookieJar } from '../../../../../src/core/http/cookies/cookieJar';
import { CookieJars } from '../../../../../src/core/http/cookies/cookieJars';
import { ManualClock } from '../../../../helpers/manualClock';
import { MemoryLog } from '../../../../helpers/oauth/memoryLog';
import type { ReceivedCookie } from '../../../../../src/core/http/cookies/hopCookies';
import { fc } from '../../../../helpers/properties';

const NOW = Date.UTC(2026, 10, 27);

function fateOf({ fate }: ReceivedCookie): string {
  return fate.kind === 'refused' ? fate.reason : fate.kind;
}

function set(url: string, line: string, jar = new CookieJar()): string {
  return fateOf(jar.receive(new URL(url), line, NOW));
}

function sent(jar: CookieJar, url: string): string {
  return jar
    .sentTo(new URL(url))
    .map(({ name, value }) => `${name}=${value.revealForTransport()}`)
    .join('; ');
}

test('a cookie goes back to where it belongs, and nowhere else', () => {
  const jar = new CookieJar();
  set('https://api.acme.dev/v1/login', 'own=1', jar);
  set('https://api.acme.dev/v1/login', 'all=2; Domain=acme.dev; Path=/', jar);
  set('https://api.acme.dev/', 'secure=3; Secure', jar);
  set('https://api.acme.dev/', 'deep=4; Path=/v1/orders', jar);
  assert.equal(sent(jar, 'https://api.acme.dev/v1/orders/7'), 'deep=4; own=1; all=2; secure=3');
  assert.equal(sent(jar, 'https://api.acme.dev/v1'), 'own=1; all=2; secure=3');
  assert.equal(sent(jar, 'https://api.acme.dev/v10'), 'all=2; secure=3');
  assert.equal(sent(jar, 'http://api.acme.dev/v1'), 'own=1; all=2');
  assert.equal(sent(jar, 'https://www.acme.dev/v1'), 'all=2');
  assert.equal(sent(jar, 'https://acme.dev.evil.example/'), '');
  assert.equal(sent(jar, 'https://evilacme.dev/'), '');
});

test('ports and, but for Secure, schemes share their cookies', () => {
  const jar = new CookieJar();
  set('http://127.0.0.1:8080/', 'sid=1', jar);
  set('http://localhost:8080/', 'sid=2; Secure', jar);
  assert.equal(sent(jar, 'http://127.0.0.1:9090/'), 'sid=1');
  assert.equal(sent(jar, 'http://localhost:9090/'), 'sid=2', 'this machine is as good as a secure connection');
});

test('what the standard refuses is refused, with the reason', () => {
  const cases: readonly (readonly [url: string, line: string, fate: string])[] = [
    ['https://api.acme.dev/', 'a=1; Domain=evil.example', 'otherDomain'],
    ['https://acme.dev/', 'a=1; Domain=api.acme.dev', 'otherDomain'],
    ['https://acme.co.uk/', 'a=1; Domain=co.uk', 'publicSuffix'],
    ['https://acme.dev/', 'a=1; Domain=dev', 'publicSuffix'],
    ['https://me.github.io/', 'a=1; Domain=github.io', 'publicSuffix'],
    ['http://acme.dev/', 'a=1; Secure', 'insecure'],
    ['https://acme.dev/', '__Host-a=1; Secure', 'prefix'],
    ['https://acme.dev/', '__Host-a=1; Secure; Path=/; Domain=acme.dev', 'prefix'],
    ['https://acme.dev/', '__Secure-a=1', 'prefix'],
    ['https://acme.dev/', '__Host-a=1; Secure; Path=/', 'stored'],
    ['https://acme.dev/', 'a=1; SameSite=None', 'sameSiteNone'],
    ['https://acme.dev/', 'a=1; SameSite=None; Secure', 'stored'],
    ['https://acme.dev/', 'a=1\u0000b', 'unreadable'],
    ['https://acme.dev/', '', 'unreadable'],
    ['https://acme.dev/', `a=${'x'.repeat(4096)}`, 'tooLarge'],
    ['https://acme.dev/', `a=${'x'.repeat(1024 * 1024)}`, 'tooLarge'],
    ['https://acme.dev/', `a=1; Path=/${'x'.repeat(9000)}`, 'tooLarge'],
    ['https://acme.dev/', 'a=1; Max-Age=0', 'removed'],
    ['https://acme.dev/', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'removed'],
  ];
  for (const [url, line, fate] of cases) assert.equal(set(url, line), fate, `${url} ${line.slice(0, 80)}`);
});

test('a server without encryption does not replace a Secure cookie', () => {
  const jar = new CookieJar();
  set('https://acme.dev/', 'sid=right; Secure; Domain=acme.dev', jar);
  assert.equal(set('http://acme.dev/', 'sid=wrong', jar), 'overwritesSecure');
  assert.equal(set('http://api.acme.dev/', 'sid=wrong', jar), 'overwritesSecure');
  assert.equal(set('http://acme.dev/', 'other=1', jar), 'stored');
  assert.equal(sent(jar, 'https://acme.dev/'), 'sid=right; other=1');
});

test('a cookie ends when it expires, and when a server deletes it', () => {
  const jar = new CookieJar();
  jar.receive(new URL('https://acme.dev/'), 'short=1; Max-Age=1', Date.now() - 2000);
  set('https://acme.dev/', 'sid=1', jar);
  assert.equal(sent(jar, 'https://acme.dev/'), 'sid=1');
  set('https://acme.dev/', 'sid=; Max-Age=0', jar);
  assert.equal(sent(jar, 'https://acme.dev/'), '');
});

test('the end that Max-Age says is not put off by sending the cookie', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOW });
  const jar = new CookieJar();
  set('https://acme.dev/', 'sid=1; Max-Age=60', jar);
  for (const seconds of [20, 20, 15]) {
    t.mock.timers.tick(seconds * 1000);
    assert.equal(sent(jar, 'https://acme.dev/'), 'sid=1');
  }
  t.mock.timers.tick(6000);
  assert.equal(sent(jar, 'https://acme.dev/'), '');
});

test('of cookies of many domains those used last are kept, so many as fit into an entry of the store', () => {
  const jar = new CookieJar();
  for (let index = 0; index < 100; index++)
    assert.equal(set(`https://d${index}.acme.dev/`, `big=${'x'.repeat(4000)}`, jar), 'stored');
  assert.ok(jar.size > 40 && jar.size < 50, String(jar.size));
  assert.match(sent(jar, 'https://d99.acme.dev/'), /big/);
  assert.equal(sent(jar, 'https://d1.acme.dev/'), '');
});

test('what has changed is told, but for what makes no difference', () => {
  const jar = new CookieJar();
  const changes = (): readonly string[] =>
    jar.takeChanges().map(({ id, cookie }) => `${id.split('\n')[2]} ${cookie?.value}`);
  const url = new URL('https://acme.dev/');
  const at = (line: string, seconds: number): unknown => jar.receive(url, line, NOW + seconds * 1000);
  at('sid=1', 0);
  at('gone=1', 0);
  assert.deepEqual(changes(), ['sid 1', 'gone 1']);
  at('sid=1', 1);
  at('gone=; Max-Age=0', 1);
  at('never=; Max-Age=0', 1);
  assert.deepEqual(changes(), ['gone undefined']);
  at('sid=1; HttpOnly', 2);
  at('slides=1; Max-Age=3600', 2);
  assert.deepEqual(changes(), ['sid 1', 'slides 1']);
  at('slides=1; Max-Age=3600', 30);
  assert.deepEqual(changes(), [], 'half a minute of an hour');
  at('slides=1; Max-Age=3600', 63);
  assert.deepEqual(changes(), ['slides 1'], 'half minutes do not add up');
  at('short=1; Max-Age=30', 63);
  at('short=1; Max-Age=30', 70);
  assert.deepEqual(changes(), ['short 1']);
  at('short=1; Max-Age=30', 80);
  assert.deepEqual(changes(), ['short 1'], 'of a short life each second counts');
});

test('of very many cookies the newest 180 of a domain are kept', () => {
  const jar = new CookieJar();
  for (let index = 0; index < 1000; index++)
    assert.equal(set('https://acme.dev/', `c${index}=${index}`, jar), 'stored');
  assert.equal(jar.size, 180);
  assert.match(sent(jar, 'https://acme.dev/'), /c999=999/);
  assert.doesNotMatch(sent(jar, 'https://acme.dev/'), /c819=/);
});

test('no header makes it throw, and nothing but cookies of the host comes out', () => {
  const jar = new CookieJar();
  const url = new URL('https://acme.dev/a/b');
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        fc.string(),
        fc.constantFrom('; Domain=', '; Path=', '; Expires=', '; Max-Age=', '; SameSite=', ';'),
        fc.string(),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(line, (text) => {
      const { attributes, fate } = jar.receive(url, text, NOW);
      assert.ok(fate.kind !== 'stored' || attributes?.domain === 'acme.dev', text);
      assert.deepEqual(jar.sentTo(new URL('https://other.example/')), []);
    }),
  );
});

test('projects and environments have jars of their own; one or all are cleared', async () => {
  const jars = new CookieJars({ clock: new ManualClock(NOW), log: new MemoryLog() });
  const url = new URL('https://acme.dev/');
  await jars.of('a').receive(url, ['sid=1']);
  await jars.of('b').receive(url, ['sid=2', 'x=3']);
  assert.equal(jars.of('a').sentTo(url)[0]?.value.revealForTransport(), '1');
  assert.deepEqual(jars.of('c').sentTo(url), []);
  assert.equal(await jars.clear(['a']), 1);
  assert.deepEqual(jars.of('a').sentTo(url), []);
  const run = jars.fresh();
  assert.deepEqual(run.of('b').sentTo(url), []);
  await run.of('b').receive(url, ['sid=9']);
  jars.adopt(run);
  assert.deepEqual(
    jars
      .of('b')
      .sentTo(url)
      .map(({ name }) => name),
    ['sid'],
  );
  assert.deepEqual(await jars.list(), [{ scope: 'b', count: 1, isUsed: true }]);
});
