import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { CookieJars } from '../../../../../src/core/http/cookies/cookieJars';
import { CookieStorage } from '../../../../../src/core/http/cookies/cookieStorage';
import {
  cookiesIn,
  EMPTY_JAR,
  isBehind,
  merged,
  type JarContent,
} from '../../../../../src/core/http/cookies/jarContent';
import { decodeJar, encodeJar } from '../../../../../src/core/http/cookies/jarText';
import { cookieId, type KeptCookie } from '../../../../../src/core/http/cookies/keptCookie';
import { eventually } from '../../../../helpers/eventually';
import { ManualClock, settled } from '../../../../helpers/manualClock';
import { SharedSecrets, type FakeSecretStore } from '../../../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../../../helpers/oauth/memoryLog';
import { fc } from '../../../../helpers/properties';

const url = new URL('https://api.acme.dev/v1');
const SCOPE = '["file:///w/latchkey.yaml",null]';

class Window {
  readonly log = new MemoryLog();
  readonly jars: CookieJars;
  readonly secrets: FakeSecretStore;

  readonly clock: ManualClock;

  constructor(clock: ManualClock, secrets: FakeSecretStore) {
    this.clock = clock;
    this.secrets = secrets;
    const { log } = this;
    this.jars = new CookieJars({ clock, log, storage: new CookieStorage(secrets, clock, log) });
  }

  async set(line: string, scope = SCOPE): Promise<void> {
    await this.jars.of(scope).ready();
    await this.jars.of(scope).receive(url, [line]);
  }

  /** What the next request would take along. */
  async sent(scope = SCOPE): Promise<string> {
    await this.jars.of(scope).ready();
    const cookies = this.jars.of(scope).sentTo(url);
    return cookies
      .map(({ name, value }) => `${name}=${value.revealForTransport()}`)
      .sort()
      .join('; ');
  }

  get keys(): readonly string[] {
    return [...this.secrets.values.keys()];
  }
}

/** Opens windows that share one store, with the time standing still. */
function windows(t: TestContext, delay: number | (() => number) = 0): { clock: ManualClock; open: () => Window } {
  const clock = new ManualClock(Date.UTC(2026, 10, 27));
  t.mock.timers.enable({ apis: ['Date'], now: clock.now() });
  const shared = new SharedSecrets();
  return {
    clock,
    open: () => new Window(clock, shared.window(clock, delay)),
  };
}

/** A window of its own, later: nothing but the store is left. */
function reopened({ clock, secrets }: Window): Window {
  return new Window(clock, secrets);
}

test('cookies outlive the window, with all that is known of them', async (t) => {
  const { clock, open } = windows(t);
  const first = open();
  await first.set('sid=1; HttpOnly; Secure; Path=/v1');
  await first.set('all=2; Domain=acme.dev; Path=/; Max-Age=600; SameSite=Lax');
  await clock.advance(300);
  const second = reopened(first);
  assert.equal(await second.sent(), 'all=2; sid=1');
  assert.deepEqual(second.jars.of(SCOPE).sentTo(new URL('http://api.acme.dev/v1')).length, 1, 'Secure is kept');
  assert.deepEqual(second.jars.of(SCOPE).sentTo(new URL('https://www.acme.dev/')).length, 1, 'and the domain');
  assert.deepEqual(second.log.lines, []);
});

test('they are sent in the order in which they came, also by the next window and the one after it', async (t) => {
  const { open } = windows(t);
  let window = open();
  for (const name of ['c', 'a', 'd', 'b']) await window.set(`${name}=1`);
  for (let index = 0; index < 2; index++) {
    const names = window.jars.of(SCOPE).sentTo(url);
    assert.deepEqual(names.map(({ name }) => name).join(''), 'cadb');
    await window.jars.flush();
    window = reopened(window);
    await window.set('c=2');
  }
});

test('environments and projects are entries of their own', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  await window.set('sid=1', 'a');
  await window.set('sid=2', 'b');
  await clock.advance(300);
  const next = reopened(window);
  assert.deepEqual([next.keys.length, await next.sent('a'), await next.sent('b')], [2, 'sid=1', 'sid=2']);
  assert.equal(await next.sent('c'), '');
});

test('a burst is written once, when it is over, and after two seconds at the latest', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  for (let index = 0; index < 20; index++) {
    await window.set(`n=${index}`);
    await clock.advance(20);
  }
  assert.equal(window.secrets.written.length, 0);
  await clock.advance(300);
  assert.equal(window.secrets.written.length, 1);
  for (let index = 20; index < 50; index++) {
    await window.set(`n=${index}`);
    await clock.advance(100);
  }
  assert.equal(window.secrets.written.length, 2, 'it does not wait for ever');
  await window.jars.flush();
  assert.equal(await reopened(window).sent(), 'n=49');
});

