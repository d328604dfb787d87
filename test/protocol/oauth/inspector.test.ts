import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findCanaries } from '../../helpers/leakSearch';
import { desktopClient, logIn, startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { HttpBrowser } from '../../helpers/oauth/httpBrowser';
import { quirkMetadata, startQuirkServer, type QuirkAnswer } from '../../helpers/oauth/quirkServer';
import { answersWithCode } from '../../helpers/oauth/quirkySignIn';
import { folder, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

suite('inspecting a session at a real authorization server', () => {
  test('shows who, what for, until when and where to, and no token', async () => {
    await using server = await startAuthServer({ accessTokenTtl: 600 });
    using window = new TestWindow();
    const scopes = ['openid', 'offline_access', 'orders.read'];
    const { id } = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop', scopes }));
    const inspection = await window.service.inspector.inspect(id, true);
    assert.ok(inspection?.token);
    assert.equal(inspection.account, 'alice · Acme');
    assert.equal(inspection.issuer, server.issuer);
    assert.equal((inspection.token.expiresAt ?? 0) - inspection.token.obtainedAt, 600_000);
    assert.deepEqual(inspection.can, { refresh: true, introspect: true, revoke: true, logOut: true });
    assert.deepEqual(inspection.destinations, [{ origin: 'https://api.acme.dev', folders: [folder], told: false }]);
    assert.equal(inspection.idToken?.claims.find(({ name }) => name === 'sub')?.value, 'alice');
    assert.ok(server.issued.length >= 4);
    assert.deepEqual(findCanaries(server.issued, [{ place: 'inspection', text: JSON.stringify(inspection) }]), []);
  });

  test('asks the server about the token: active, and not any more once it is revoked [#introspect]', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const { id } = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    const answer = await window.service.inspector.introspect(id, never());
    assert.equal(answer.active, true);
    const state = (name: string, reveal: boolean): string | undefined =>
      answer.members(reveal).claims.find((claim) => claim.name === name)?.state;
    assert.equal(state('client_id', false), 'shown');
    assert.equal(state('sub', false), 'masked');
    assert.equal(state('sub', true), 'shown');
    const token = await window.service.freshToken(id, never());
    const revoked = new URLSearchParams({ token: token.value.revealForTransport(), client_id: 'desktop' });
    await fetch(`${server.issuer}/token/revocation`, { method: 'POST', body: revoked });
    assert.equal((await window.service.inspector.introspect(id, never())).active, false);
    assert.equal((await window.service.list())[0]?.state, 'active', 'an answer signs nobody out');
  });

  test('renews the token whatever its age', async () => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const { id } = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    const before = await window.service.freshToken(id, never());
    await window.service.inspector.refresh(id, never());
    const after = await window.service.freshToken(id, never());
    assert.notEqual(after.value.revealForTransport(), before.value.revealForTransport());
    assert.equal(server.requests.filter((request) => request === 'POST /token').length, 2);
  });

  test('signs out in the browser, which is signed in no longer then [#logout]', async () => {
    await using server = await startAuthServer({ clients: [desktopClient] });
    const browser = new HttpBrowser();
    using window = new TestWindow({ browse: (url) => logIn(url, {}, browser) });
    const { id } = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    await window.service.inspector.refresh(id, never());
    const url = await window.service.inspector.logoutUrl(id);
    await window.service.signOut(id);
    assert.equal(await window.service.inspector.logoutUrl(id), undefined);
    const page = await browser.visit(url?.revealForTransport() ?? '');
    assert.match(page.text, /Do you want to sign-out/);
    const secret = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const done = await browser.visit(
      `${server.issuer}/session/end/confirm`,
      undefined,
      new URLSearchParams({ xsrf: secret, logout: 'yes' }),
    );
    assert.match(done.text, /Sign-out Success/);
    const opened = window.opened[0] ?? '';
    assert.match((await browser.visit(opened)).text, /name="login"/, 'the server asks who it is');
  });
});

