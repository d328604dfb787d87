import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CallbackRouter } from '../../../../src/core/oauth/callbackRouter';
import { chooseRedirects } from '../../../../src/core/oauth/chooseRedirects';
import { externalEditorUri } from '../../../../src/core/oauth/externalEditorUri';
import { forwardedLoopback } from '../../../../src/core/oauth/forwardedLoopback';
import type { RedirectWish } from '../../../../src/core/oauth/model';
import { loopbackPlace, loopbackUri } from '../../../../src/core/oauth/redirectUris';
import type { Environment, SignInWay } from '../../../../src/core/oauth/signInPorts';
import { callbackUrl } from '../../../../src/vscode/auth/callbackUriHandler';
import { connectionWith } from '../../../helpers/oauth/connection';
import { answered, deliveredQueries, externalEditorUris, externalLoopbacks } from '../../../helpers/oauth/recordedUris';

type Strategy = 'loopback' | 'fixedPort' | 'editorUri' | 'windowAddress' | 'relay' | 'device' | 'deviceFirst' | 'paste';

/**
 * Where a strategy stands in the list that "Try another way" walks: its place from 1; `-`: not offered; `x`: offered,
 * but what this edition makes of the address cannot be used, so the next way is tried.
 */
type Cell = number | '-' | 'x';

interface Row {
  readonly environment: Environment;
  readonly loopback: keyof typeof externalLoopbacks;
  readonly editorUri: keyof typeof externalEditorUris;
  readonly callback: keyof typeof deliveredQueries;
  readonly cells: Readonly<Record<Strategy, Cell>>;
}

const desktop: Environment = { ui: 'desktop', extensionHost: 'local', portable: false, uriScheme: 'vscode' };
const web: Environment = { ui: 'web', extensionHost: 'remote', portable: false, uriScheme: 'code-oss' };

const anywhere = {
  loopback: 1,
  fixedPort: 1,
  editorUri: 2,
  windowAddress: '-',
  relay: 1,
  device: 3,
  paste: 4,
} as const;
const inBrowser: Row['cells'] = {
  ...{ loopback: '-', fixedPort: 'x', editorUri: '-', windowAddress: 1, relay: '-' },
  ...{ device: 2, deviceFirst: 1, paste: 3 },
};

const rows: Readonly<Record<string, Row>> = {
  'desktop, local folder': {
    environment: desktop,
    ...{ loopback: 'desktop', editorUri: 'desktop', callback: 'desktop' },
    cells: { ...anywhere, deviceFirst: 3 },
  },
  'desktop, remote folder, extension on the user’s machine': {
    environment: desktop,
    ...{ loopback: 'desktop', editorUri: 'desktop', callback: 'desktopWindow' },
    cells: { ...anywhere, deviceFirst: 3 },
  },
  'desktop, extension on the remote machine, the port survives the tunnel': {
    environment: { ...desktop, extensionHost: 'remote' },
    ...{ loopback: 'tunnelSamePort', editorUri: 'desktop', callback: 'desktop' },
    cells: { ...anywhere, loopback: 3, editorUri: 1, device: 2, deviceFirst: 2 },
  },
  'desktop, extension on the remote machine, the tunnel gets another port': {
    environment: { ...desktop, extensionHost: 'remote' },
    ...{ loopback: 'tunnelOtherPort', editorUri: 'desktop', callback: 'desktop' },
    cells: { ...anywhere, loopback: 3, fixedPort: 'x', editorUri: 1, device: 2, deviceFirst: 2 },
  },
  'Codespaces in the browser': {
    environment: { ...web, uriScheme: 'vscode' },
    ...{ loopback: 'codespaces', editorUri: 'codespaces', callback: 'codespaces' },
    cells: inBrowser,
  },
  'serve-web on this machine': {
    environment: web,
    ...{ loopback: 'desktop', editorUri: 'serveWeb', callback: 'web' },
    cells: { ...inBrowser, fixedPort: 1 },
  },
  'code-server over https': {
    environment: web,
    ...{ loopback: 'codeServer', editorUri: 'codeServer', callback: 'web' },
    cells: inBrowser,
  },
  'code-server without https': {
    environment: web,
    ...{ loopback: 'codeServer', editorUri: 'codeServerOnLan', callback: 'web' },
    cells: { ...inBrowser, windowAddress: 'x' },
  },
  'a web embedder without callbacks': {
    environment: web,
    ...{ loopback: 'codeServer', editorUri: 'embedderWithoutCallbacks', callback: 'web' },
    cells: { ...inBrowser, windowAddress: 'x' },
  },
  'vscode.dev, a web worker': {
    environment: { ...web, extensionHost: 'worker', uriScheme: 'vscode' },
    ...{ loopback: 'codespaces', editorUri: 'codeServer', callback: 'web' },
    cells: { ...inBrowser, fixedPort: '-', device: '-', deviceFirst: '-', paste: 2 },
  },
  'another editor, known to the relay page': {
    environment: { ...desktop, uriScheme: 'cursor' },
    ...{ loopback: 'desktop', editorUri: 'desktop', callback: 'relay' },
    cells: { ...anywhere, deviceFirst: 3 },
  },
  'another editor, unknown to the relay page': {
    environment: { ...desktop, uriScheme: 'newcomer' },
    ...{ loopback: 'desktop', editorUri: 'desktop', callback: 'desktop' },
    cells: { ...anywhere, relay: '-', deviceFirst: 3 },
  },
  'a portable editor': {
    environment: { ...desktop, portable: true },
    ...{ loopback: 'desktop', editorUri: 'desktop', callback: 'desktop' },
    cells: { ...anywhere, editorUri: '-', relay: '-', device: 2, deviceFirst: 2, paste: 3 },
  },
};

