import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shownRequest } from '../../src/shared/typedView';
import { PROTOCOL_VERSION, type HostMessage, type ViewMessage } from '../../src/shared/protocol';
import type { RunnerModel } from '../../src/shared/viewModel';
import { runWithout } from '../../src/vscode/runner/presentOutcome';
import type { RequestContext } from '../../src/vscode/runner/requestSender';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { present } from '../helpers/present';

/** A panel as VS Code gives it back after a reload, whose page is this test. */
class RestoredPanel {
  readonly #spoken = new vscode.EventEmitter<unknown>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #states = new vscode.EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  /** The latest that the page was given to draw. */
  model: RunnerModel | undefined;
  /** The latest text that its fields were given. */
  typed: string | undefined;

  readonly panel = {
    visible: true,
    title: '',
    webview: {
      html: '',
      options: {},
      cspSource: 'test:',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.#spoken.event,
      postMessage: (message: HostMessage) => {
        if (message.type === 'snapshot' || message.type === 'update') this.model = message.model;
        if (message.type === 'typed') this.typed = message.typed.edit?.wanted.url;
        return Promise.resolve(true);
      },
    },
    onDidChangeViewState: this.#states.event,
    onDidDispose: this.#disposed.event,
    reveal: () => undefined,
    dispose: () => this.#disposed.fire(),
  } as unknown as vscode.WebviewPanel;

  ready(): void {
    this.say({ type: 'ready', version: PROTOCOL_VERSION, layout: { form: 'pretty', columns: 80 } });
  }

  say(message: ViewMessage): void {
    this.#spoken.fire(message);
  }
}

describe('a runner that is restored after a reload', () => {
  let uri: vscode.Uri;
  let history: NonNullable<PortOverrides['history']>;
  let restored: RestoredPanel;

  before(async () => {
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    const overrides = await present(extension, 'the extension').activate();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    uri = vscode.Uri.joinPath(present(folder, 'a folder').uri, 'restored.http.yaml');
    const names = ['kept', 'late', 'cut', 'never', 'pinned'];
    const text = `requests:\n${names.map((name) => `  ${name}: { get: 'http://127.0.0.1:9/' }\n`).join('')}`;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.commands.executeCommand('latchkey.openRunner', uri, 'never');
    history = present(overrides.history, 'the history');
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    restored = new RestoredPanel();
  });

  afterEach(() => {
    restored.panel.dispose();
  });

  after(async () => {
    await vscode.workspace.fs.delete(uri);
  });

  /** A send of before the reload that is in the history. */
  function keep(name: string): void {
    const sent = { method: 'GET', url: 'http://127.0.0.1:9/', headers: [], body: undefined, bodyBytes: 0 };
    const context = { uri, entry: { name }, environment: undefined } as unknown as RequestContext;
    history.log.record(context, runWithout({ kind: 'cancelled', sent }));
  }

  async function drawn(name: string, sendingSince?: number, isPinned = false): Promise<RunnerModel> {
    history.runner.restore(restored.panel, { uri, name, environment: undefined, isPinned, sendingSince });
    restored.ready();
    return eventually(() => {
      assert.equal(restored.model?.request?.name, name);
      return restored.model;
    });
  }

  it('shows what the latest send has come to', async () => {
    keep('kept');
    const { state, past } = await drawn('kept');
    assert.equal(state.kind, 'cancelled');
    assert.equal(past?.isLatest, true);
  });

  it('shows what a send has come to that ended while nobody saw it', async () => {
    const since = Date.now() - 1000;
    keep('late');
    const { state, past } = await drawn('late', since);
    assert.equal(state.kind, 'cancelled');
    assert.equal(past?.isLatest, true);
  });

  it('says that a send was cut off, and shows no older one in its place', async () => {
    keep('cut');
    const { state, past } = await drawn('cut', Date.now() + 1000);
    assert.equal(state.kind === 'failure' && state.failure.code, 'run.interrupted');
    assert.equal(past, undefined);
  });

  it('shows nothing of what was never sent', async () => {
    const { state } = await drawn('never');
    assert.equal(state.kind, 'idle');
  });

  it('has what was typed when it is opened once more, and when the request got another name meanwhile', async () => {
    await drawn('never');
    const from = await history.runner.readWritten();
    const wanted = { ...from.written, url: '/mine', query: [], headers: [] };
    restored.say({ type: 'keepEdit', of: shownRequest(restored.model) ?? '', edit: { from, wanted } });
    restored.panel.dispose();

    restored = new RestoredPanel();
    await drawn('never');
    await eventually(() => assert.equal(restored.typed, '/mine'));
    restored.typed = undefined;
    const document = await vscode.workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf('never'));
    const rename = new vscode.WorkspaceEdit();
    rename.replace(uri, new vscode.Range(at, at.translate(0, 'never'.length)), 'ever');
    await vscode.workspace.applyEdit(rename);
    await eventually(() => assert.deepEqual([restored.model?.request?.name, restored.typed], ['ever', '/mine']));
    await history.runner.applyEdit(from.base, wanted);
    assert.match(document.getText(), /^ {2}ever: \{ get: .?\/mine.? \}$/m);
    await document.save();
  });

  it('stays pinned', async () => {
    const { isPinned, resume } = await drawn('pinned', undefined, true);
    assert.equal(isPinned, true);
    assert.match(resume ?? '', /"isPinned":true/);
  });
});
