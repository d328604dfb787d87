import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Lock } from '../../../src/core/ports';
import { FileLock } from '../../../src/node/fileLock';
import { nodeClock } from '../../../src/node/nodeClock';
import { startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { SharedSecrets } from '../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../helpers/oauth/memoryLog';
import type { QuirkAnswer, QuirkServer } from '../../helpers/oauth/quirkServer';
import { answersWithCode, plain, quirkyServer, refreshes } from '../../helpers/oauth/quirkySignIn';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { folder, fresh, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { temporaryFolder } from '../../helpers/temporaryFolder';

/** A server that signs in at once and answers each refresh with what `next` says. */
function refreshing(next: { answer: QuirkAnswer | (() => QuirkAnswer) }): Promise<QuirkServer> {
  return quirkyServer(({ form }) => {
    if (form.get('grant_type') === 'refresh_token')
      return typeof next.answer === 'function' ? next.answer() : next.answer;
    return { body: { access_token: 'first', token_type: 'bearer', refresh_token: 'r1', expires_in: 600 } };
  });
}

const minutes = 60_000;

suite('fresh tokens', () => {
  test('refreshed when due and not before, rotated, once for everybody who asks at the same time [F1 #autoRefresh #refreshOnce]', async () => {
    await using server = await startAuthServer({ accessTokenTtl: 600 });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock });
    const session = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    const first = await fresh(window, session.id);
    clock.forward(8 * minutes);
    assert.equal(await fresh(window, session.id), first);
    clock.forward(1.2 * minutes);
    const before = server.requests.filter((request) => request === 'POST /token').length;
    const tokens = await Promise.all(Array.from({ length: 10 }, () => fresh(window, session.id)));
    assert.equal(new Set(tokens).size, 1);
    assert.notEqual(tokens[0], first);
    assert.equal(server.requests.filter((request) => request === 'POST /token').length, before + 1);
    assert.ok(await server.accepts(tokens[0] ?? ''));
    const [now] = await window.service.list();
    assert.equal(now?.id, session.id);
    assert.ok((now.expiresAt ?? 0) > (session.expiresAt ?? 0));
    assert.deepEqual(window.changes.at(-1), { added: [], removed: [], changed: [now] });
    assert.deepEqual(now.grantedScopes, session.grantedScopes);
  });

  test('one caller cancelling neither breaks off the refresh nor disturbs the others', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const next = {
      answer: { body: { access_token: 'second', token_type: 'bearer', refresh_token: 'r2', expires_in: 600 } },
    };
    await using server = await refreshing(next);
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    const token = server.routes['/token'];
    server.routes['/token'] = async (request) => {
      await held;
      return token?.(request) ?? {};
    };
    clock.forward(20 * minutes);
    const user = new AbortController();
    const cancelled = window.service.freshToken(session.id, user.signal);
    const other = fresh(window, session.id);
    user.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    release();
    assert.equal(await other, 'second');
    assert.equal(refreshes(server).length, 1);
  });

  test('a response without a refresh token keeps the old one; extra parameters are sent [F2 #refresh #refreshParams]', async () => {
    let count = 0;
    await using server = await refreshing({
      answer: () => ({ body: { access_token: `again${++count}`, token_type: 'bearer', expires_in: 600 } }),
    });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const connection = plain(server.origin);
    const parameters = { ...connection.parameters, refresh: { tenant: 'x' } };
    const session = await signIn(window, { ...connection, parameters, resource: ['urn:a'] });
    for (const expected of ['again1', 'again2']) {
      clock.forward(10 * minutes);
      assert.equal(await fresh(window, session.id), expected);
    }
    assert.deepEqual(refreshes(server), ['r1', 'r1']);
    assert.equal(server.to('/token').at(-1)?.form.get('tenant'), 'x');
    assert.equal(server.to('/token').at(-1)?.form.get('resource'), 'urn:a');
  });

  test('a 401 renews once; a token that has changed meanwhile is used without asking the server [#renewOn401]', async () => {
    let count = 1;
    await using server = await refreshing({
      answer: () => ({
        body: { access_token: `a${++count}`, token_type: 'bearer', refresh_token: `r${count}`, expires_in: 600 },
      }),
    });
    using window = new TestWindow({ browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    const first = await window.service.freshToken(session.id, never());
    const [one, two] = await Promise.all([1, 2].map(() => window.service.renew(session.id, first, never())));
    assert.equal(one?.value.revealForTransport(), 'a2');
    assert.equal(two?.value.revealForTransport(), 'a2');
    assert.equal((await window.service.renew(session.id, first, never()))?.value.revealForTransport(), 'a2');
    assert.deepEqual(refreshes(server), ['r1']);
  });

  test('invalid_grant: the account stays and is asked to sign in again; doing so revives the same session', async () => {
    const next = { answer: { status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } } };
    await using server = await refreshing(next);
    const clock = new ShiftedClock({ shortWaitsPass: true });
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), {
      code: 'oauth.signInAgain',
      message: `The session of ${session.account.label} has ended.`,
    });
    const [now] = await window.service.list();
    assert.equal(now?.state, 'signInAgain');
    assert.deepEqual(now.account, session.account);
    assert.equal(now.id, session.id);
    assert.ok(!window.secrets.values.get(`latchkey.session.${session.id}`)?.includes('"r1"'), 'dead tokens are gone');
    await assert.rejects(fresh(window, session.id), { code: 'oauth.signInAgain' });
    assert.equal(refreshes(server).length, 1, 'nobody asks again');

    const again = await window.service.signIn(plain(server.origin), {
      folder,
      signal: never(),
      accountId: session.account.id,
    });
    assert.equal(again.kind, 'signedIn');
    assert.equal(again.session.id, session.id);
    assert.equal(again.session.state, 'active');
    assert.equal(await fresh(window, session.id), 'first');
  });

  for (const [name, answer, code] of [
    ['500', { status: 500 }, 'oauth.serverBusy'],
    ['503 as a page', { status: 503, body: '<h1>later</h1>' }, 'oauth.serverBusy'],
    ['429', { status: 429, headers: { 'retry-after': '120' } }, 'oauth.serverBusy'],
    ['not JSON', { body: '<h1>log in</h1>' }, 'oauth.tokenResponseInvalid'],
    [
      'invalid_client for a configured client',
      { status: 401, body: { error: 'invalid_client' } },
      'oauth.refreshRefused',
    ],
    ['temporarily_unavailable', { status: 400, body: { error: 'temporarily_unavailable' } }, 'oauth.refreshRefused'],
  ] as const) {
    test(`${name} signs nobody out: the old token while it works, then a coded error, then back to normal`, async () => {
      const next: { answer: QuirkAnswer } = { answer };
      await using server = await refreshing(next);
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock, browse: answersWithCode });
      const session = await signIn(window, plain(server.origin));
      clock.forward(9.5 * minutes);
      assert.equal(await fresh(window, session.id), 'first');
      assert.equal(await fresh(window, session.id), 'first');
      assert.equal(refreshes(server).length, 1, 'a rest between two attempts');
      clock.forward(1 * minutes);
      await assert.rejects(fresh(window, session.id), { code });
      assert.equal((await window.service.list())[0]?.state, 'active');
      next.answer = { body: { access_token: 'second', token_type: 'bearer', refresh_token: 'r2', expires_in: 600 } };
      clock.forward(5 * minutes);
      assert.equal(await fresh(window, session.id), 'second');
    });
  }

  test('a busy server is left alone for as long as it asked', async () => {
    await using server = await refreshing({ answer: { status: 429, headers: { 'retry-after': '120' } } });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    for (let time = 0; time < 3; time++) await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
    assert.equal(refreshes(server).length, 1);
    clock.forward(2.1 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
    assert.equal(refreshes(server).length, 2);
  });

  test('a server that is down signs nobody out, and keeps nobody from signing out [F10]', async () => {
    const server = await refreshing({ answer: {} });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    await server[Symbol.asyncDispose]();
    clock.forward(9.5 * minutes);
    assert.equal(await fresh(window, session.id), 'first');
    clock.forward(9.5 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.serverUnreachable' });
    assert.equal((await window.service.list())[0]?.state, 'active');
    await window.service.signOut(session.id);
    assert.deepEqual(await window.service.list(), [], 'signing out works offline');
  });

  test('a client of ours that the server forgot ends the session, since nothing can be corrected', async () => {
    await using server = await refreshing({ answer: { status: 401, body: { error: 'invalid_client' } } });
    server.routes['/register'] = () => ({ status: 201, body: { client_id: 'given' } });
    const clock = new ShiftedClock({ shortWaitsPass: true });
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, { ...plain(server.origin), clientId: undefined });
    const token = await window.service.freshToken(session.id, never());
    assert.equal(await window.service.renew(session.id, token, never()), undefined);
    assert.equal((await window.service.list())[0]?.state, 'signInAgain');
  });

  test('a rotated token that cannot be stored is not used, not lost, and stored at the next occasion [F2 #persist]', async () => {
    await using server = await refreshing({
      answer: { body: { access_token: 'second', token_type: 'bearer', refresh_token: 'r2', expires_in: 600 } },
    });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    window.secrets.failing.add('set');
    await assert.rejects(fresh(window, session.id), { code: 'oauth.secretStoreFailed' });
    await assert.rejects(fresh(window, session.id), { code: 'oauth.secretStoreFailed' });
    window.secrets.failing.clear();
    assert.equal(await fresh(window, session.id), 'second');
    assert.deepEqual(refreshes(server), ['r1'], 'the old token is not sent twice');
    assert.match(window.secrets.values.get(`latchkey.session.${session.id}`) ?? '', /"r2"/);
  });

  test('a store that cannot be read: coded error, the session stays', async () => {
    await using server = await refreshing({ answer: {} });
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    window.secrets.failing.add('get').add('keys');
    await assert.rejects(fresh(window, session.id), { code: 'oauth.secretStoreFailed' });
    await window.service.reload();
    assert.equal((await window.service.list()).length, 1);
    window.secrets.failing.clear();
    assert.equal(await fresh(window, session.id), 'first');
    window.secrets.failing.add('get').add('keys');
    assert.equal(await fresh(window, session.id), 'first', 'what was read before is still good');
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.secretStoreFailed' });
    assert.equal((await window.service.list()).length, 1);
  });
});