test('what changes nothing is not written again', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  await window.set('sid=1');
  await clock.advance(300);
  for (let index = 0; index < 5; index++) await window.set('sid=1');
  await clock.advance(5000);
  await window.jars.flush();
  assert.equal(window.secrets.written.length, 1);
});

test('the store is read once, and not before a request could use it', async (t) => {
  const { open } = windows(t);
  const window = open();
  let reads = 0;
  const get = window.secrets.get.bind(window.secrets);
  window.secrets.get = (key) => {
    reads++;
    return get(key);
  };
  const jar = window.jars.of(SCOPE);
  await settled();
  assert.equal(reads, 0);
  await Promise.all([jar.ready(), jar.ready()]);
  assert.equal(jar.ready(), undefined, 'later sends do not even wait for a promise');
  assert.equal(reads, 1);
});

test('a store that does not answer holds a send up for two seconds once, and fails none', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  await window.set('old=1');
  await window.jars.flush();
  const next = reopened(window);
  let answer = (): void => undefined;
  const get = next.secrets.get.bind(next.secrets);
  const asked = new Promise<void>((resolve) => (answer = resolve));
  next.secrets.get = async (key) => {
    await asked;
    return get(key);
  };
  const ready = next.jars.of(SCOPE).ready();
  await clock.advance(2000);
  await ready;
  assert.equal(next.jars.of(SCOPE).ready(), undefined);
  await next.jars.of(SCOPE).receive(url, ['new=2']);
  answer();
  // What comes late is put together with what came meanwhile.
  await eventually(async () => assert.equal(await next.sent(), 'new=2; old=1'));
  await next.jars.flush();
  assert.equal(await reopened(next).sent(), 'new=2; old=1');
});

test('a store that fails costs a line in the log, and the next change tries again', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  window.secrets.failing.add('get').add('set');
  await window.set('sid=c2VjcmV0');
  await clock.advance(300);
  assert.equal(await window.sent(), 'sid=c2VjcmV0');
  assert.match(window.log.text, /could not be kept in the secret storage/);
  assert.doesNotMatch(window.log.text, /c2VjcmV0/);
  window.secrets.failing.clear();
  await window.set('next=1');
  await clock.advance(300);
  assert.equal(await reopened(window).sent(), 'next=1; sid=c2VjcmV0');
});

test('expired cookies are not kept', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  await window.set('short=1; Max-Age=1');
  await window.set('long=2');
  t.mock.timers.tick(2000);
  await clock.advance(2000);
  await window.set('other=3');
  await window.jars.flush();
  assert.doesNotMatch(window.secrets.written.at(-1) ?? '', /short/);
  assert.equal(await reopened(window).sent(), 'long=2; other=3');
});

test('two windows put their cookies together, whoever writes first, and see each other’s', async (t) => {
  const { clock, open } = windows(t, 100);
  const [a, b] = [open(), open()];
  await Promise.all([a.sent(), b.sent()]);
  await a.set('a=1');
  await b.set('b=2');
  await clock.advance(2000);
  for (const window of [a, b, reopened(a)]) assert.equal(await window.sent(), 'a=1; b=2');
  await a.set('a=; Max-Age=0');
  await clock.advance(2000);
  for (const window of [a, b, reopened(b)]) assert.equal(await window.sent(), 'b=2', 'a deletion wins');
  const written = a.secrets.written.length + b.secrets.written.length;
  await clock.advance(60_000);
  assert.equal(a.secrets.written.length + b.secrets.written.length, written, 'they do not write for ever');
});

test('whatever two windows do at the same time, they come to hold the same, and so does the store', async (t) => {
  const action = fc.record({
    window: fc.nat(1),
    what: fc.constantFrom('set', 'set', 'set', 'remove', 'clear'),
    name: fc.constantFrom('x', 'y', 'z'),
    wait: fc.constantFrom(0, 1, 90, 240, 260, 500, 3000, 11_000),
  });
  const delay = fc.constantFrom(0, 5, 100, 400);
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), delay, async (actions, milliseconds) => {
      t.mock.timers.reset();
      const { clock, open } = windows(t, milliseconds);
      const both = [open(), open()] as const;
      for (const [index, { window: which, what, name, wait }] of actions.entries()) {
        const window = both[which === 0 ? 0 : 1];
        // The clock stands still, so what is stored is there when it is asked for.
        if (what === 'clear') await window.jars.clear([SCOPE]);
        else await window.set(what === 'set' ? `${name}=${index}` : `${name}=; Max-Age=0`);
        await clock.advance(wait);
      }
      await clock.advance(40_000);
      const [a, b] = both;
      const held = await a.sent();
      assert.equal(await b.sent(), held);
      assert.equal(await reopened(a).sent(), held);
      assert.equal(held === '', a.keys.length === 0, 'an empty jar has no entry');
      const last = actions.at(-1);
      if (last?.what === 'clear' && last.wait >= 500) assert.equal(held, '');
    }),
    { numRuns: 150 },
  );
});

