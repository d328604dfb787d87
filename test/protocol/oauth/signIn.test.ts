import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Session } from '../../../src/core/oauth/model';
import type { SignInOutcome } from '../../../src/core/session/signInOutcome';
import { logIn, startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { eventually } from '../../helpers/eventually';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';
const scopes = ['openid', 'offline_access', 'email'];

function sessionOf(outcome: SignInOutcome): Session {
  assert.equal(outcome.kind, 'signedIn');
  return outcome.session;
}

suite('signing in at a real authorization server', () => {
  test('a registered client over the loopback [A3 R3 #code #loopback]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });

    const session = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));

    assert.equal(session.account.label, 'alice@acme.dev · Acme');
    assert.deepEqual(session.scopes, scopes);
    assert.deepEqual(session.grantedScopes, scopes);
    assert.equal(session.refreshable, true);
    assert.equal(session.issuer, server.issuer);
    assert.equal(session.state, 'active');
    assert.deepEqual(await window.service.list(), [session]);
    assert.deepEqual(await window.service.sessionsFor({ ...connection, name: 'renamed', scopes: [] }), [session]);
    assert.deepEqual(await window.service.sessionsFor({ ...connection, clientId: 'other' }), []);
    assert.deepEqual(window.changes, [{ added: [session], removed: [], changed: [] }]);
    const token = await window.service.freshToken(session.id, never());
    assert.ok(await server.accepts(token.value.revealForTransport()));
    const page = await window.pages[0];
    assert.equal(page?.status, 200);
    assert.match(page.text, /close this tab and return to the editor/);
    assert.equal(window.shown, 0, 'the progress is gone');
  });

  test('the trust dialog comes before the browser, names the hosts, and comes once [A13]', async () => {
    await using server = await startAuthServer();
    const openedBefore: number[] = [];
    using window: TestWindow = new TestWindow({ approve: () => openedBefore.push(window.opened.length) > 0 });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });

    await window.service.signIn(connection, { folder, signal: never() });
    assert.deepEqual(openedBefore, [0]);
    await window.service.signIn({ ...connection, label: 'New label' }, { folder, signal: never() });
    assert.equal(window.asked.length, 1);
    const { host } = new URL(server.issuer);
    const purposes = window.asked[0]?.hosts.map(({ purpose }) => purpose);
    assert.deepEqual(purposes, [
      'issuer',
      'authorization',
      'token',
      'registration',
      'revocation',
      'introspection',
      'userinfo',
      'endSession',
    ]);
    assert.ok(window.asked[0]?.hosts.every((entry) => entry.host === host));

    await window.service.signIn({ ...connection, origins: ['https://evil.example'] }, { folder, signal: never() });
    assert.equal(window.asked.length, 2);
    assert.deepEqual(window.asked[1]?.previous?.facts.origins, ['https://api.acme.dev']);

    await window.service.signIn(connection, { folder: 'file:///projects/copy', signal: never() });
    assert.equal(window.asked.length, 3, 'another folder is asked about by itself');
    assert.equal(window.asked[2]?.previous, undefined);
  });

  test('not trusting the connection opens no browser and is no error [A13]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow({ approve: () => false });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });

    assert.deepEqual(await window.service.signIn(connection, { folder, signal: never() }), { kind: 'cancelled' });
    assert.equal(await window.service.ensureTrusted(connection, folder, never()), false);
    assert.deepEqual(window.opened, []);
    assert.deepEqual(window.trust.grants, []);
  });

  test('ensureTrusted asks without signing in, and a second caller at the same time sees no second dialog', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    const ask = (): Promise<boolean> => window.service.ensureTrusted(connection, folder, never());
    assert.deepEqual(await Promise.all([ask(), ask()]), [true, true]);
    assert.equal(await ask(), true);
    assert.equal(window.asked.length, 1);
    assert.deepEqual(window.opened, []);
  });

  test('without a client id one is registered for exactly the redirect URI, and refreshes and revokes [R1 T4 #registration]', async () => {
    await using server = await startAuthServer({ clients: [] });
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, scopes });

    const session = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));

    const query = new URL(window.opened[0] ?? '').searchParams;
    const client = await server.provider.Client.find(query.get('client_id') ?? '');
    assert.deepEqual(client?.redirectUris, [query.get('redirect_uri')]);
    assert.equal(client.metadata().application_type, 'native');
    assert.equal(client.metadata().token_endpoint_auth_method, 'none');
    const before = await window.service.freshToken(session.id, never());
    const after = await window.service.renew(session.id, before, never());
    assert.ok(after);
    assert.ok(await server.accepts(after.value.revealForTransport()));
    await window.service.signOut(session.id);
    assert.equal(await server.accepts(after.value.revealForTransport()), false);
  });

  test('signing out removes the session, says so, and revokes; once more does nothing [F10 #revoke]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const session = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
    const token = await window.service.freshToken(session.id, never());

    await window.service.signOut(session.id);

    assert.deepEqual(await window.service.list(), []);
    assert.deepEqual(window.changes.at(-1), { added: [], removed: [session], changed: [] });
    assert.deepEqual([...window.secrets.values.keys()], []);
    assert.equal(await server.accepts(token.value.revealForTransport()), false);
    await assert.rejects(window.service.freshToken(session.id, never()), { code: 'oauth.sessionGone' });
    const { length } = server.requests;
    await window.service.signOut(session.id);
    assert.equal(server.requests.length, length);
  });

  test('another account gets another session and label; the same account keeps its id [#severalAccounts #chooseAccount]', async () => {
    await using server = await startAuthServer();
    const person = { name: 'alice' };
    using window = new TestWindow({ browse: (url) => logIn(url, { account: person.name }) });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const alice = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
    person.name = 'bob';
    const bob = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
    person.name = 'alice';
    const again = sessionOf(
      await window.service.signIn(connection, {
        folder,
        signal: never(),
        accountId: alice.account.id,
        scopes: ['orders.read'],
      }),
    );

    assert.notEqual(bob.id, alice.id);
    assert.deepEqual([bob.account.label, alice.account.label], ['bob@acme.dev · Acme', 'alice@acme.dev · Acme']);
    assert.equal(again.id, alice.id);
    assert.deepEqual(again.account, alice.account);
    assert.deepEqual(again.scopes, [...scopes, 'orders.read'], 'what it had and what is wanted');
    assert.equal((await window.service.list()).length, 2);
    const [first, second, third] = window.opened.map((url) => new URL(url).searchParams);
    assert.equal(first?.get('prompt'), 'consent');
    assert.equal(second?.get('prompt'), 'login consent', 'the remembered account is not taken');
    assert.equal(third?.get('login_hint'), 'alice@acme.dev');
    assert.equal(third.get('prompt'), 'consent');
    assert.deepEqual(window.changes.at(-1), { added: [], removed: [], changed: [again] });
  });

  test('the authorization request has PKCE S256, state, nonce and nothing secret [A2 A3 A4 A6 #pkce #state #nonce #authorizeParams]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({
      issuer: server.issuer,
      clientId: 'desktop',
      parameters: { authorize: { ui_locales: 'de fr', state: 'fixed', code_challenge: '' }, token: {}, refresh: {} },
    });
    await window.service.signIn(connection, { folder, signal: never() });
    await window.service.signIn(connection, { folder, signal: never() });
    const [first, second] = window.opened.map((url) => new URL(url).searchParams);
    assert.ok(first && second);
    for (const query of [first, second]) {
      assert.equal(query.get('response_type'), 'code');
      assert.equal(query.get('code_challenge_method'), 'S256');
      assert.match(query.get('code_challenge') ?? '', /^[\w-]{43}$/);
      assert.match(query.get('state') ?? '', /^[\w-]{43}$/);
      assert.match(query.get('nonce') ?? '', /^[\w-]{43}$/);
      assert.equal(query.get('ui_locales'), 'de fr');
    }
    for (const name of ['state', 'nonce', 'code_challenge']) assert.notEqual(first.get(name), second.get(name));
    assert.match(window.opened[0] ?? '', /scope=openid%20offline_access/);
  });

  test('the user denies: a clear error, nothing stored [#typedErrors]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow({ browse: (url) => logIn(url, { decision: 'deny' }) });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    await assert.rejects(window.service.signIn(connection, { folder, signal: never() }), {
      code: 'oauth.accessDenied',
      data: { host: new URL(server.issuer).host, description: 'End-User aborted interaction' },
    });
    assert.deepEqual(await window.service.list(), []);
    assert.deepEqual(window.secrets.written, []);
    assert.equal(window.shown, 0);
  });

  test('two connections sign in at the same time', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const both = await Promise.all([
      window.service.signIn(connection, { folder, signal: never() }),
      window.service.signIn(
        { ...connection, name: 'admin', audience: 'urn:admin', label: 'Admin' },
        { folder, signal: never() },
      ),
    ]);
    assert.deepEqual(both.map((outcome) => sessionOf(outcome).account.label).sort(), [
      'alice@acme.dev · Acme',
      'alice@acme.dev · Admin',
    ]);
    assert.equal((await window.service.list()).length, 2);
  });

  test('a second sign-in for the same connection ends the first as cancelled [R4]', async () => {
    await using server = await startAuthServer();
    let started: () => void = () => undefined;
    const firstIsWaiting = new Promise<void>((resolve) => {
      started = resolve;
    });
    using window = new TestWindow({
      browse: (url) => {
        if (window.opened.length > 1) return logIn(url);
        started();
        return undefined;
      },
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const first = window.service.signIn(connection, { folder, signal: never() });
    await firstIsWaiting;
    const second = window.service.signIn(connection, { folder, signal: never() });
    assert.deepEqual(await first, { kind: 'cancelled' });
    sessionOf(await second);
    const port = Number(new URL(new URL(window.opened[0] ?? '').searchParams.get('redirect_uri') ?? '').port);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/callback`), 'the first listener is closed');
  });

  test('a second sign-in while the first still shows the trust dialog: one dialog, answered for the second', async () => {
    await using server = await startAuthServer();
    let answer: (yes: boolean) => void = () => undefined;
    const answered = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    let asked: () => void = () => undefined;
    const dialog = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const signals: AbortSignal[] = [];
    using window = new TestWindow({
      approve: (_request, signal) => {
        signals.push(signal);
        asked();
        return answered;
      },
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const first = window.service.signIn(connection, { folder, signal: never() });
    await dialog;
    const trusted = window.service.ensureTrusted(connection, folder, never());
    const second = window.service.signIn(connection, { folder, signal: never() });
    assert.deepEqual(await first, { kind: 'cancelled' });
    await eventually(() => assert.equal(server.requests.length, 3, 'all three have found out the hosts'));
    assert.equal(signals[0]?.aborted, false, 'somebody still wants the answer');
    answer(true);
    sessionOf(await second);
    assert.equal(await trusted, true);
    assert.equal(signals.length, 1);
  });

  test('cancelling closes a dialog that nobody waits for any more', async () => {
    await using server = await startAuthServer();
    const user = new AbortController();
    using window = new TestWindow({
      approve: (_request, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(true), { once: true });
          user.abort();
        }),
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    assert.deepEqual(await window.service.signIn(connection, { folder, signal: user.signal }), { kind: 'cancelled' });
    assert.deepEqual(window.opened, []);
  });

  test('cancelling ends it and closes the port [R4]', async () => {
    await using server = await startAuthServer();
    const user = new AbortController();
    using window = new TestWindow({ browse: () => user.abort() });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    assert.deepEqual(await window.service.signIn(connection, { folder, signal: user.signal }), { kind: 'cancelled' });
    const redirect = new URL(window.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    await assert.rejects(fetch(redirect));
    assert.equal(window.shown, 0);
    assert.deepEqual(window.secrets.written, []);

    using other: TestWindow = new TestWindow({ browse: () => other.wait.cancel() });
    assert.deepEqual(await other.service.signIn(connection, { folder, signal: never() }), { kind: 'cancelled' });
  });

  test('a failing secret store: coded error, nothing stored, the tokens are revoked', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    window.secrets.failing.add('set');
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    await assert.rejects(window.service.signIn(connection, { folder, signal: never() }), {
      code: 'oauth.secretStoreFailed',
    });
    assert.deepEqual(await window.service.list(), []);
    assert.deepEqual([...window.secrets.values], []);
    assert.equal(server.requests.filter((request) => request === 'POST /token/revocation').length, 2);
    window.secrets.failing.clear();
    sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
  });

  test('a secret store that is empty after a reload: signed out, told so, nothing thrown', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    const session = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
    using reloaded = new TestWindow();
    assert.deepEqual(await reloaded.service.list(), []);
    assert.deepEqual(await reloaded.service.sessionsFor(connection), []);
    await assert.rejects(reloaded.service.freshToken(session.id, never()), { code: 'oauth.sessionGone' });

    using kept = new TestWindow({ secrets: window.secrets });
    assert.deepEqual(await kept.service.list(), [session], 'a store that lasts brings the session back');
  });

  test('no token, code or verifier ends up in the log [F11 #noSecretsInLogs]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes });
    const session = sessionOf(await window.service.signIn(connection, { folder, signal: never() }));
    const first = await window.service.freshToken(session.id, never());
    await window.service.renew(session.id, first, never());
    await window.pages[0];
    await window.service.signOut(session.id);
    const kinds = new Set(server.issued.map(({ kind }) => kind));
    for (const kind of ['access token', 'refresh token', 'ID token', 'authorization code', 'code verifier'] as const) {
      assert.ok(kinds.has(kind), kind);
    }
    assert.ok(window.log.lines.length >= 3);
    for (const { kind, value } of server.issued) {
      assert.ok(value.length > 20);
      assert.ok(!window.log.text.includes(value), kind);
    }
  });
});