test('a store that cannot be read after a reload is told, and not taken for nobody being signed in', async () => {
  await using server = await refreshing({ answer: {} });
  using before = new TestWindow({ browse: answersWithCode });
  const connection = plain(server.origin);
  const session = await signIn(before, connection);
  using reloaded = new TestWindow({ secrets: before.secrets });
  before.secrets.failing.add('keys');
  await assert.rejects(reloaded.service.sessionsFor(connection), { code: 'oauth.secretStoreFailed' });
  assert.deepEqual(await reloaded.service.list(), []);
  before.secrets.failing.clear();
  assert.deepEqual(await reloaded.service.sessionsFor(connection), [session]);
});

suite('two windows', () => {
  test('one shared store that the other sees late, one rotating server with reuse detection: no session is lost [F1 #refreshOnce #persist]', async () => {
    await using server = await startAuthServer({ accessTokenTtl: 600 });
    await using locks = await temporaryFolder('locks');
    const shared = new SharedSecrets();
    const clock = new ShiftedClock();
    const windows = [1, 2].map(
      () =>
        new TestWindow({
          clock,
          secrets: shared.window(nodeClock, 250),
          lock: new FileLock(locks.path, new MemoryLog()),
        }),
    );
    const [one, two] = windows;
    assert.ok(one && two);
    const arrived = new Promise<void>((resolve) => {
      two.service.onDidChange(() => resolve());
    });
    assert.deepEqual(await two.service.list(), []);
    const session = await signIn(one, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    await arrived;
    for (let round = 0; round < 4; round++) {
      clock.forward(20 * minutes);
      const before = server.requests.filter((request) => request === 'POST /token').length;
      const tokens: readonly string[] = await Promise.all(
        [one, two, one, two].map((window) => fresh(window, session.id)),
      );
      assert.equal(new Set(tokens).size, 1, 'everybody has the same token');
      assert.equal(server.requests.filter((request) => request === 'POST /token').length, before + 1);
      assert.ok(await server.accepts(tokens[0] ?? ''));
    }
    for (const window of windows) {
      assert.equal((await window.service.list())[0]?.state, 'active');
      window[Symbol.dispose]();
    }
  });

  test('the same without a lock in common (two machines): the loser takes over what the winner stored [F1]', async () => {
    // A strict server: each refresh token works once; the winner's answer is held until the loser has asked.
    let valid = 'r1';
    let count = 1;
    await using server = await refreshing({ answer: {} });
    const clock = new ShiftedClock();
    const shared = new SharedSecrets();
    using one = new TestWindow({ clock, browse: answersWithCode, secrets: shared.window(nodeClock, 50) });
    using two = new TestWindow({ clock, secrets: shared.window(nodeClock, 50) });
    assert.deepEqual(await two.service.list(), []);
    const arrived = new Promise<void>((resolve) => {
      two.service.onDidChange(() => resolve());
    });
    const session = await signIn(one, plain(server.origin));
    await arrived;
    server.routes['/token'] = ({ form }) => {
      if (form.get('refresh_token') !== valid) return { status: 400, body: { error: 'invalid_grant' } };
      valid = `r${++count}`;
      return { body: { access_token: `a${count}`, token_type: 'bearer', refresh_token: valid, expires_in: 600 } };
    };
    clock.forward(20 * minutes);
    assert.deepEqual(await Promise.all([fresh(one, session.id), fresh(two, session.id)]), ['a2', 'a2']);
    assert.equal((await two.service.list())[0]?.state, 'active');
    assert.deepEqual(refreshes(server), ['r1', 'r1']);
  });

  test('signed out in one window while the other refreshes: it stays signed out, the new tokens are revoked [F10]', async () => {
    await using server = await refreshing({ answer: {} });
    const clock = new ShiftedClock();
    const shared = new SharedSecrets();
    await using locks = await temporaryFolder('locks');
    const lock = (): Lock => new FileLock(locks.path, new MemoryLog());
    using one = new TestWindow({ clock, browse: answersWithCode, secrets: shared.window(nodeClock), lock: lock() });
    using two = new TestWindow({ clock, secrets: shared.window(nodeClock), lock: lock() });
    const session = await signIn(one, plain(server.origin));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    server.routes['/token'] = async () => {
      arrive();
      await held;
      return { body: { access_token: 'late', token_type: 'bearer', refresh_token: 'r2', expires_in: 600 } };
    };
    clock.forward(20 * minutes);
    const refresh = assert.rejects(fresh(one, session.id), { code: 'oauth.sessionGone' });
    await arrived;
    const removed = new Promise<void>((resolve) => {
      one.service.onDidChange(({ removed: gone }) => gone.length > 0 && resolve());
    });
    const signOut = two.service.signOut(session.id);
    await removed;
    release();
    await refresh;
    await signOut;
    assert.deepEqual([...one.secrets.values, ...two.secrets.values], []);
    assert.deepEqual(await one.service.list(), []);
    const revoked = server.to('/revoke').map(({ form }) => form.get('token'));
    assert.deepEqual(revoked, ['r2', 'late', 'r1', 'first']);
  });

  test('a sign-in and a sign-out are seen by the other window', async () => {
    await using server = await refreshing({ answer: {} });
    const shared = new SharedSecrets();
    using one = new TestWindow({ browse: answersWithCode, secrets: shared.window(nodeClock) });
    using two = new TestWindow({ secrets: shared.window(nodeClock) });
    assert.deepEqual(await two.service.list(), []);
    const seen = (): Promise<void> =>
      new Promise((resolve) => {
        const subscription = two.service.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
    const added = seen();
    const session = await signIn(one, plain(server.origin));
    await added;
    assert.deepEqual(await two.service.list(), [session]);
    const gone = seen();
    await one.service.signOut(session.id);
    await gone;
    assert.deepEqual(two.changes, [
      { added: [session], removed: [], changed: [] },
      { added: [], removed: [session], changed: [] },
    ]);
  });

  test('browser tabs hear nothing of each other: reload() finds what has changed', async () => {
    await using server = await refreshing({ answer: {} });
    using one = new TestWindow({ browse: answersWithCode });
    using tab = new TestWindow();
    assert.deepEqual(await tab.service.list(), []);
    const session = await signIn(one, plain(server.origin));
    for (const [key, value] of one.secrets.values) tab.secrets.receive(key, value);
    await tab.service.reload();
    assert.deepEqual(await tab.service.list(), [session]);
    tab.secrets.lose(`latchkey.session.${session.id}`);
    await tab.service.reload();
    assert.deepEqual(tab.changes.at(-1), { added: [], removed: [session], changed: [] });
  });
});
