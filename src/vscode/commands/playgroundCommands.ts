import * as vscode from 'vscode';
import { abortError } from '../../core/errors';
import { contextKeys } from '../ids';
import { setContextKey } from '../platform/contextKey';

/** A playground that runs. */
export interface RunningPlayground {
  readonly issuer: string;
  readonly api: string;
  readonly onDidExit: (listener: () => void) => unknown;
  stop(): void;
}

export interface PlaygroundDeps {
  /** Starts the servers and writes missing sample files to the folder. */
  readonly start: (sampleFolder: string, signal: AbortSignal) => Promise<RunningPlayground>;
  /** The folder of this extension's own data; holds the sample when no folder is open. */
  readonly globalStorage: vscode.Uri;
}

const sampleFolderName = 'latchkey-playground';
const firstFile = 'profile.http.yaml';

/** Starts and stops the playground and opens its sample files. */
export class PlaygroundCommands implements vscode.Disposable {
  readonly #deps: PlaygroundDeps;
  #running: Promise<RunningPlayground> | undefined;

  constructor(deps: PlaygroundDeps) {
    this.#deps = deps;
  }

  /** Starts it unless it runs, and opens the first sample file. */
  async start(): Promise<void> {
    const folder = sampleFolder(this.#deps.globalStorage);
    await vscode.workspace.fs.createDirectory(folder);
    this.#running ??= this.#launch(folder);
    try {
      await this.#running;
    } catch (error) {
      this.#gone();
      throw error;
    }
    await openSample(folder);
  }

  stop(): void {
    void this.#running?.then((playground) => playground.stop());
    this.#gone();
  }

  dispose(): void {
    this.stop();
  }

  async #launch(folder: vscode.Uri): Promise<RunningPlayground> {
    const title = vscode.l10n.t('Starting the Latchkey playground…');
    const location = vscode.ProgressLocation.Notification;
    const playground = await vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort(abortError()));
      return this.#deps.start(folder.fsPath, controller.signal);
    });
    playground.onDidExit(() => this.#gone());
    setContextKey(contextKeys.playgroundRunning, true);
    return playground;
  }

  #gone(): void {
    this.#running = undefined;
    setContextKey(contextKeys.playgroundRunning, false);
  }
}

/** The open folder when it is the sample or empty enough to take it, else a folder of our own. */
function sampleFolder(globalStorage: vscode.Uri): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder?.uri.scheme !== 'file') return vscode.Uri.joinPath(globalStorage, sampleFolderName);
  return folder.name === sampleFolderName ? folder.uri : vscode.Uri.joinPath(folder.uri, sampleFolderName);
}

/** Opens the first sample file; outside of the workspace the folder itself has to be opened to be used. */
async function openSample(folder: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(folder, firstFile);
  if (vscode.workspace.getWorkspaceFolder(file)) {
    await vscode.window.showTextDocument(file);
    return;
  }
  const open = vscode.l10n.t('Open Sample Folder');
  const message = vscode.l10n.t('The playground runs. Open its sample folder to try it.');
  const choice = await vscode.window.showInformationMessage(message, open);
  if (choice === open) await vscode.commands.executeCommand('vscode.openFolder', folder);
}
