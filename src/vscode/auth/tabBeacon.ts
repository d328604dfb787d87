import * as vscode from 'vscode';
import type { Log } from '../../core/ports';

const fileName = 'beacon.json';

/** What the beacon file says: which tab changed its sessions. Nothing secret. */
interface Beacon {
  readonly tab: string;
  readonly at: number;
}

/**
 * Browser tabs share neither secrets nor their events, but they share the server's disk. A tab whose sessions
 * changed touches a file; the others offer to reload, because only a reload reads the browser's secrets anew.
 */
export class TabBeacon implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #tab = crypto.randomUUID();
  #watcher: vscode.FileSystemWatcher | undefined;
  #disposed = false;
  #offering = false;

  constructor(globalStorage: vscode.Uri, log: Log) {
    this.#folder = globalStorage;
    this.#watch().catch((error: unknown) => log.error('Other tabs cannot be heard', error));
  }

  /** Tells the other tabs that the sessions of this one have changed. */
  async announce(): Promise<void> {
    const beacon: Beacon = { tab: this.#tab, at: Date.now() };
    const file = vscode.Uri.joinPath(this.#folder, fileName);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(beacon)));
  }

  dispose(): void {
    this.#disposed = true;
    this.#watcher?.dispose();
  }

  /** A folder that is not there yet cannot be watched. */
  async #watch(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    if (this.#disposed) return;
    const pattern = new vscode.RelativePattern(this.#folder, fileName);
    this.#watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#watcher.onDidChange(() => void this.#look());
    this.#watcher.onDidCreate(() => void this.#look());
  }

  async #look(): Promise<void> {
    const beacon = await this.#read();
    if (!beacon || beacon.tab === this.#tab || this.#offering) return;
    this.#offering = true;
    const reload = vscode.l10n.t('Reload');
    const message = vscode.l10n.t('Accounts changed in another browser tab. Reload this tab to use them.');
    const choice = await vscode.window.showInformationMessage(message, reload);
    this.#offering = false;
    if (choice === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }

  async #read(): Promise<Beacon | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, fileName));
      return JSON.parse(new TextDecoder().decode(bytes)) as Beacon;
    } catch {
      return undefined; // being written, or gone: the next event tells
    }
  }
}
