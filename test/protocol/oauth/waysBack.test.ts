import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import { CallbackRouter } from '../../../src/core/oauth/callbackRouter';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import type { OpenRedirect, PasteResult, RedirectStrategy } from '../../../src/core/oauth/signInPorts';
import type { SignInOutcome } from '../../../src/core/session/signInOutcome';
import { LoopbackRedirect } from '../../../src/node/loopbackRedirect';
import { desktopClient, logIn, startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { desktop, never, TestWindow } from '../../helpers/oauth/testWindow';
import { ManualClock } from '../../helpers/manualClock';

const folder = 'file:///projects/shop';
const unchanged = (uri: string): Promise<string> => Promise.resolve(uri);

function signIn(window: TestWindow, connection: ConnectionConfig): Promise<SignInOutcome> {
  return window.service.signIn(connection, { folder, signal: never() });
}

/** Stands in for an editor's URI handler. */
function routed(kind: OpenRedirect['kind'], uri: () => string, router: CallbackRouter): RedirectStrategy {
  return {
    kind,
    open: (_connection, state) =>
      Promise.resolve({
        kind,
        uri: uri(),
        onCallback: (listener) => router.register(state, listener),
        close: () => Promise.resolve(),
      }),
  };
}

/** The address that the browser would show at the end, without going there. */
async function endOf(url: string): Promise<string> {
  const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
  return (await logIn(url, { stopAt: (next) => next.startsWith(redirect) })).url;
}

async function occupied(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Sends a request to a listener under the name that the browser knows it by. */
async function fetchAs(host: string, listener: string, path: string): Promise<number> {
  const { port } = new URL(listener);
  const sent = request({ host: '127.0.0.1', port, path, headers: { host } });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

suite('ways back from the browser', () => {
  test('the editor’s own URI, past callbacks that belong elsewhere [A7]', async () => {
    await using server = await startAuthServer();
    const router = new CallbackRouter();
    const strategy = routed('editorUri', () => 'vscode://latchkey.latchkey/callback', router);
    const taken: boolean[] = [];
    using window: TestWindow = new TestWindow({
      environment: { ...desktop, extensionHost: 'remote' },
      strategies: [strategy],
      browse: async (url) => {
        const end = new URL((await logIn(url)).url);
        const stranger = new URL(end);
        stranger.searchParams.set('state', 'somebody-else');
        const stateless = new URL(end);
        stateless.searchParams.delete('state');
        taken.push(router.deliver(stranger), router.deliver(stateless), router.deliver(end), router.deliver(end));
        return undefined;
      },
    });
    const outcome = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    assert.equal(outcome.kind, 'signedIn');
    assert.deepEqual(taken, [false, false, true, false], 'strangers are left alone, a second hit is ignored');
    const late = new URL(
      `vscode://latchkey.latchkey/callback?code=x&state=${new URL(window.opened[0] ?? '').searchParams.get('state') ?? ''}`,
    );
    assert.equal(router.deliver(late), false, 'late');
  });

  test('a browser window’s address is registered for each sign-in, for a configured public client too [A10 R1]', async () => {
    await using server = await startAuthServer();
    const router = new CallbackRouter();
    let request = 0;
    const strategy = routed(
      'editorUriWeb',
      () => `http://localhost:8000/stable-abc/callback?vscode-reqid=${++request}`,
      router,
    );
    using window: TestWindow = new TestWindow({
      environment: { ui: 'web', extensionHost: 'remote', portable: false, uriScheme: 'code-oss' },
      strategies: [strategy],
      browse: async (url) => assert.ok(router.deliver(new URL(await endOf(url)))),
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    for (const expected of [1, 2]) {
      const outcome = await signIn(window, connection);
      assert.equal(outcome.kind, 'signedIn');
      const query = new URL(window.opened.at(-1) ?? '').searchParams;
      assert.equal(query.get('redirect_uri'), `http://localhost:8000/stable-abc/callback?vscode-reqid=${expected}`);
      assert.notEqual(query.get('client_id'), 'desktop');
      const token = await window.service.freshToken(outcome.session.id, never());
      assert.ok(await server.accepts(token.value.revealForTransport()));
      assert.ok(await window.service.renew(outcome.session.id, token, never()), 'the registered client is kept');
    }
    assert.equal((await window.service.sessionsFor(connection)).length, 1, 'one account, one session');
  });

  test('the port that must be used is taken: coded error, no browser; the next of several is used [R1]', async () => {
    await using server = await startAuthServer();
    const busy = await occupied();
    using window = new TestWindow();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    const redirect = { kind: 'loopback', ports: [busy.port], path: '/callback' } as const;
    await assert.rejects(signIn(window, { ...connection, redirect }), {
      code: 'oauth.portTaken',
      data: { connection: 'acme', ports: String(busy.port) },
    });
    assert.deepEqual(window.opened, []);

    const free = await occupied();
    free.server.close();
    await once(free.server, 'close');
    const outcome = await signIn(window, { ...connection, redirect: { ...redirect, ports: [busy.port, free.port] } });
    assert.equal(outcome.kind, 'signedIn');
    const query = new URL(window.wait.authorizationUrl).searchParams;
    assert.equal(query.get('redirect_uri'), `http://127.0.0.1:${free.port}/callback`);
    busy.server.close();
  });

  test('a tunnel that ends at another port than the one that is registered: the next way is tried [R1 R4]', async () => {
    await using server = await startAuthServer();
    const asked: string[] = [];
    const tunnel = (uri: string): Promise<string> => {
      asked.push(uri);
      return Promise.resolve('http://127.0.0.1:1/callback');
    };
    using window: TestWindow = new TestWindow({
      strategies: [new LoopbackRedirect(tunnel)],
      browse: async (url) => assert.equal(window.wait.paste(await endOf(url)), 'accepted'),
    });
    const free = await occupied();
    free.server.close();
    await once(free.server, 'close');
    const redirect = { kind: 'loopback', ports: [free.port], path: '/callback' } as const;
    const outcome = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop', redirect }));
    assert.equal(outcome.kind, 'signedIn');
    assert.equal(window.wait.redirect, 'paste');
    assert.equal(asked.length, 1);
    await assert.rejects(fetch(asked[0] ?? ''), 'the listener is closed');
  });

  test('a tunnel that ends at another port, at a server that takes any: the port of the tunnel is sent, twice [R1 T6]', async () => {
    await using server = await startAuthServer();
    let far = '';
    // What a tunnel does: the browser's end has a port of its own, and the bytes arrive here as they are.
    const near = createServer((arrived, response) => {
      void fetchAs(arrived.headers.host ?? '', far, arrived.url ?? '').then((status) =>
        response.writeHead(status).end(),
      );
    });
    near.listen(0, '127.0.0.1');
    await once(near, 'listening');
    const { port } = near.address() as AddressInfo;
    using window = new TestWindow({
      environment: { ...desktop, extensionHost: 'remote' },
      strategies: [
        new LoopbackRedirect((uri) => {
          far = uri;
          return Promise.resolve(`http://127.0.0.1:${port}/callback`);
        }),
      ],
    });
    const outcome = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    assert.equal(outcome.kind, 'signedIn');
    assert.equal(window.wait.redirectUri, `http://127.0.0.1:${port}/callback`);
    near.close();
  });

  test('pasting: nonsense and strangers are told apart, the full address works while the loopback waits [A7 #answer]', async () => {
    await using server = await startAuthServer();
    const results: PasteResult[] = [];
    using window: TestWindow = new TestWindow({
      browse: async (url) => {
        const end = await endOf(url);
        const stranger = end.replace(/state=[^&]+/, 'state=somebody-else');
        const { paste } = window.wait;
        for (const text of [
          '',
          'two words',
          'https://example.com/',
          stranger,
          end.replace(/&?state=[^&]+/, ''),
          ` ${end}\n`,
          end,
        ]) {
          results.push(paste(text));
        }
      },
    });
    const outcome = await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }));
    assert.equal(outcome.kind, 'signedIn');
    assert.deepEqual(results, [
      'notUnderstood',
      'notUnderstood',
      'notUnderstood',
      'wrongState',
      'wrongState',
      'accepted',
      'notUnderstood',
    ]);
  });

  test('pasting the bare code of a page that only shows it', async () => {
    const uri = 'https://acme.dev/show-code';
    const client = { ...desktopClient, redirect_uris: [uri] };
    await using server = await startAuthServer({ clients: [client] });
    using window: TestWindow = new TestWindow({
      browse: async (url) => {
        const code = new URL(await endOf(url)).searchParams.get('code') ?? '';
        assert.equal(window.wait.paste(code), 'accepted');
      },
    });
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', redirect: { kind: 'paste', uri } });
    assert.equal((await signIn(window, connection)).kind, 'signedIn');
    assert.equal(window.wait.tryAnotherWay, undefined);
  });

  test('a code of somebody else’s sign-in is worthless here, even pasted [A3]', async () => {
    await using server = await startAuthServer();
    const connection = connectionWith({
      issuer: server.issuer,
      clientId: 'desktop',
      redirect: { kind: 'loopback', ports: [], path: '/callback' },
    });
    let stolen = '';
    using victim: TestWindow = new TestWindow({
      browse: async (url) => {
        stolen = new URL(await endOf(url)).searchParams.get('code') ?? '';
        victim.wait.cancel();
      },
    });
    await signIn(victim, connection);
    assert.ok(stolen.length > 20);
    using attacker: TestWindow = new TestWindow({ browse: () => attacker.wait.paste(stolen) });
    await assert.rejects(signIn(attacker, connection), { code: 'oauth.codeRejected' });
  });

  test('"try another way" walks the list with fresh secrets, and the last has no other [A6]', async () => {
    await using server = await startAuthServer();
    const router = new CallbackRouter();
    using window: TestWindow = new TestWindow({
      strategies: [
        new LoopbackRedirect(unchanged),
        routed('editorUri', () => 'vscode://latchkey.latchkey/callback', router),
      ],
      browse: async (url) => {
        const { tryAnotherWay, paste } = window.wait;
        if (tryAnotherWay) tryAnotherWay();
        else assert.equal(paste(await endOf(url)), 'accepted');
      },
    });
    assert.equal(
      (await signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' }))).kind,
      'signedIn',
    );
    assert.deepEqual(
      window.waits.map(({ redirect }) => redirect),
      ['loopback', 'editorUri', 'paste'],
    );
    const states = new Set(window.opened.map((url) => new URL(url).searchParams.get('state')));
    const challenges = new Set(window.opened.map((url) => new URL(url).searchParams.get('code_challenge')));
    assert.deepEqual([states.size, challenges.size], [3, 3]);
    assert.equal(window.shown, 0);
  });

  test('five minutes without an answer: coded error that tells of what was ignored; later answers change nothing [A7 R4]', async () => {
    await using server = await startAuthServer();
    const clock = new ManualClock();
    let opened: () => void = () => undefined;
    const browserIsOpen = new Promise<void>((resolve) => {
      opened = resolve;
    });
    using window: TestWindow = new TestWindow({
      clock,
      strategies: [new LoopbackRedirect(unchanged)],
      browse: () => opened(),
    });
    const failure = assert.rejects(
      signIn(window, connectionWith({ issuer: server.issuer, clientId: 'desktop' })),
      (error: Error & { code?: string; cause?: { code?: string } }) => {
        assert.equal(error.code, 'oauth.signInTimedOut');
        assert.equal(error.cause?.code, 'oauth.callbackStateUnknown');
        return true;
      },
    );
    await browserIsOpen;
    const query = new URL(window.opened[0] ?? '').searchParams;
    const redirect = query.get('redirect_uri') ?? '';
    assert.equal((await fetch(`${redirect}?code=x&state=stranger`)).status, 400);
    await clock.advance(299_999);
    assert.equal(window.shown, 1);
    await clock.advance(1);
    await failure;
    assert.equal(window.shown, 0);
    const late = `${redirect}?code=x&state=${query.get('state') ?? ''}&iss=${encodeURIComponent(server.issuer)}`;
    assert.equal(window.wait.paste(late), 'notUnderstood');
    await assert.rejects(fetch(late), 'the port is closed');
    assert.ok(!server.requests.includes('POST /token'));
    assert.equal(clock.pending, 0);
  });

  test('an answer that names another issuer, or repeats a parameter, ends the sign-in [X1 X3 R10]', async () => {
    await using server = await startAuthServer();
    const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop' });
    for (const [change, code] of [
      [(url: URL) => url.searchParams.set('iss', 'https://evil.example'), 'oauth.callbackIssuerWrong'],
      [(url: URL) => url.searchParams.delete('iss'), 'oauth.callbackIssuerMissing'],
      [(url: URL) => url.searchParams.append('state', 'second'), 'oauth.callbackRepeated'],
      [(url: URL) => url.searchParams.append('code', 'second'), 'oauth.callbackRepeated'],
      [(url: URL) => url.searchParams.delete('code'), 'oauth.callbackInvalid'],
    ] as const) {
      using window: TestWindow = new TestWindow({
        browse: async (url) => {
          const end = new URL(await endOf(url));
          change(end);
          return fetch(end);
        },
      });
      const before = server.requests.length;
      await assert.rejects(signIn(window, connection), { code });
      assert.ok(!server.requests.slice(before).includes('POST /token'), 'no code is sent');
    }
  });
});