suite('inspecting a session at an odd server', () => {
  async function oddServer(introspect: QuirkAnswer, token: object = {}): ReturnType<typeof startQuirkServer> {
    const server = await startQuirkServer();
    const introspection = { introspection_endpoint: `${server.origin}/introspect` };
    server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin, introspection) });
    server.routes['/token'] = () => ({ body: { access_token: 'first-access-token', token_type: 'bearer', ...token } });
    server.routes['/introspect'] = () => introspect;
    return server;
  }

  for (const [name, answer, code] of [
    [
      'refuses the client',
      { status: 401, headers: { 'www-authenticate': 'Basic' }, body: { error: 'invalid_client' } },
      'oauth.introspectionRefused',
    ],
    [
      'refuses with a reason',
      { status: 400, body: { error: 'invalid_request', error_description: 'no' } },
      'oauth.introspectionRefused',
    ],
    ['answers with a page', { body: '<p>hello</p>' }, 'oauth.introspectionInvalid'],
    ['does not say whether it is active', { body: { scope: 'read' } }, 'oauth.introspectionInvalid'],
    ['is busy', { status: 503, body: '' }, 'oauth.serverBusy'],
  ] as const) {
    test(`a server that ${name}`, async () => {
      await using server = await oddServer(answer);
      using window = new TestWindow({ browse: answersWithCode });
      const { id } = await signIn(window, connectionWith({ issuer: server.origin, clientId: 'odd', scopes: ['read'] }));
      await assert.rejects(window.service.inspector.introspect(id, never()), { code });
      assert.equal((await window.service.list()).length, 1);
    });
  }

  test('the token that is told about is masked where the server repeats it', async () => {
    await using server = await oddServer({ body: { active: true, echo: 'first-access-token', jti: 'x' } });
    using window = new TestWindow({ browse: answersWithCode });
    const { id } = await signIn(window, connectionWith({ issuer: server.origin, clientId: 'odd', scopes: ['read'] }));
    const answer = await window.service.inspector.introspect(id, never());
    assert.ok(!JSON.stringify(answer.members(true)).includes('first-access-token'));
    const [request] = server.to('/introspect');
    assert.equal(request?.form.get('token'), 'first-access-token');
    assert.equal(request.form.get('token_type_hint'), 'access_token');
    assert.equal(request.form.get('client_id'), 'odd');
  });

  test('where there is no introspection endpoint nothing is sent', async () => {
    await using server = await oddServer({});
    server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin) });
    using window = new TestWindow({ browse: answersWithCode });
    const { id } = await signIn(window, connectionWith({ issuer: server.origin, clientId: 'odd', scopes: ['read'] }));
    const before = server.requests.length;
    await assert.rejects(window.service.inspector.introspect(id, never()), { code: 'oauth.endpointMissing' });
    assert.equal(server.requests.length, before);
    assert.equal(await window.service.inspector.logoutUrl(id), undefined);
  });

  test('a token that cannot be renewed is not taken for a session that has ended', async () => {
    await using server = await oddServer({});
    using window = new TestWindow({ browse: answersWithCode });
    const { id } = await signIn(window, connectionWith({ issuer: server.origin, clientId: 'odd', scopes: ['read'] }));
    await assert.rejects(window.service.inspector.refresh(id, never()), { code: 'oauth.notRenewable' });
    assert.equal((await window.service.list())[0]?.state, 'active');
  });

  test('a refused refresh ends the session and says so; a session that is gone says that', async () => {
    await using server = await oddServer({}, { refresh_token: 'the-refresh-token' });
    using window = new TestWindow({ browse: answersWithCode });
    const { id, account } = await signIn(
      window,
      connectionWith({ issuer: server.origin, clientId: 'odd', scopes: ['read'] }),
    );
    const body = { error: 'invalid_grant', error_description: 'the-refresh-token was revoked by an administrator' };
    server.routes['/token'] = () => ({ status: 400, body });
    await assert.rejects(window.service.inspector.refresh(id, never()), {
      code: 'oauth.refreshEnded',
      message: `${new URL(server.origin).host} has ended the session of ${account.label} (invalid_grant): •••••• was revoked by an administrator`,
    });
    await assert.rejects(window.service.inspector.refresh(id, never()), { code: 'oauth.signInAgain' });
    await assert.rejects(window.service.inspector.introspect(id, never()), { code: 'oauth.signInAgain' });
    await window.service.signOut(id);
    assert.equal(await window.service.inspector.inspect(id, false), undefined);
    await assert.rejects(window.service.inspector.refresh(id, never()), { code: 'oauth.sessionGone' });
  });
});
