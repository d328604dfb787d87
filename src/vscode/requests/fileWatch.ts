import * as vscode from 'vscode';
import type { FileLooks } from './fileLooks';

/** Tells when files that request files name have come, changed or gone. */
export class FileWatch implements vscode.Disposable {
  readonly #looks: Pick<FileLooks, 'forget'>;
  readonly #watcher = vscode.workspace.createFileSystemWatcher('**/*');
  readonly #saved: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Paths of URIs; VS Code tells of many at once. */
  #changed = new Set<string>();

  readonly onDidChange = this.#changes.event;

  constructor(looks: Pick<FileLooks, 'forget'>) {
    this.#looks = looks;
    const note = ({ path }: vscode.Uri): void => this.#note(path);
    this.#watcher.onDidChange(note);
    this.#watcher.onDidCreate(note);
    this.#watcher.onDidDelete(note);
    // Outside of the workspace, and where watching is switched off, nobody else tells.
    this.#saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => note(uri));
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#saved.dispose();
    this.#changes.dispose();
  }

  #note(path: string): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    this.#changed.add(path);
  }

  #tell(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    if (this.#looks.forget(changed)) this.#changes.fire();
  }
}