test('clearing empties the store and every window, also of what was about to be written', async (t) => {
  const { clock, open } = windows(t, 100);
  const [a, b] = [open(), open()];
  await a.set('a=1');
  await clock.advance(1000);
  assert.equal(await b.sent(), 'a=1');
  await b.set('pending=2');
  await clock.advance(10);
  assert.equal(await a.jars.clear([SCOPE]), 1);
  assert.equal(await a.sent(), '');
  await clock.advance(4000);
  assert.deepEqual([await a.sent(), await b.sent()], ['', '']);
  await clock.advance(10_000);
  assert.deepEqual([a.keys, b.keys], [[], []]);
  await b.set('later=3');
  await clock.advance(1000);
  assert.deepEqual([await a.sent(), await b.sent(), await reopened(a).sent()], ['later=3', 'later=3', 'later=3']);
});

test('closing the window right after clearing leaves nothing behind', async (t) => {
  const { open } = windows(t);
  const window = open();
  await window.set('sid=1');
  await window.jars.flush();
  assert.equal(window.keys.length, 1);
  await window.jars.clear([SCOPE]);
  assert.ok(!window.secrets.written.at(-1)?.includes('sid'));
  await window.jars.flush();
  assert.deepEqual(window.keys, []);
});

test('a window whose clock is slow is not behind for ever', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  const slowSets = async (line: string): Promise<void> => {
    const slow = new Window(new ManualClock(clock.now() - 3_600_000), window.secrets);
    assert.equal(await slow.sent(), '');
    await slow.set(line);
    await slow.jars.flush();
    await settled();
  };
  await window.set('sid=1');
  await window.jars.flush();
  await window.jars.clear([SCOPE]);
  await slowSets('sid=2');
  assert.equal(await window.sent(), 'sid=2', 'it has seen the other’s time');
  await window.jars.clear([SCOPE]);
  await clock.advance(20_000);
  await slowSets('sid=3');
  assert.equal(await window.sent(), 'sid=3', 'nobody remembers for ever when that was');
});

test('a run leaves its cookies instead of those before it, also where these were not read yet', async (t) => {
  const { clock, open } = windows(t);
  const before = open();
  await before.set('old=1');
  await before.set('sid=1');
  await before.jars.flush();
  const window = reopened(before);
  const run = window.jars.fresh();
  await run.of(SCOPE).receive(url, ['sid=2']);
  assert.equal(run.of(SCOPE).ready(), undefined, 'it begins with nothing, and waits for nothing');
  await clock.advance(10);
  window.jars.adopt(run);
  assert.equal(await window.sent(), 'sid=2');
  await clock.advance(1000);
  assert.equal(await reopened(window).sent(), 'sid=2');
});

for (const [kind, text] of [
  ['nonsense', 'c0ffee{{'],
  ['another form', '{"latchkey":1,"cookies":"c0ffee"}'],
  ['half an entry', '{"latchkey":1,"scope":"x","savedAt":1,"clearedAt":0,"removed":[],"cookies":[{"name":"c0ffee"'],
  ['a huge one', JSON.stringify({ latchkey: 1, value: 'c0ffee'.repeat(1_000_000) })],
] as const)
  test(`an entry that is broken (${kind}) is passed over, told once, and replaced`, async (t) => {
    const { open } = windows(t);
    const window = open();
    await window.set('x=1');
    await window.jars.flush();
    const [key = ''] = window.keys;
    await window.secrets.set(key, text);
    const next = reopened(window);
    assert.equal(await next.sent(), '');
    assert.match(next.log.text, /cannot be read: they are passed over/);
    assert.doesNotMatch(next.log.text, /c0ffee/);
    assert.equal(next.log.lines.length, 1);
    await next.set('sid=1');
    await next.jars.flush();
    assert.equal(await reopened(next).sent(), 'sid=1');
  });

