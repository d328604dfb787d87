import * as vscode from 'vscode';
import { abortError } from '../../core/errors';
import { contextKeys } from '../ids';
import { setContextKey } from '../platform/contextKey';
import { namedPlayground } from './namedPlayground';

/** A playground that runs. */
export interface RunningPlayground {
  readonly api: string;
  readonly onDidExit: (listener: () => void) => unknown;
  stop(): void;
}

export interface PlaygroundDeps {
  /** Starts the servers and writes missing sample files to the folder. */
  readonly start: (sampleFolder: string, signal: AbortSignal) => Promise<RunningPlayground>;
  /** Takes over one that runs, by the address of its API; `undefined` when it is gone. */
  readonly adopt: (api: string) => Promise<RunningPlayground | undefined>;
  /** The folder of this extension's own data; holds the sample when no folder is open. */
  readonly globalStorage: vscode.Uri;
  readonly globalState: vscode.Memento;
}

const sampleFolderName = 'latchkey-playground';
const firstFile = 'profile.http.yaml';
const stateKey = 'latchkey.playground';

/** Starts and stops the playground and opens its sample files. */
export class PlaygroundCommands {
  readonly #deps: PlaygroundDeps;
  /** Where the sample is: the first of {@link PlaygroundCommands.#folders} that has a playground, else its last. */
  #folder: vscode.Uri;
  #running: Promise<RunningPlayground> | undefined;
  #isRunning = false;
  readonly #changed = new vscode.EventEmitter<void>();

  /** Fires when it has started or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: PlaygroundDeps) {
    this.#deps = deps;
    this.#folder = sampleFolder(deps.globalStorage);
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Starts it unless it runs, and opens the first sample file. */
  async start(): Promise<void> {
    this.#running ??= this.#launch();
    try {
      await this.#running;
    } catch (error) {
      this.#gone();
      throw error;
    }
    await openSample(this.#folder);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#gone();
    await this.#remember(undefined);
    (await running)?.stop();
  }

  /** After a reload, or when the sample folder has just been opened: the playground waits to be taken over. */
  async resume(): Promise<void> {
    const playground = await this.#adopt((folder) => this.#remembered(folder));
    if (playground && !this.#running) this.#running = Promise.resolve(playground);
  }

  async #launch(): Promise<RunningPlayground> {
    const adopted = await this.#adoptAny();
    if (adopted) return adopted;
    await vscode.workspace.fs.createDirectory(this.#folder);
    const title = vscode.l10n.t('Starting the Latchkey playground…');
    const location = vscode.ProgressLocation.Notification;
    const playground = await vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort(abortError()));
      return this.#deps.start(this.#folder.fsPath, controller.signal);
    });
    await this.#remember(playground.api);
    return this.#watch(playground);
  }

  async #adoptAny(): Promise<RunningPlayground | undefined> {
    const known = await this.#adopt((folder) => this.#remembered(folder));
    if (known || !vscode.workspace.isTrusted) return known;
    // Started from elsewhere, such as a terminal: a second one would take the first one's place in the project file.
    const named = await this.#adopt((folder) => namedPlayground(folder, firstFile));
    if (named) await this.#remember(named.api);
    return named;
  }

  async #adopt(
    find: (folder: vscode.Uri) => string | undefined | Promise<string | undefined>,
  ): Promise<RunningPlayground | undefined> {
    for (const folder of this.#folders()) {
      const api = await find(folder);
      const playground = api === undefined ? undefined : await this.#deps.adopt(api);
      if (!playground) continue;
      this.#folder = folder;
      return this.#watch(playground);
    }
    return undefined;
  }

  /** Where a sample may be: the open folder itself, whatever its name, and where this command puts one. */
  #folders(): readonly vscode.Uri[] {
    const own = sampleFolder(this.#deps.globalStorage);
    const [open] = vscode.workspace.workspaceFolders ?? [];
    return open?.uri.scheme === 'file' && open.uri.path !== own.path ? [open.uri, own] : [own];
  }

  #watch(playground: RunningPlayground): RunningPlayground {
    playground.onDidExit(() => this.#gone());
    this.#tell(true);
    return playground;
  }

  #gone(): void {
    this.#running = undefined;
    this.#tell(false);
  }

  #tell(isRunning: boolean): void {
    this.#isRunning = isRunning;
    setContextKey(contextKeys.playgroundRunning, isRunning);
    this.#changed.fire();
  }

  /** By sample folder: windows on different folders have playgrounds of their own. */
  #remembered(folder: vscode.Uri): string | undefined {
    return this.#deps.globalState.get<Record<string, string>>(stateKey)?.[folder.fsPath];
  }

  async #remember(api: string | undefined): Promise<void> {
    const before = this.#deps.globalState.get<Record<string, string>>(stateKey) ?? {};
    // What is undefined is left out of the JSON that is stored.
    await this.#deps.globalState.update(stateKey, { ...before, [this.#folder.fsPath]: api });
  }
}

/** The open folder when it is the sample, else a folder in it; without an open folder one of our own. */
function sampleFolder(globalStorage: vscode.Uri): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder?.uri.scheme !== 'file') return vscode.Uri.joinPath(globalStorage, sampleFolderName);
  return folder.name === sampleFolderName ? folder.uri : vscode.Uri.joinPath(folder.uri, sampleFolderName);
}

/** Opens the first sample file; outside of the workspace the folder itself has to be opened to be used. */
async function openSample(folder: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(folder, firstFile);
  if (vscode.workspace.getWorkspaceFolder(file)) {
    await vscode.window.showTextDocument(file, { preview: false });
    return;
  }
  const open = vscode.l10n.t('Open Sample Folder');
  const message = vscode.l10n.t('The playground runs. Open its sample folder to try it.');
  const choice = await vscode.window.showInformationMessage(message, open);
  if (choice === open) await vscode.commands.executeCommand('vscode.openFolder', folder);
}
