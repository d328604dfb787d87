import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { SecretStore } from '../../../src/core/ports';
import { deferred } from '../../helpers/deferred';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import type { QuirkAnswer, QuirkServer } from '../../helpers/oauth/quirkServer';
import { answersWithCode, plain, quirkyServer, refreshes } from '../../helpers/oauth/quirkySignIn';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { fresh, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const minutes = 60_000;

type Form = URLSearchParams;

/** A server whose token answers are `answers`, one after the other; the last one for ever. */
function answering(...answers: readonly (QuirkAnswer | ((form: Form) => QuirkAnswer))[]): Promise<QuirkServer> {
  let next = 0;
  return quirkyServer(({ form }) => {
    const answer = answers[Math.min(next++, answers.length - 1)] ?? {};
    return typeof answer === 'function' ? answer(form) : answer;
  });
}

function token(access: string, more: Readonly<Record<string, unknown>> = {}): QuirkAnswer {
  return {
    body: { access_token: access, token_type: 'bearer', refresh_token: `r-${access}`, expires_in: 600, ...more },
  };
}

function jwt(claims: unknown): string {
  return ['{"alg":"none"}', JSON.stringify(claims), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

suite('clocks', () => {
  test('a clock that is set back makes the token due once, not at every use', async () => {
    await using server = await answering(token('first'), token('second'), token('third'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(-120 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
    assert.equal(await fresh(window, session.id), 'second');
    assert.equal(refreshes(server).length, 1);
  });

  test('a clock that is set forward, or a sleep, makes the token old; setting it back again costs one refresh', async () => {
    await using server = await answering(token('first'), token('second'), token('third'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(8 * 60 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
    clock.forward(-8 * 60 * minutes);
    assert.equal(await fresh(window, session.id), 'third');
    assert.equal(await fresh(window, session.id), 'third');
    assert.equal((await window.service.list())[0]?.state, 'active');
  });

  test('a server that asked to be left alone is asked again when the clock was set back', async () => {
    const busy = { status: 429, headers: { 'retry-after': '600' } };
    await using server = await answering(token('first'), busy, token('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
    clock.forward(-60 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
  });

  test('a server whose clock is hours away changes nothing: lifetimes count from the answer’s arrival [#expiry]', async () => {
    const date = new Date(Date.now() + 5 * 60 * minutes).toUTCString();
    const shifted = (access: string): QuirkAnswer => ({ ...token(access), headers: { date } });
    await using server = await answering(shifted('first'), shifted('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    assert.equal(await fresh(window, session.id), 'first');
    clock.forward(8.9 * minutes);
    assert.equal(await fresh(window, session.id), 'first');
    clock.forward(0.2 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
  });
});

suite('without a lifetime', () => {
  test('a token is used until an API refuses it', async () => {
    await using server = await answering(token('first', { expires_in: undefined }), token('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    assert.equal(session.expiresAt, undefined);
    clock.forward(1000 * 60 * minutes);
    const first = await window.service.freshToken(session.id, never());
    assert.equal(first.value.revealForTransport(), 'first');
    const renewed = await window.service.renew(session.id, first, never());
    assert.equal(renewed?.value.revealForTransport(), 'second');
  });

  test('the end inside a JWT makes a refresh due, by the server’s clock, and ends nothing', async () => {
    const serverNow = Date.now() + 5 * 60 * minutes;
    const access = jwt({ exp: Math.floor(serverNow / 1000) + 600 });
    const first = { ...token(access, { expires_in: undefined }), headers: { date: new Date(serverNow).toUTCString() } };
    await using server = await answering(first, { status: 503 }, token('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(8.9 * minutes);
    assert.equal(await fresh(window, session.id), access);
    assert.equal(refreshes(server).length, 0);
    clock.forward(20 * minutes);
    assert.equal(await fresh(window, session.id), access, 'the API has the last word while the server is away');
    clock.forward(1 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
  });

  test('a JWT without a refresh token is used past the end that it names', async () => {
    const access = jwt({ exp: Math.floor(Date.now() / 1000) + 600 });
    await using server = await answering(token(access, { expires_in: 0, refresh_token: null }));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(60 * minutes);
    assert.equal(await fresh(window, session.id), access);
    assert.equal((await window.service.list())[0]?.state, 'active');
  });
});

suite('the refresh token’s own end', () => {
  const ends = { refresh_token_expires_in: 3600 };

  test('is known of the session, in every window', async () => {
    await using server = await answering(token('first', ends));
    using window = new TestWindow({ browse: answersWithCode });
    const before = Date.now();
    const session = await signIn(window, plain(server.origin));
    const end = session.refreshExpiresAt ?? 0;
    assert.ok(end >= before + 3_600_000 && end <= Date.now() + 3_600_000);
    using other = new TestWindow({ secrets: new FakeSecretStore(window.secrets.values) });
    assert.deepEqual(await other.service.list(), [session]);
  });

  test('a session past it is not asked for at the server: sign in again [#refreshTokenExpiry]', async () => {
    await using server = await answering(token('first', ends));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(61 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.signInAgain' });
    assert.deepEqual(refreshes(server), []);
    assert.equal((await window.service.list())[0]?.state, 'signInAgain');
  });

  test('an access token that outlives it is used to its end', async () => {
    await using server = await answering(token('first', { expires_in: 7200, ...ends }));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(119.5 * minutes);
    const last = await window.service.freshToken(session.id, never());
    assert.equal(last.value.revealForTransport(), 'first');
    assert.equal(await window.service.renew(session.id, last, never()), undefined);
    assert.equal((await window.service.list())[0]?.state, 'active', 'one API’s 401 ends nothing');
    assert.deepEqual(refreshes(server), []);
  });

  for (const [name, answer, expected] of [
    ['told again: it is the new one', token('second', { refresh_token_expires_in: 7200 }), 7200],
    ['the same token, nothing told: it stays', token('second', { refresh_token: 'r-first' }), 3600 - 600],
    ['no token in the answer, nothing told: it stays', token('second', { refresh_token: undefined }), 3600 - 600],
    ['another token, nothing told: unknown', token('second'), undefined],
  ] as const) {
    test(`after a refresh: ${name}`, async () => {
      await using server = await answering(token('first', ends), answer);
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock, browse: answersWithCode });
      const session = await signIn(window, plain(server.origin));
      clock.forward(10 * minutes);
      await fresh(window, session.id);
      const [now] = await window.service.list();
      const left = now?.refreshExpiresAt && Math.round((now.refreshExpiresAt - clock.now()) / 1000 / 10) * 10;
      assert.equal(left, expected);
    });
  }
});

suite('a refresh whose answer is lost', () => {
  /** A server that takes the request, replaces the token and breaks the connection off; the old token works `grace` times more. */
  async function losing(grace: number): Promise<QuirkServer> {
    let lost = false;
    let replays = 0;
    const server = await answering(token('first'), (form) => {
      if (!lost) {
        lost = true;
        return { breaksOff: true };
      }
      if (form.get('refresh_token') === 'r-first' && ++replays > grace)
        return { status: 400, body: { error: 'invalid_grant' } };
      return token('second');
    });
    return server;
  }

  test('is asked for once more with the same token, as servers with a time of grace allow', async () => {
    await using server = await losing(1);
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
    assert.deepEqual(refreshes(server), ['r-first', 'r-first']);
  });

  test('where the server allows no second time: sign in again, after a look for what another window has', async () => {
    await using server = await losing(0);
    const clock = new ShiftedClock({ shortWaitsPass: true });
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.signInAgain' });
    assert.deepEqual(refreshes(server), ['r-first', 'r-first']);
  });

  test('a server that cannot be reached is not asked twice', async () => {
    await using server = await answering(token('first'), { status: 502 }, token('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
    assert.equal(refreshes(server).length, 1);
  });
});

suite('a refresh whose answer cannot be used', () => {
  for (const [what, answer] of [
    ['has no access token', { body: { refresh_token: 'r-next', token_type: 'bearer' } }],
    ['is of a kind of token that nobody knows', token('odd', { token_type: 'mac', refresh_token: 'r-next' })],
  ] as const) {
    test(`${what}: the refresh token in it is kept, since the old one is spent`, async () => {
      await using server = await answering(token('first'), answer, token('second'));
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock, browse: answersWithCode });
      const session = await signIn(window, plain(server.origin));
      clock.forward(9.5 * minutes);
      assert.equal(await fresh(window, session.id), 'first');
      clock.forward(5 * minutes);
      assert.equal(await fresh(window, session.id), 'second');
      assert.deepEqual(refreshes(server), ['r-first', 'r-next']);
      assert.doesNotMatch(window.log.text, /r-next/);
    });
  }
});

suite('a refresh that takes its time', () => {
  test('keeps nobody waiting while the old token works, goes on, and is not asked for twice', async () => {
    await using server = await answering(token('first'), token('second'));
    const clock = new ShiftedClock({ shortWaitsPass: true });
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    const held = deferred();
    const answer = server.routes['/token'];
    server.routes['/token'] = async (request) => {
      await held.promise;
      return answer?.(request) ?? {};
    };
    clock.forward(9.2 * minutes);
    assert.equal(await fresh(window, session.id), 'first');
    assert.equal(await fresh(window, session.id), 'first');
    clock.forward(1 * minutes);
    const waiting = fresh(window, session.id);
    held.resolve();
    assert.equal(await waiting, 'second');
    assert.deepEqual(refreshes(server), ['r-first']);
  });
});

suite('order and requests', () => {
  test('the new refresh token is stored before the new access token is handed out [F2 #persist]', async () => {
    await using server = await answering(token('first'), token('second'));
    const clock = new ShiftedClock();
    const secrets = new FakeSecretStore();
    using window = new TestWindow({ clock, secrets, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    let stored = false;
    const set: SecretStore['set'] = secrets.set.bind(secrets);
    secrets.set = async (key, value) => {
      await new Promise((resolve) => setImmediate(resolve));
      await set(key, value);
      stored = value.includes('"r-second"');
    };
    clock.forward(20 * minutes);
    assert.equal(await fresh(window, session.id), 'second');
    assert.ok(stored);
    assert.ok(!secrets.values.get(`latchkey.session.${session.id}`)?.includes('r-first'), 'the old one is forgotten');
  });

  test('a good token costs one read of the secret storage for each change of it, whoever made that', async () => {
    await using server = await answering(token('first'), token('second'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    await fresh(window, session.id);
    const reads: string[] = [];
    const get = window.secrets.get.bind(window.secrets);
    window.secrets.get = (key) => {
      reads.push(key);
      return get(key);
    };
    for (let time = 0; time < 10; time++) assert.equal(await fresh(window, session.id), 'first');
    assert.deepEqual(reads, []);
    using other = new TestWindow({ clock, secrets: new FakeSecretStore(window.secrets.values) });
    clock.forward(20 * minutes);
    assert.equal(await fresh(other, session.id), 'second');
    const key = `latchkey.session.${session.id}`;
    window.secrets.receive(key, other.secrets.values.get(key));
    for (let time = 0; time < 10; time++) assert.equal(await fresh(window, session.id), 'second');
    // The catalogue reads a change as well.
    assert.ok(reads.length <= 2);
    assert.deepEqual(refreshes(server), ['r-first']);
  });

  test('a refresh asks for no scope, so for none that was not granted; a narrower grant is shown [F3]', async () => {
    await using server = await answering(
      token('first', { scope: 'read write' }),
      token('second', { scope: 'read' }),
      token('third'),
    );
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    for (const expected of ['second', 'third']) {
      clock.forward(10 * minutes);
      assert.equal(await fresh(window, session.id), expected);
      assert.deepEqual((await window.service.list())[0]?.grantedScopes, ['read']);
    }
    assert.ok(
      server
        .to('/token')
        .slice(1)
        .every(({ form }) => !form.has('scope')),
    );
  });

  for (const [name, header] of [
    ['seconds', () => '120'],
    ['a date', (now: number) => new Date(now + 120_000).toUTCString()],
  ] as const) {
    test(`Retry-After as ${name} is heeded, also when it names the clock of the server`, async () => {
      const serverNow = Date.now() - 3 * 60 * minutes;
      const busy = {
        status: 503,
        headers: { 'retry-after': header(serverNow), date: new Date(serverNow).toUTCString() },
      };
      await using server = await answering(token('first'), busy, token('second'));
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock, browse: answersWithCode });
      const session = await signIn(window, plain(server.origin));
      clock.forward(20 * minutes);
      await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
      clock.forward(1.9 * minutes);
      await assert.rejects(fresh(window, session.id), { code: 'oauth.serverBusy' });
      assert.equal(refreshes(server).length, 1);
      clock.forward(0.2 * minutes);
      assert.equal(await fresh(window, session.id), 'second');
    });
  }

  test('callers with different rejected tokens get one that neither of them had', async () => {
    await using server = await answering(token('first'), token('second'), token('third'));
    using window = new TestWindow({ browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    const first = await window.service.freshToken(session.id, never());
    const second = await window.service.renew(session.id, first, never());
    assert.ok(second);
    const renewed = await Promise.all([
      ...[first, second, first, second].map((rejected) => window.service.renew(session.id, rejected, never())),
      window.service.freshToken(session.id, never()),
    ]);
    const values = renewed.map((one) => one?.value.revealForTransport());
    assert.ok(!values.includes('first') && values[1] === 'third' && values[3] === 'third', values.join());
    assert.deepEqual(refreshes(server), ['r-first', 'r-second']);
  });

  test('whoever was refused an old token gets none that has come to its end as well', async () => {
    await using server = await answering(token('first'), token('second'), token('third'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    const first = await window.service.freshToken(session.id, never());
    await window.service.renew(session.id, first, never());
    clock.forward(20 * minutes);
    const renewed = await window.service.renew(session.id, first, never());
    assert.equal(renewed?.value.revealForTransport(), 'third');
  });

  test('a store that has lost the session says that it is gone, and the server is not asked', async () => {
    await using server = await answering(token('first'));
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    window.secrets.lose(`latchkey.session.${session.id}`);
    clock.forward(20 * minutes);
    await assert.rejects(fresh(window, session.id), {
      code: 'oauth.sessionGone',
      message: 'This session is no longer in the secret storage.',
    });
    assert.deepEqual(refreshes(server), []);
  });
});

suite('revocation', () => {
  async function signedOut(revoke: QuirkServer['routes'][string]): Promise<{ server: QuirkServer; log: string }> {
    const server = await answering(token('first'));
    server.routes['/revoke'] = revoke;
    using window = new TestWindow({ clock: new ShiftedClock({ shortWaitsPass: true }), browse: answersWithCode });
    const session = await signIn(window, plain(server.origin));
    await window.service.signOut(session.id);
    assert.deepEqual(await window.service.list(), []);
    await server[Symbol.asyncDispose]();
    return { server, log: window.log.text };
  }
  const revoked = (server: QuirkServer): readonly string[] =>
    server.to('/revoke').map(({ form }) => `${form.get('token_type_hint') ?? ''} ${form.get('token') ?? ''}`);
  const both = ['refresh_token r-first', 'access_token first'];

  test('the refresh token first, then the access token [F10 #revoke]', async () => {
    const { server } = await signedOut(() => ({}));
    assert.deepEqual(revoked(server), both);
  });

  test('a server that cannot answer now is asked once more', async () => {
    let count = 0;
    const { server, log } = await signedOut(() =>
      ++count === 1 ? { status: 503, headers: { 'retry-after': '1' } } : {},
    );
    assert.deepEqual(revoked(server), [both[0], ...both]);
    assert.doesNotMatch(log, /did not revoke/);
  });

  test('and not for ever', async () => {
    const { server, log } = await signedOut(() => ({ status: 503, headers: { 'retry-after': '1' } }));
    assert.deepEqual(revoked(server), [both[0], both[0], both[1], both[1]]);
    assert.match(log, /did not revoke the refresh_token[\s\S]*did not revoke the access_token/);
  });

  test('nor where it wants to be left alone for longer than anybody waits', async () => {
    const { server } = await signedOut(() => ({ status: 503, headers: { 'retry-after': '60' } }));
    assert.deepEqual(revoked(server), both);
  });

  test('a kind of token that the server does not revoke is no failure', async () => {
    const { server, log } = await signedOut(({ form }) =>
      form.get('token_type_hint') === 'access_token' ? { status: 400, body: { error: 'unsupported_token_type' } } : {},
    );
    assert.deepEqual(revoked(server), both);
    assert.doesNotMatch(log, /did not revoke/);
    assert.match(log, /info .* revokes no access_token/);
  });

  test('204 is a success too, and any refusal leaves the session gone here', async () => {
    assert.doesNotMatch((await signedOut(() => ({ status: 204 }))).log, /did not revoke/);
    assert.match((await signedOut(() => ({ status: 400, body: { error: 'invalid_request' } }))).log, /did not revoke/);
  });
});
