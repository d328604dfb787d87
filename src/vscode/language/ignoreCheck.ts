import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import { isIgnored, withIgnored } from '../../core/files/gitIgnore';
import { localProjectFileName } from '../requests/projectFiles';

const code = 'project.localNotIgnored';
const gitIgnoreName = '.gitignore';

/** Marks `latchkey.local.yaml` in a repository whose `.gitignore` would let it be committed, and offers the line. */
export class IgnoreCheck implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('latchkey.ignore');
  readonly #subscriptions: readonly Disposable[];

  constructor() {
    const refreshAll = (): void => {
      for (const document of vscode.workspace.textDocuments) void this.#refresh(document);
    };
    this.#subscriptions = [
      this.#collection,
      vscode.workspace.onDidOpenTextDocument((document) => void this.#refresh(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith(`/${gitIgnoreName}`)) refreshAll();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(refreshAll),
    ];
    refreshAll();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] | Promise<vscode.CodeAction[]> {
    const shown = diagnostics.find((each) => each.code === code);
    return shown ? this.#actions(document.uri, shown) : [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refresh(document: vscode.TextDocument): Promise<void> {
    if (!document.uri.path.endsWith(`/${localProjectFileName}`) || !vscode.workspace.isTrusted) return;
    const names = await exposedNames(document.uri);
    if (document.isClosed) return;
    this.#collection.set(document.uri, names.includes(localProjectFileName) ? [notIgnored(document)] : []);
  }

  async #actions(uri: vscode.Uri, shown: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
    const names = await exposedNames(uri);
    if (names.length === 0) return [];
    const title = vscode.l10n.t('Add {0} to .gitignore', names.join(', '));
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = await ignoreEdit(vscode.Uri.joinPath(uri, '..', gitIgnoreName), names);
    action.diagnostics = [shown];
    action.isPreferred = true;
    return [action];
  }
}

function notIgnored(document: vscode.TextDocument): vscode.Diagnostic {
  const message = vscode.l10n.t(
    '{0} is for this machine only, and no .gitignore keeps it from being committed. Add it to .gitignore.',
    localProjectFileName,
  );
  const diagnostic = new vscode.Diagnostic(document.lineAt(0).range, message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'Latchkey';
  diagnostic.code = code;
  return diagnostic;
}

async function ignoreEdit(uri: vscode.Uri, names: readonly string[]): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  const text = await read(uri);
  if (text === undefined) {
    edit.createFile(uri, { ignoreIfExists: true });
    edit.insert(uri, new vscode.Position(0, 0), withIgnored('', names));
    return edit;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  edit.insert(uri, document.positionAt(document.getText().length), withIgnored(document.getText(), names));
  return edit;
}

/** The private files beside a file that are there, in a repository, and that no `.gitignore` leaves out. */
async function exposedNames(uri: vscode.Uri): Promise<readonly string[]> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!top || !(await exists(vscode.Uri.joinPath(top, '.git')))) return [];
  const folder = vscode.Uri.joinPath(uri, '..');
  const exposed = [localProjectFileName, '.env'].map(async (name) => {
    const file = vscode.Uri.joinPath(folder, name);
    return (await exists(file)) && !(await isLeftOut(file, top)) ? [name] : [];
  });
  return (await Promise.all(exposed)).flat();
}

/** The nearest `.gitignore` that says anything counts. */
async function isLeftOut(file: vscode.Uri, top: vscode.Uri): Promise<boolean> {
  let folder = vscode.Uri.joinPath(file, '..');
  for (;;) {
    const text = await read(vscode.Uri.joinPath(folder, gitIgnoreName));
    const path = file.path.slice(folder.path.length).replace(/^\//, '');
    const ignored = text === undefined ? undefined : isIgnored(text, path);
    if (ignored !== undefined) return ignored;
    if (folder.path === top.path || !folder.path.startsWith(top.path)) return false;
    folder = vscode.Uri.joinPath(folder, '..');
  }
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
