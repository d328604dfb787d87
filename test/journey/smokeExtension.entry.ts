import * as vscode from 'vscode';

/** The smallest extension that meets every part of the workbench the journeys drive. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Smoke', { log: true });
  const register = (id: string, run: () => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`smoke.${id}`, run));
  };
  context.subscriptions.push(
    log,
    vscode.authentication.registerAuthenticationProvider('smoke', 'Smoke', new Accounts()),
  );
  context.subscriptions.push(vscode.languages.registerCodeLensProvider({ language: 'yaml' }, { provideCodeLenses }));
  register('ask', async () => {
    const fruit = await vscode.window.showQuickPick(['apple', 'pear']);
    const answer = await vscode.window.showWarningMessage(
      `Eat the ${fruit}?`,
      { modal: true, detail: 'It is ripe.' },
      'Allow',
    );
    log.info(`answer ${answer} ${fruit}`);
    const next = await vscode.window.showInformationMessage(`Answered ${answer}`, 'Open');
    if (next === 'Open') await vscode.env.openExternal(vscode.Uri.parse(String(process.env['SMOKE_PAGE'])));
  });
  register('show', () => {
    const panel = vscode.window.createWebviewPanel('smoke', 'Smoke view', vscode.ViewColumn.Beside, {});
    panel.webview.html = '<!doctype html><h1>Seen in a webview</h1>';
  });
  register('signIn', () => vscode.authentication.getSession('smoke', ['read'], { createIfNone: true }));
}

function provideCodeLenses(): vscode.CodeLens[] {
  return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title: 'Show', command: 'smoke.show' })];
}

class Accounts implements vscode.AuthenticationProvider {
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #sessions: vscode.AuthenticationSession[] = [];

  getSessions(): Promise<vscode.AuthenticationSession[]> {
    return Promise.resolve(this.#sessions);
  }

  createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
    const session = { id: '1', accessToken: 'x', account: { id: 'alice', label: 'alice' }, scopes };
    this.#sessions.push(session);
    this.#changed.fire({ added: [session], removed: [], changed: [] });
    return Promise.resolve(session);
  }

  removeSession(): Promise<void> {
    this.#changed.fire({ added: [], removed: this.#sessions.splice(0), changed: [] });
    return Promise.resolve();
  }
}