const port = 28_218;
const fixedPort: RedirectWish = { kind: 'loopback', ports: [port], path: '/callback' };
const relay: RedirectWish = { kind: 'relay', uri: 'https://acme.dev/relay' };
const auto: RedirectWish = { kind: 'auto' };
const all = { registersClients: true, device: true };

/** The wish and the server that a strategy is looked at with, and its name in the list. */
const questions: Readonly<Record<Strategy, readonly [way: SignInWay, wish: RedirectWish, rules: typeof all]>> = {
  loopback: ['loopback', auto, all],
  fixedPort: ['loopback', fixedPort, all],
  editorUri: ['editorUri', auto, all],
  windowAddress: ['editorUriWeb', auto, all],
  relay: ['relay', relay, all],
  device: ['device', auto, all],
  deviceFirst: ['device', auto, { ...all, registersClients: false }],
  paste: ['paste', auto, all],
};

function cellOf(row: Row, strategy: Strategy): Cell {
  const [way, wish, rules] = questions[strategy];
  const place = chooseRedirects(row.environment, rules, wish).indexOf(way) + 1;
  if (place === 0) return '-';
  return isUsable(row, way, wish) ? place : 'x';
}

/** Whether what the edition makes of our address can be used, as the redirects themselves judge it. */
function isUsable(row: Row, way: SignInWay, wish: RedirectWish): boolean {
  if (way === 'editorUriWeb') return externalEditorUri(externalEditorUris[row.editorUri]).kind === 'address';
  if (way !== 'loopback') return true;
  const where = loopbackPlace(connectionWith({ redirect: wish }));
  const external = externalLoopbacks[row.loopback](port);
  return forwardedLoopback(loopbackUri(port, where.path), external, where) !== undefined;
}

suite('every edition of VS Code and every way of signing in', () => {
  for (const [name, row] of Object.entries(rows)) {
    test(`${name} [R3 R6]`, () => {
      const strategies = Object.keys(questions) as Strategy[];
      const cells = Object.fromEntries(strategies.map((strategy) => [strategy, cellOf(row, strategy)]));
      assert.deepEqual(cells, row.cells);
    });

    test(`${name}: the answer reaches the sign-in as the server sent it`, () => {
      const url = callbackUrl({ query: deliveredQueries[row.callback] });
      const { code, state, iss } = Object.fromEntries(url.searchParams) as Record<string, string>;
      assert.deepEqual({ code, state, iss }, answered);
      const router = new CallbackRouter();
      router.register(answered.state, () => true);
      assert.equal(router.deliver(url), true);
    });
  }
});

