import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { Secret } from '../../../src/core/secret';
import { LoopbackRedirect } from '../../../src/node/loopbackRedirect';
import { logIn, startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { quirkMetadata, startQuirkServer, type QuirkServer } from '../../helpers/oauth/quirkServer';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';

async function codeServer(metadata: Record<string, unknown> = {}): Promise<QuirkServer> {
  const server = await startQuirkServer();
  server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin, metadata) });
  server.routes['/token'] = () => ({ body: { access_token: 'a', token_type: 'bearer' } });
  return server;
}

function quirky(server: QuirkServer, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return connectionWith({ issuer: server.origin, clientId: 'quirky', scopes: ['read'], ...more });
}

function signIn(window: TestWindow, connection: ConnectionConfig): Promise<unknown> {
  return window.service.signIn(connection, { folder, signal: never() });
}

function parameter(url: string, name: string): string {
  return new URL(url).searchParams.get(name) ?? '';
}

/** The callback to which the server would redirect for this authorization URL, with the parameters changed. */
function callbackFor(url: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams({ code: 'c', state: parameter(url, 'state'), ...parameters });
  return `${parameter(url, 'redirect_uri')}?${query.toString()}`;
}

suite('attempts to sign in', () => {
  test('after an error the next attempt has fresh state, nonce and verifier [A6]', async () => {
    await using server = await startAuthServer();
    const decisions = ['deny', 'allow', 'allow'] as const;
    using window: TestWindow = new TestWindow({
      browse: (url) => logIn(url, { decision: decisions[window.opened.length - 1] ?? 'allow' }),
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    await assert.rejects(signIn(window, connection), { code: 'oauth.accessDenied' });
    await signIn(window, connection);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      assert.equal(new Set(window.opened.map((url) => parameter(url, name))).size, 2, name);
    }
    const verifiers = server.issued.filter(({ kind }) => kind === 'code verifier');
    assert.equal(verifiers.length, 1);
    assert.match(verifiers[0]?.value ?? '', /^[\w-]{43}$/);
  });

  test('an answer to an earlier attempt is worth nothing in the next [A6 A7]', async () => {
    await using server = await codeServer();
    const statuses: number[] = [];
    using window: TestWindow = new TestWindow({
      browse: async (url) => {
        const [first = ''] = window.opened;
        if (url === first) return fetch(callbackFor(url, { error: 'server_error' }));
        statuses.push((await fetch(callbackFor(url, { state: parameter(first, 'state') }))).status);
        return fetch(callbackFor(url, { code: 'right' }));
      },
    });
    await assert.rejects(signIn(window, quirky(server)), { code: 'oauth.authorizationRefused' });
    await signIn(window, quirky(server));
    assert.deepEqual(statuses, [400]);
    assert.deepEqual(
      server.to('/token').map(({ form }) => form.get('code')),
      ['right'],
    );
  });

  test('nothing listens before the user has allowed the connection [R4]', async () => {
    await using server = await codeServer();
    let listening = 0;
    const order: string[] = [];
    using window = new TestWindow({
      approve: () => order.push(`asked, ${listening} listening`) > 0,
      strategies: [new LoopbackRedirect((uri) => (listening++, Promise.resolve(uri)))],
      browse: (url) => (order.push(`browser, ${listening} listening`), fetch(callbackFor(url))),
    });
    await signIn(window, quirky(server));
    assert.deepEqual(order, ['asked, 0 listening', 'browser, 1 listening']);
  });

  test('the code of each server goes to that server only, also when two sign in at once [X1 X2]', async () => {
    await using honest = await codeServer();
    await using other = await codeServer();
    const opened: string[] = [];
    let bothAreOpen: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      bothAreOpen = resolve;
    });
    const strangers: number[] = [];
    using window = new TestWindow({
      browse: async (url) => {
        if (opened.push(url) === 2) bothAreOpen();
        await open;
        const [first = '', second = ''] = opened;
        const stranger = url === first ? second : first;
        // What the stranger's server answers, sent to where this one's answer is waited for.
        const mixed = new URL(callbackFor(stranger, { code: 'stolen' }));
        mixed.port = new URL(parameter(url, 'redirect_uri')).port;
        strangers.push((await fetch(mixed)).status);
        return fetch(callbackFor(url, { code: `of ${new URL(url).origin}` }));
      },
    });
    await Promise.all([signIn(window, quirky(honest)), signIn(window, quirky(other, { name: 'other' }))]);
    assert.deepEqual(strangers, [400, 400]);
    for (const server of [honest, other]) {
      assert.deepEqual(
        server.to('/token').map(({ form }) => form.get('code')),
        [`of ${server.origin}`],
      );
    }
  });

  for (const [what, metadata] of [
    ['nothing', {}],
    ['only plain', { code_challenge_methods_supported: ['plain'] }],
    ['S256', { code_challenge_methods_supported: ['plain', 'S256'] }],
  ] as const) {
    test(`a server whose metadata says ${what} of PKCE gets S256, and its answer still needs the state [A4 A9]`, async () => {
      await using server = await codeServer(metadata);
      const statuses: number[] = [];
      using window = new TestWindow({
        browse: async (url) => {
          statuses.push((await fetch(callbackFor(url, { state: '' }))).status);
          return fetch(callbackFor(url));
        },
      });
      await signIn(window, quirky(server));
      const [url = ''] = window.opened;
      assert.equal(parameter(url, 'code_challenge_method'), 'S256');
      assert.deepEqual(statuses, [400]);
      assert.match(server.to('/token')[0]?.form.get('code_verifier') ?? '', /^[\w-]{43}$/);
    });
  }

  test('the authorization request of a confidential client has its id in it and no secret [A3 A8]', async () => {
    await using server = await codeServer();
    using window = new TestWindow({ browse: (url) => fetch(callbackFor(url)) });
    const secret = 'canary/secret+1';
    await signIn(window, quirky(server, { clientSecret: new Secret(secret), clientAuth: 'post' }));
    const [url = ''] = window.opened;
    const { form } = server.to('/token')[0] ?? {};
    assert.equal(form?.get('client_secret'), secret);
    for (const hidden of [secret, form.get('code_verifier') ?? '']) {
      for (const text of [hidden, encodeURIComponent(hidden), btoa(hidden)]) assert.ok(!url.includes(text), text);
    }
    assert.equal(parameter(url, 'client_id'), 'quirky');
    assert.match(parameter(url, 'code_challenge'), /^[\w-]{43}$/);
  });
});
