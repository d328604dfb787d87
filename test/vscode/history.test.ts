import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import type { HistoryEntry } from '../../src/core/history/historyEntry';
import { Secret } from '../../src/core/secret';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { filesBelow, findCanaries, type Canary } from '../helpers/leakSearch';
import { present } from '../helpers/present';

const secret = 'canary-4b81c7e90f-secret';
const issued = 'canary-5d2e11aa93-issued';
const session = 'canary-6a0c44de17-session';
const canaries: readonly Canary[] = [
  { kind: 'secret', value: secret },
  { kind: 'token that the server issued', value: issued },
  { kind: 'session cookie', value: session },
];

describe('the history of sends', () => {
  let server: http.Server;
  let origin: string;
  let overrides: PortOverrides;
  let history: NonNullable<PortOverrides['history']>;
  let uri: vscode.Uri;
  let slow: vscode.Uri;
  let answer: { readonly status: number; readonly body: string };
  const questions: string[] = [];

  before(async () => {
    server = http.createServer((request, response) => {
      if (request.url === '/hang') return;
      response.writeHead(answer.status, { 'content-type': 'application/json', 'set-cookie': `sid=${session}; Path=/` });
      response.end(request.url === '/echo' ? JSON.stringify({ key: request.headers['x-key'] }) : answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    overrides.confirm = ({ message }) => {
      questions.push(message);
      return Promise.resolve(true);
    };
    overrides.secretPrompt = { ask: () => Promise.resolve(new Secret(secret)) };
    await write('history/latchkey.yaml', environments());
    uri = await write('history/sends.http.yaml', requests());
    slow = await write('history/slow.http.yaml', 'requests: { hang: { get: /hang } }\n');
    await vscode.commands.executeCommand('latchkey.openRunner', uri, 'orders');
    history = present(overrides.history, 'the history');
  });

  beforeEach(async () => {
    answer = { status: 200, body: '{"b":1,"a":[1.10,2]}' };
    questions.length = 0;
    await history.log.clear();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    delete overrides.confirm;
    delete overrides.secretPrompt;
    server.closeAllConnections();
    server.close();
  });

  it('keeps how each send ended, and nothing of what was not sent', async () => {
    await send('orders');
    answer = { status: 404, body: '{}' };
    await send('orders');
    await send('refused');
    await send('unknown');
    const entries = await history.log.list();
    assert.deepEqual(entries.map(shortly), [
      ['refused', 'GET', 'http.connectionRefused'],
      ['orders', 'GET', '404'],
      ['orders', 'GET', '200'],
    ]);
    const [, , first] = entries;
    assert.equal(first?.environment, undefined);
    assert.equal(first?.url, `${origin}/orders`);
    assert.equal(first.size, 20);
    const record = await history.log.read(first.id);
    assert.equal(record?.body?.text, '{"b":1,"a":[1.10,2]}');
  });

  it('keeps what is cancelled', async () => {
    const sending = vscode.commands.executeCommand<SendSummary>('latchkey.send', slow, 'hang');
    await eventually(async () => {
      await vscode.commands.executeCommand('latchkey.cancel');
      assert.equal((await history.log.list()).length, 1);
    });
    assert.equal((await sending).error?.code, 'cancelled');
    assert.deepEqual((await history.log.list()).map(shortly), [['hang', 'GET', 'cancelled']]);
  });

  it('writes no secret, also none that a server echoes or gives out', async () => {
    answer = { status: 200, body: JSON.stringify({ access_token: issued, name: 'Anna' }) };
    await send('login');
    await send('echo');
    await vscode.commands.executeCommand('latchkey.sendAll', uri);
    await history.log.flush();
    const folder = present(history.folder, 'the folder');
    const texts = await filesBelow(folder);
    assert.ok(
      texts.some(({ text }) => text.includes('Anna')),
      'the search reads what was written',
    );
    assert.ok(texts.some(({ text }) => text.includes('/echo')));
    assert.deepEqual(findCanaries(canaries, texts), []);
  });

  it('keeps files that nobody else may read', async () => {
    await send('orders');
    await history.log.flush();
    const folder = path.join(present(history.folder, 'the folder'), 'history');
    const [name, ...others] = await fs.readdir(folder);
    assert.deepEqual(others, []);
    if (process.platform !== 'win32') {
      assert.equal((await fs.stat(path.join(folder, present(name, 'the file')))).mode & 0o777, 0o600);
    }
  });

  it('keeps nothing while the switch is off', async () => {
    const settings = vscode.workspace.getConfiguration('latchkey');
    await settings.update('history.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await send('orders');
      assert.deepEqual(await history.log.list(), []);
    } finally {
      await settings.update('history.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is cleared on request, after a question', async () => {
    await send('orders');
    await history.log.flush();
    await vscode.commands.executeCommand('latchkey.clearHistory');
    assert.equal(questions.length, 1);
    assert.deepEqual(await fs.readdir(path.join(present(history.folder, 'the folder'), 'history')), []);
  });

  it('shows an older send, and the latest again when it is sent', async () => {
    await send('orders');
    answer = { status: 500, body: '{"late":true}' };
    await send('orders');
    const [, first] = await history.runner.listHistory();
    await history.runner.showPast(present(first, 'the first send').id);
    assert.equal(history.runner.target?.name, 'orders');
    history.runner.showLatest();
    await assert.rejects(history.runner.showPast('0-none'), /no longer in the history/);
  });

  it('compares with the previous send in the editor’s diff, in a form in which only values differ', async () => {
    await send('orders');
    answer = { status: 200, body: '{"a":[1.10,3],"b":1}' };
    await send('orders');
    await vscode.commands.executeCommand('latchkey.diffResponses', uri, 'orders', { previous: true });
    assert.deepEqual(await diffTexts(), [
      '{\n  "a": [\n    1.10,\n    2\n  ],\n  "b": 1\n}',
      '{\n  "a": [\n    1.10,\n    3\n  ],\n  "b": 1\n}',
    ]);
  });

  it('sends to the other environment that it is compared with, and asks where that is protected', async () => {
    await send('change');
    answer = { status: 200, body: '{"where":"staging"}' };
    await vscode.commands.executeCommand('latchkey.diffResponses', uri, 'change', { environment: 'staging' });
    const texts = await diffTexts();
    assert.match(present(texts[1], 'the other side'), /"where": "staging"/);
    assert.deepEqual(questions, ['Send POST “change” to staging?']);
    assert.equal((await history.log.list())[0]?.environment, 'staging');
  });

  it('compares with a file', async () => {
    const file = await write('history/saved.json', '{"b":2,"a":[]}');
    await send('orders');
    await vscode.commands.executeCommand('latchkey.diffResponses', uri, 'orders', { file });
    assert.equal((await diffTexts())[0], '{\n  "a": [],\n  "b": 2\n}');
  });

  function environments(): string {
    return `environments:
  local: { api: "${origin}" }
  staging: { api: "${origin}" }
protect: [staging]
variables: { api: "${origin}" }
defaults: { baseUrl: "\${api}", auth: none }
`;
  }

  function requests(): string {
    return `requests:
  orders: { get: /orders }
  change: { post: /change }
  refused: { get: "http://127.0.0.1:1/" }
  unknown: { get: "/\${nowhere}", skip: true }
  login:
    post: /login
    form: { password: "\${secret:historyKey}" }
  echo:
    get: /echo
    headers: { X-Key: "\${secret:historyKey}" }
`;
  }

  function send(name: string): Thenable<SendSummary> {
    return vscode.commands.executeCommand<SendSummary>('latchkey.send', uri, name);
  }
});

function shortly({ request, method, outcome }: HistoryEntry): readonly string[] {
  const end =
    outcome.kind === 'response' ? String(outcome.status) : outcome.kind === 'failure' ? outcome.code : 'cancelled';
  return [request, method, end];
}

/** The two texts of the diff that is in front. */
async function diffTexts(): Promise<readonly string[]> {
  return eventually(async () => {
    const { input } = present(vscode.window.tabGroups.activeTabGroup.activeTab, 'a tab');
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const uris = [input.original, input.modified];
    const documents = await Promise.all(uris.map((each) => vscode.workspace.openTextDocument(each)));
    return documents.map((document) => document.getText());
  });
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uri = vscode.Uri.joinPath(present(folder, 'the folder').uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}