suite('the address of a browser window', () => {
  test('is kept to the byte, since the server compares it so [A10 R1 R2]', () => {
    for (const name of ['serveWeb', 'codeServer'] as const) {
      const uri = externalEditorUris[name];
      assert.deepEqual(externalEditorUri(uri), { kind: 'address', uri, state: undefined });
    }
  });

  test('a state in it, by which Codespaces knows the window, becomes the state of the sign-in', () => {
    assert.deepEqual(externalEditorUri(externalEditorUris.codespaces), {
      kind: 'address',
      uri: 'https://fluffy-space-train-1234.github.dev/extension-auth-callback',
      state: '4fe1c0de4fe1c0de4fe1c0de4fe1c0de',
    });
    const more = externalEditorUri(`https://x.github.dev/cb?a=1&state=${'0f'.repeat(16)}&b=%2F`);
    assert.deepEqual(more, { kind: 'address', uri: 'https://x.github.dev/cb?a=1&b=%2F', state: '0f'.repeat(16) });
  });

  for (const [what, uri] of [
    ['a state that can be guessed', 'https://x.github.dev/cb?state=1234'],
    ['an empty state', 'https://x.github.dev/cb?state='],
    ['two states', `https://x.github.dev/cb?state=${'a'.repeat(32)}&state=${'b'.repeat(32)}`],
    ['a state that would be encoded', `https://x.github.dev/cb?state=${'%2B'.repeat(20)}`],
    ['no address', externalEditorUris.embedderWithoutCallbacks],
    ['the editor’s own scheme', externalEditorUris.desktop],
    ['an address that anybody on the way can read', externalEditorUris.codeServerOnLan],
    ['a fragment', 'https://x.github.dev/cb#a'],
    ['nonsense', 'https://'],
    ['nothing', ''],
  ] as const) {
    test(`is not used with ${what} [A7 R7]`, () => {
      assert.equal(externalEditorUri(uri).kind, 'none');
    });
  }
});

suite('a loopback address that was forwarded', () => {
  const any = { host: '127.0.0.1', path: '/callback', ports: [0] } as const;
  const fixed = { ...any, ports: [28_218, 28_219] };
  const uri = `http://127.0.0.1:${port}/callback`;

  for (const [name, place, expected] of [
    ['desktop', any, uri],
    ['desktop', fixed, uri],
    ['tunnelOtherPort', any, 'http://127.0.0.1:28219/callback'],
    ['tunnelOtherPort', { ...any, ports: [28_218] }, undefined],
    ['tunnelOtherPort', fixed, 'http://127.0.0.1:28219/callback'],
    ['tunnelByName', any, undefined],
    ['codeServer', any, undefined],
    ['codespaces', any, undefined],
  ] as const) {
    test(`${name}, ${place.ports.join(' or ')}: ${expected ?? 'not used'} [R1 R3]`, () => {
      assert.equal(forwardedLoopback(uri, externalLoopbacks[name](port), place), expected);
    });
  }

  test('anything but the same path on the same host over http is not used [R7]', () => {
    for (const external of [
      'not a url',
      'https://127.0.0.1:28218/callback',
      'http://192.168.1.5:28218/callback',
      'http://127.0.0.2:28218/callback',
      'http://127.0.0.1:28218/',
      'http://127.0.0.1:28218/callback?x=1',
      'http://127.0.0.1:28218/callback#x',
      'vscode://127.0.0.1:28218/callback',
    ]) {
      assert.equal(forwardedLoopback(uri, external, any), undefined, external);
    }
    assert.equal(
      forwardedLoopback('http://127.0.0.1:80/callback', 'http://127.0.0.1/callback', any),
      'http://127.0.0.1:80/callback',
    );
    const byName = { ...any, host: 'localhost' } as const;
    const named = externalLoopbacks.tunnelByName(port);
    assert.equal(forwardedLoopback(`http://localhost:${port}/callback`, named, byName), named);
  });
});