test('an entry of a later version is left alone until somebody clears it', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  await window.set('x=1');
  await window.jars.flush();
  const [key = ''] = window.keys;
  await window.secrets.set(key, '{"latchkey":2,"jar":"of tomorrow"}');
  const next = reopened(window);
  await next.set('sid=1');
  await clock.advance(5000);
  assert.equal(await next.sent(), 'sid=1');
  assert.match(window.secrets.values.get(key) ?? '', /of tomorrow/);
  assert.match(next.log.text, /later version/);
  await next.jars.clear([SCOPE]);
  assert.deepEqual(next.keys, []);
  await window.secrets.set(key, '{"latchkey":2,"jar":"of tomorrow"}');
  await reopened(window).jars.clearUnreadable();
  assert.deepEqual(next.keys, []);
});

test('the jars of other folders are listed too, and cleared one by one', async (t) => {
  const { open } = windows(t);
  const window = open();
  await window.set('a=1', 'a');
  await window.set('b=1', 'b');
  await window.jars.flush();
  const next = reopened(window);
  await next.set('c=1', 'c');
  assert.deepEqual(
    [...(await next.jars.list())].sort((x, y) => (x.scope < y.scope ? -1 : 1)),
    [
      { scope: 'a', count: 1, isUsed: false },
      { scope: 'b', count: 1, isUsed: false },
      { scope: 'c', count: 1, isUsed: true },
    ],
  );
  assert.equal(await next.jars.clear(['a', 'c']), 2);
  await next.jars.flush();
  assert.equal(next.keys.length, 1);
  assert.equal(await reopened(next).sent('b'), 'b=1');
});

test('clearing says when the store does not do it', async (t) => {
  const { open } = windows(t);
  const window = open();
  await window.set('sid=1');
  await window.jars.flush();
  window.secrets.failing.add('set');
  await assert.rejects(window.jars.clear([SCOPE]), { code: 'oauth.secretStoreFailed' });
  assert.equal(await window.sent(), '');
});

test('entries stay small, however many and large the cookies are, and so does their number', async (t) => {
  const { clock, open } = windows(t);
  const window = open();
  for (let index = 0; index < 300; index++) {
    const host = new URL(`https://d${index % 30}.acme.dev/`);
    await window.jars.of(SCOPE).receive(host, [`c${index}=${'x'.repeat(3000)}`]);
    if (index % 40 === 0) await clock.advance(300);
  }
  await window.jars.flush();
  for (const text of window.secrets.written) assert.ok(text.length < 300_000, String(text.length));
  for (let index = 0; index < 60; index++) {
    await clock.advance(1000);
    const next = reopened(window);
    await next.set('sid=1', `folder ${index}`);
    await next.jars.flush();
  }
  assert.equal(window.keys.length, 50);
  assert.equal(await reopened(window).sent('folder 59'), 'sid=1');
  assert.equal(await reopened(window).sent('folder 3'), '');
});

const stamp = fc.integer({ min: 1, max: 12 });
const content: fc.Arbitrary<JarContent> = fc
  .record({
    clearedAt: fc.integer({ min: 0, max: 8 }),
    marks: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), stamp), { maxLength: 5 }),
  })
  .map(({ clearedAt, marks }) => ({
    clearedAt,
    // Two windows never say two things at one time, so the time tells here what was said.
    marks: new Map(
      marks.map(([name, at]) => [
        cookieId(cookieOf(name, '')),
        { stamp: at, cookie: at % 2 === 0 ? cookieOf(name, String(at)) : undefined },
      ]),
    ),
  }));

function cookieOf(name: string, value: string): KeptCookie {
  return {
    ...{ name, value, domain: 'acme.dev', hostOnly: true, path: '/', secure: true, httpOnly: false },
    ...{ sameSite: undefined, expiresAt: undefined, createdAt: 1, usedAt: 1 },
  };
}

function shown(jar: JarContent): readonly string[] {
  return cookiesIn(jar)
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
}

test('put together in any order, and more than once, it comes to the same, and nothing is behind it', () => {
  fc.assert(
    fc.property(content, content, content, (a, b, c) => {
      const whole = merged(merged(a, b), c);
      assert.deepEqual(shown(whole), shown(merged(c, merged(b, a))));
      assert.deepEqual(shown(whole), shown(merged(merged(whole, a), whole)));
      for (const each of [a, b, c]) assert.equal(isBehind(whole, each), false);
      assert.deepEqual(shown(merged(EMPTY_JAR, whole)), shown(whole));
    }),
  );
});

test('an entry is read as it was written, and no text makes it throw', () => {
  fc.assert(
    fc.property(content, (jar) => {
      const read = decodeJar(encodeJar({ scope: SCOPE, savedAt: 10, content: jar }));
      assert.ok(typeof read !== 'string');
      assert.deepEqual(shown(read.content), shown(jar));
      assert.equal(read.scope, SCOPE);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.ok(['broken', 'newer'].includes(decodeJar(text) as string));
    }),
  );
});
