import * as vscode from 'vscode';
import { Throttled } from '../platform/throttled';

/** Milliseconds at least between two looks at what has come. */
const pause = 250;
/** So many things at once are not looked at one by one. */
const many = 50;
/** What builds and tools fill, and no request file is looked for in. */
const passedOver = /\/(?:node_modules|\.git)(?:\/|$)/;

/**
 * Tells of folders that have come or gone. When a folder is moved, copied, checked out or deleted, VS Code tells of the
 * folder alone and not of the files in it. One for all: it looks at everything that comes.
 */
export class FolderWatch implements vscode.Disposable {
  readonly #watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  readonly #came = new vscode.EventEmitter<void>();
  readonly #look = new Throttled<void>(pause, () => void this.#lookAtNew());
  #new = new Map<string, vscode.Uri>();

  /** Fires when there may be a folder that was not there before. */
  readonly onDidCome = this.#came.event;
  /** Fires with the URI of whatever is gone, file or folder. */
  readonly onDidGo = this.#watcher.onDidDelete;

  constructor() {
    this.#watcher.onDidCreate((uri) => {
      if (passedOver.test(uri.path)) return;
      this.#new.set(uri.toString(), uri);
      this.#look.next();
    });
  }

  dispose(): void {
    this.#look.stop();
    this.#watcher.dispose();
    this.#came.dispose();
  }

  async #lookAtNew(): Promise<void> {
    const uris = [...this.#new.values()];
    this.#new = new Map();
    const hasFolder = uris.length > many || (await Promise.all(uris.map(isFolder))).includes(true);
    if (hasFolder) this.#came.fire();
  }
}

/** What it tells. */
export type FolderNews = Pick<FolderWatch, 'onDidCome' | 'onDidGo'>;

/** Whether a URI is that of something in a folder, or that of the folder itself. */
export function isAtOrBelow(uri: string, folder: vscode.Uri): boolean {
  const top = folder.toString();
  return uri === top || uri.startsWith(`${top}/`);
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    // It is gone again.
    return false;
  }
}
