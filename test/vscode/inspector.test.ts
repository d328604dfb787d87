import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session } from '../../src/core/oauth/model';
import { Secret } from '../../src/core/secret';
import type { PortOverrides } from '../../src/wiring/activation';
import { AccessTokenClipboard } from '../../src/vscode/commands/accessTokenClipboard';
import { ClearingClipboard, clipboardTime } from '../../src/vscode/platform/clearingClipboard';
import { inspectorViewType } from '../../src/vscode/ids';
import type { Question } from '../../src/vscode/platform/confirm';
import { eventually } from '../helpers/eventually';
import { signOutOfAll } from '../helpers/signOutOfAll';
import { ManualClock, settled } from '../helpers/manualClock';
import { MemoryLog } from '../helpers/oauth/memoryLog';
import { startPlayground, type StartedPlayground } from '../helpers/playground';
import { present } from '../helpers/present';
import { signInByScript } from '../helpers/scriptedBrowser';

interface SignedIn {
  readonly id: string;
  readonly account: { readonly label: string };
}

const session = { id: 'session-1', account: { id: 'a', label: 'alice · Acme' } } as Session;

describe('the access token on the clipboard', () => {
  const clock = new ManualClock();
  const asked: Question[] = [];
  let answer = true;
  let board = 'before';
  const held = new ClearingClipboard({
    clipboard: {
      readText: () => Promise.resolve(board),
      writeText: (text) => {
        board = text;
        return Promise.resolve();
      },
    },
    clock,
    log: new MemoryLog(),
  });
  const clipboard = new AccessTokenClipboard({
    sessions: {
      freshToken: (sessionId) =>
        Promise.resolve({ sessionId, type: 'Bearer', value: new Secret('token-1'), expiresAt: undefined }),
    },
    confirm: (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
    clipboard: held,
  });
  const copy = (): Promise<boolean> => clipboard.copy(session, new AbortController().signal);

  it('is copied only when the user says so', async () => {
    answer = false;
    assert.equal(await copy(), false);
    assert.equal(board, 'before');
    answer = true;
    assert.equal(await copy(), true);
    assert.equal(board, 'token-1');
    assert.equal(asked.at(-1)?.button, 'Copy');
    assert.match(asked.at(-1)?.message ?? '', /alice · Acme/);
  });

  it('is taken away after a while, unless something else was copied meanwhile', async () => {
    await clock.advance(clipboardTime);
    assert.equal(board, '');
    await copy();
    board = 'something else';
    await clock.advance(clipboardTime);
    assert.equal(board, 'something else');
  });

  it('counts from the latest copy, and is taken away at once when the window closes', async () => {
    await copy();
    await clock.advance(clipboardTime / 2);
    await copy();
    await settled();
    await clock.advance(clipboardTime / 2);
    assert.equal(board, 'token-1');
    held.dispose();
    await settled();
    assert.equal(board, '');
  });
});

describe('the token inspector', () => {
  let playground: StartedPlayground;
  let overrides: PortOverrides;
  let signedIn: SignedIn | undefined;

  before(async () => {
    playground = await startPlayground();
    const folder = present(vscode.workspace.workspaceFolders?.[0], 'a workspace folder').uri;
    const project = [
      'connections:',
      '  inspected:',
      '    label: Inspected',
      `    issuer: ${playground.issuer}`,
      '    scopes: [openid, email, offline_access, orders.read]',
      `    origins: ["${playground.api}"]`,
      '    clientId: latchkey-playground',
      '    redirect: { paste: "http://127.0.0.1/callback" }',
    ];
    const file = vscode.Uri.joinPath(folder, 'latchkey.yaml');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${project.join('\n')}\n`));
    overrides = await present(
      vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey'),
      'Latchkey',
    ).activate();
    overrides.consent = { approveConnection: () => Promise.resolve(true) };
    signInByScript(overrides, () => ({ user: 'alice', decision: 'allow' }));
    signedIn = await vscode.commands.executeCommand('latchkey.signIn', 'inspected');
    assert.ok(signedIn);
  });

  after(async () => {
    await playground[Symbol.asyncDispose]();
  });

  it('opens for the only session without asking which, named for the account', async () => {
    await vscode.commands.executeCommand('latchkey.inspectToken');
    const tab = await eventually(() => present(inspectorTab(), 'the tab of the inspector'));
    await eventually(() => assert.match(inspectorTab()?.label ?? '', /^Token: .*alice.* · Inspected$/i));
    await vscode.commands.executeCommand('latchkey.inspectToken', signedIn?.id);
    assert.equal(inspectorTabs().length, 1, 'there is one');
    assert.ok(tab.isActive);
  });

  it('copies nothing while the user has not agreed, whoever runs the command', async () => {
    const asked: Question[] = [];
    overrides.confirm = (question) => {
      asked.push(question);
      return Promise.resolve(false);
    };
    const answer: unknown = await vscode.commands.executeCommand('latchkey.copyAccessToken', signedIn?.id);
    assert.equal(answer, undefined);
    assert.equal(asked.length, 1);
  });

  it('says that the session is gone once it is signed out', async () => {
    await signOutOfAll();
    await eventually(() => assert.equal(inspectorTab()?.label, 'Token Inspector'));
    const tab = inspectorTab();
    if (tab) await vscode.window.tabGroups.close(tab);
  });
});

function inspectorTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes(inspectorViewType));
}

function inspectorTab(): vscode.Tab | undefined {
  return inspectorTabs()[0];
}
