import assert from 'node:assert/strict';
import { request } from 'node:http';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import type { LatchkeyError } from '../../../src/core/errors';
import { CallbackRouter } from '../../../src/core/oauth/callbackRouter';
import type { RedirectStrategy } from '../../../src/core/oauth/signInPorts';
import { relayState } from '../../../src/core/oauth/relayState';
import type { SignInOutcome } from '../../../src/core/session/signInOutcome';
import { LoopbackRedirect } from '../../../src/node/loopbackRedirect';
import { CallbackUriHandler } from '../../../src/vscode/auth/callbackUriHandler';
import { CallbackHandover } from '../../../src/vscode/auth/handover';
import { ManualClock, settled } from '../../helpers/manualClock';
import { desktopClient, logIn, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { FakeSecretStore } from '../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../helpers/oauth/memoryLog';
import { desktop, never, TestWindow } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';
const relayUri = 'https://acme.dev/relay';

/** A place where callbacks arrive, as the world outside reaches it. Resolves to whether it was taken. */
interface Receiver {
  readonly strategy: RedirectStrategy;
  readonly redirect: 'loopback' | 'editorUri' | 'relay';
  deliver(url: URL): Promise<boolean>;
}

function listener(): Receiver {
  return {
    strategy: new LoopbackRedirect((uri) => Promise.resolve(uri)),
    redirect: 'loopback',
    deliver: async (url) => (await fetch(url).catch(() => undefined))?.status === 200,
  };
}

/** The editor's URI handler, with whatever the editor decodes before it gets there. */
function uriHandler(redirect: 'editorUri' | 'relay'): Receiver {
  const router = new CallbackRouter();
  const [clock, log] = [new ManualClock(), new MemoryLog()];
  const secrets = new FakeSecretStore();
  const told: LatchkeyError[] = [];
  const handover = new CallbackHandover(secrets, clock, log);
  const handler = new CallbackUriHandler({ router, handover, log, tell: (reason) => told.push(reason) });
  const uri = redirect === 'relay' ? relayUri : 'vscode://latchkey.latchkey/callback';
  return {
    redirect,
    strategy: {
      kind: redirect,
      open: (_connection, proposed) => {
        const state = redirect === 'relay' ? relayState(proposed, 'vscode') : proposed;
        return Promise.resolve({
          ...{ kind: redirect, uri, state },
          onCallback: (take) => router.register(state, take),
          close: () => Promise.resolve(),
        });
      },
    },
    async deliver(url) {
      const before = told.length;
      // The desktop decodes the query once; an address that does not end at our path stays with its own.
      const path = redirect === 'relay' ? url.pathname.replace('/relay', '/callback') : url.pathname;
      const handled = handler.handle({ path, query: decodeURIComponent(url.search.slice(1)) } as never);
      await settled();
      await clock.advance(10_000);
      await handled;
      return told.length === before && path === '/callback';
    },
  };
}

const receivers: Readonly<Record<string, () => Receiver>> = {
  'the listener': listener,
  'the URI handler': () => uriHandler('editorUri'),
  'the URI handler behind the relay page': () => uriHandler('relay'),
};

const client = {
  ...desktopClient,
  redirect_uris: [...(desktopClient.redirect_uris ?? []), relayUri],
};

interface Run {
  readonly outcome: Promise<SignInOutcome>;
  readonly window: TestWindow;
  /** The server's answer, as the browser has it when it is sent back. */
  readonly answer: Promise<URL>;
}

function start(server: AuthServer, receiver: Receiver, decision: 'allow' | 'deny' = 'allow'): Run {
  let answered: (url: URL) => void = () => undefined;
  const answer = new Promise<URL>((resolve) => (answered = resolve));
  const window = new TestWindow({
    strategies: [receiver.strategy],
    environment: { ...desktop, extensionHost: receiver.redirect === 'editorUri' ? 'remote' : 'local' },
    browse: async (url) => {
      const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
      answered(new URL((await logIn(url, { decision, stopAt: (next) => next.startsWith(redirect) })).url));
    },
  });
  const wish =
    receiver.redirect === 'relay' ? ({ kind: 'relay', uri: relayUri } as const) : ({ kind: 'auto' } as const);
  const connection = connectionWith({ issuer: server.issuer, clientId: 'desktop', redirect: wish });
  return { window, answer, outcome: window.service.signIn(connection, { folder, signal: never() }) };
}

const changed = (url: URL, change: (query: URLSearchParams) => void): URL => {
  const copy = new URL(url);
  change(copy.searchParams);
  return copy;
};

const tokenRequests = (server: AuthServer): number => server.requests.filter((line) => line === 'POST /token').length;

for (const [name, make] of Object.entries(receivers)) {
  suite(`callbacks that arrive at ${name}`, () => {
    for (const [what, change] of [
      ['of another sign-in', (query: URLSearchParams) => query.set('state', 'x'.repeat(43))],
      [
        'with a state that only begins like ours',
        (query) => query.set('state', (query.get('state') ?? '').slice(0, -1)),
      ],
      ['with more than our state', (query) => query.set('state', `${query.get('state') ?? ''}.vscode`)],
      ['without a state', (query) => query.delete('state')],
      ['with an empty state', (query) => query.set('state', '')],
      [
        'with nothing',
        (query) => {
          for (const key of [...query.keys()]) query.delete(key);
        },
      ],
      [
        'that refuses in the name of another sign-in',
        (query) => {
          query.set('error', 'access_denied');
          query.set('state', 'x'.repeat(43));
        },
      ],
    ] as const satisfies readonly (readonly [string, (query: URLSearchParams) => unknown])[]) {
      test(`one ${what} is ignored, and the right one still counts, once [A7 R9 R10 R11]`, async () => {
        await using server = await startAuthServer({ clients: [client] });
        const receiver = make();
        const { outcome, answer, window } = start(server, receiver);
        const right = await answer;
        assert.equal(await receiver.deliver(changed(right, change)), false);
        assert.equal(window.shown, 1, 'still waiting');
        assert.equal(tokenRequests(server), 0);
        assert.equal(await receiver.deliver(changed(right, (query) => query.set('unknown', 'x'))), true);
        assert.equal((await outcome).kind, 'signedIn');
        const { length } = window.log.lines;
        await receiver.deliver(right);
        assert.equal(tokenRequests(server), 1, 'a second hit sends no code');
        assert.ok(window.log.lines.length === length);
      });
    }

    for (const [what, change, code] of [
      ['two states', (query: URLSearchParams) => query.append('state', 'second'), 'oauth.callbackRepeated'],
      ['two codes', (query) => query.append('code', 'second'), 'oauth.callbackRepeated'],
      ['two issuers', (query) => query.append('iss', 'https://evil.example'), 'oauth.callbackRepeated'],
      [
        'two errors',
        (query) => {
          query.append('error', 'a');
          query.append('error', 'b');
        },
        'oauth.callbackRepeated',
      ],
      ['another issuer', (query) => query.set('iss', 'https://evil.example'), 'oauth.callbackIssuerWrong'],
      ['no issuer, where the server promises one', (query) => query.delete('iss'), 'oauth.callbackIssuerMissing'],
      ['no code', (query) => query.delete('code'), 'oauth.callbackInvalid'],
      [
        'a refusal of another issuer',
        (query) => {
          query.set('error', 'access_denied');
          query.set('error_description', 'believe me');
          query.set('iss', 'https://evil.example');
        },
        'oauth.callbackIssuerWrong',
      ],
    ] as const satisfies readonly (readonly [string, (query: URLSearchParams) => unknown, string])[]) {
      test(`one with ${what} ends the sign-in without a token request [R10 R11 X1 X3]`, async () => {
        await using server = await startAuthServer({ clients: [client] });
        const receiver = make();
        const { outcome, answer } = start(server, receiver);
        const failure = assert.rejects(outcome, (error: Error & { code?: string }) => {
          assert.equal(error.code, code);
          assert.doesNotMatch(error.message, /believe me/);
          return true;
        });
        assert.equal(await receiver.deliver(changed(await answer, change)), true);
        await failure;
        assert.equal(tokenRequests(server), 0);
      });
    }

    test('a refusal is told in the server’s words, without what could hide or link in them [R9 R11]', async () => {
      await using server = await startAuthServer({ clients: [client] });
      const receiver = make();
      const { outcome, answer } = start(server, receiver, 'deny');
      const failure = assert.rejects(outcome, (error: Error & { code?: string }) => {
        assert.equal(error.code, 'oauth.accessDenied');
        assert.match(error.message, /No\. \[here\] \(command :x\) \[2J/);
        return true;
      });
      const hostile = 'No.\u202e\u0007\n[here](command:x)\u001b[2J';
      await receiver.deliver(changed(await answer, (query) => query.set('error_description', hostile)));
      await failure;
    });
  });
}

test('a callback at another path of the URI handler is ignored [R10]', async () => {
  await using server = await startAuthServer({ clients: [client] });
  const receiver = uriHandler('editorUri');
  const { outcome, answer, window } = start(server, receiver);
  const right = await answer;
  for (const path of ['/', '/callback/', '/callback/evil', '/Callback']) {
    const elsewhere = new URL(right);
    elsewhere.pathname = path;
    assert.equal(await receiver.deliver(elsewhere), false, path);
  }
  assert.equal(window.shown, 1);
  await receiver.deliver(right);
  assert.equal((await outcome).kind, 'signedIn');
});

test('a callback at another path, with another method or Host at the listener gets a 4xx and uses nothing up [R10]', async () => {
  await using server = await startAuthServer({ clients: [client] });
  const receiver = listener();
  const { outcome, answer, window } = start(server, receiver);
  const right = await answer;
  const status = async (options: { path?: string; method?: string; host?: string }): Promise<number> => {
    const { path = right.pathname + right.search, method = 'GET', host = right.host } = options;
    const sent = request({ host: '127.0.0.1', port: right.port, path, method, headers: { host } });
    sent.end();
    const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    return response.statusCode;
  };
  assert.equal(await status({ path: `/other${right.search}` }), 404);
  assert.equal(await status({ method: 'POST' }), 405);
  assert.equal(await status({ method: 'PUT' }), 405);
  assert.equal(await status({ host: `evil.example:${right.port}` }), 421);
  assert.equal(await status({ host: `localhost:${right.port}` }), 421);
  assert.equal(window.shown, 1);
  assert.equal(await status({}), 200);
  assert.equal((await outcome).kind, 'signedIn');
});

test('over the relay page the state names the editor, and the redirect URI is the page’s in both requests [A8 A10 R1]', async () => {
  await using server = await startAuthServer({ clients: [client] });
  const receiver = uriHandler('relay');
  const { outcome, answer, window } = start(server, receiver);
  const right = await answer;
  assert.match(right.searchParams.get('state') ?? '', /^[\w-]{43}\.vscode$/);
  assert.equal(new URL(window.opened[0] ?? '').searchParams.get('redirect_uri'), relayUri);
  const forged = changed(right, (query) =>
    query.set('state', (query.get('state') ?? '').replace('.vscode', '.cursor')),
  );
  assert.equal(await receiver.deliver(forged), false, 'another editor’s name is another state');
  await receiver.deliver(right);
  assert.equal((await outcome).kind, 'signedIn');
});
