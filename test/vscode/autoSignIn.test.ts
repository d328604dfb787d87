import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { present } from '../helpers/present';
import { startPlayground, type StartedPlayground } from '../helpers/playground';
import { PlaygroundVisitor } from '../helpers/playgroundVisitor';
import { signOutOfAll } from '../helpers/signOutOfAll';

interface Summary {
  readonly ok: boolean;
  readonly status?: number;
  readonly error?: { readonly code: string };
}

describe('an API that says itself where to sign in', () => {
  let playground: StartedPlayground;
  let overrides: PortOverrides;
  let folder: vscode.Uri;
  let requests: vscode.Uri;
  const opened: string[] = [];
  const asked: string[] = [];

  const send = (name: string): Thenable<Summary> => vscode.commands.executeCommand('latchkey.send', requests, name);
  const projectText = async (): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'latchkey.yaml')));

  before(async () => {
    playground = await startPlayground();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, 'auto');
    requests = vscode.Uri.joinPath(folder, 'auto.http.yaml');
    const text = `
baseUrl: ${playground.api}
auth: auto
requests:
  list: { get: /orders, expect: { status: 200 } }
  open: { get: /orders, auth: none }
  saved: { get: /orders, auth: 127-0-0-1-${new URL(playground.api).port}, expect: { status: 200 } }
`;
    await vscode.workspace.fs.writeFile(requests, new TextEncoder().encode(text));
    const project = '# ours\r\nvariables: { a: "1" } # kept\r\n';
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder, 'latchkey.yaml'),
      new TextEncoder().encode(project),
    );
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    overrides = present(await extension?.activate(), 'the extension');
    const callbacks = new Map<string, Promise<URL>>();
    overrides.consent = {
      approveConnection: ({ facts, hosts }) => {
        asked.push(`${facts.origins.join()} ${hosts.map(({ host }) => host).join()}`);
        return Promise.resolve(true);
      },
    };
    overrides.browser = {
      open: (url) => {
        opened.push(url);
        callbacks.set(url, new PlaygroundVisitor().signIn(url, { user: 'alice', decision: 'allow' }));
        return Promise.resolve(true);
      },
    };
    overrides.progress = {
      show: (waiting) => {
        void eventually(() => present(callbacks.get(waiting.authorizationUrl), 'the opened browser'))
          .then((callback) => callback)
          .then(({ href }) => waiting.paste(href));
        return { dispose: () => undefined };
      },
    };
  });

  after(async () => {
    await signOutOfAll();
    await playground[Symbol.asyncDispose]();
  });

  it('is sent to without a token first, and its 401 says that a sign-in is wanted', async () => {
    const { ok, status, error } = await send('list');
    assert.deepEqual({ ok, status, code: error?.code }, { ok: false, status: 401, code: 'session.signInRequired' });
    assert.deepEqual(opened, []);
  });

  it('is signed in to from its answer, after the hosts were shown, with the scope that it asks for [A11 A13]', async () => {
    const accounts = (await vscode.authentication.getAccounts('latchkey')).length;
    overrides.press?.('signInToApi');
    await eventually(async () => {
      assert.equal((await vscode.authentication.getAccounts('latchkey')).length, accounts + 1);
    });
    await eventually(async () => assert.deepEqual(pick(await send('list')), { ok: true, status: 200 }));
    assert.equal(opened.length, 1);
    const parameters = new URL(opened[0] ?? '').searchParams;
    assert.equal(parameters.get('resource'), playground.api);
    assert.equal(parameters.get('scope'), 'openid offline_access orders.read');
    assert.equal(asked.length, 1);
    assert.ok(asked[0]?.startsWith(`${playground.api} ${new URL(playground.issuer).host}`), asked[0]);
  });

  it('gets no token from a request that says none', async () => {
    assert.equal((await send('open')).status, 401);
  });

  it('is written into latchkey.yaml as a connection that uses the same session, and nothing else is touched', async () => {
    overrides.press?.('signInToApi');
    await eventually(async () => {
      // As a double click does.
      overrides.press?.('saveConnection');
      overrides.press?.('saveConnection');
      assert.match(await projectText(), /connections:/);
    });
    const text = await projectText();
    assert.ok(text.startsWith('# ours\r\nvariables: { a: "1" } # kept\r\n'), text);
    assert.ok(text.includes(`\r\n    issuer: ${playground.issuer}\r\n`), text);
    assert.equal(text.split('issuer:').length, 2, text);
    assert.doesNotMatch(text, /clientId/);
    assert.deepEqual(pick(await send('saved')), { ok: true, status: 200 });
    assert.equal(opened.length, 1);
    assert.equal(asked.length, 1);
  });
});

function pick({ ok, status }: Summary): object {
  return { ok, status };
}
