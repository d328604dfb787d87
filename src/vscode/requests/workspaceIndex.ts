import * as vscode from 'vscode';
import { abortError } from '../../core/errors';
import { RequestDocument } from '../../core/request/document/requestDocument';
import { outlineOf } from '../../core/request/index/fileOutline';
import { RequestIndex } from '../../core/request/index/requestIndex';
import type { RequestFile } from '../../core/request/model';
import { runInSlices } from '../platform/runInSlices';
import { readFileText } from './fileTexts';
import type { RequestDocuments } from './requestDocuments';
import { isRequestFile } from './requestFileNames';

/**
 * The index of all request files of the workspace, open or not. Nothing is read before somebody asks, and only for as
 * long as somebody waits; afterwards only what has changed. Files are read in slices that leave the extension host to
 * others. In an untrusted workspace it holds the open files only: nothing else may be read there.
 */
export class WorkspaceIndex implements vscode.Disposable {
  readonly #documents: RequestDocuments;
  readonly #index = new RequestIndex();
  /** Files to be read, by URI. */
  readonly #changed = new Map<string, vscode.Uri>();
  /** Whether the files of the workspace have been looked for; what changes in its course may ask for another search. */
  #search: 'due' | 'running' | 'done' = 'due';
  #watching: vscode.Disposable | undefined;
  #updating: Promise<void> | undefined;
  #waiting = 0;
  readonly #changes = new vscode.EventEmitter<void>();

  /** Fires when a request file was changed, made or deleted after the index was first asked for. */
  readonly onDidChange = this.#changes.event;

  constructor(documents: RequestDocuments) {
    this.#documents = documents;
  }

  /**
   * The index, up to date. The object stays the same and goes on with the next call.
   * @throws `AbortError` when the signal fires first. What has been read by then is kept.
   */
  async whenComplete(signal: AbortSignal): Promise<RequestIndex> {
    signal.throwIfAborted();
    this.#waiting++;
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => (abort = () => reject(abortError())));
    signal.addEventListener('abort', abort);
    try {
      while (this.#updating || this.#search !== 'done' || this.#changed.size > 0) {
        this.#updating ??= this.#update().finally(() => (this.#updating = undefined));
        await Promise.race([this.#updating, aborted]);
      }
      return this.#index;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting--;
    }
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#changes.dispose();
  }

  async #update(): Promise<void> {
    this.#watching ??= this.#watch();
    if (this.#search !== 'done') await this.#findFiles();
    for (const [key, uri] of this.#changed) {
      if (this.#waiting === 0) return;
      this.#changed.delete(key);
      const file = await this.#read(uri);
      if (file === 'again') this.#changed.set(key, uri);
      else if (file) this.#index.set(key, outlineOf(file));
      else this.#index.delete(key);
    }
  }

  async #findFiles(): Promise<void> {
    this.#search = 'running';
    const uris = await vscode.workspace.findFiles(FILES, '**/node_modules/**');
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter(isRequestFile);
    for (const uri of [...uris, ...open]) this.#changed.set(uri.toString(), uri);
    this.#finishSearch();
  }

  /** Unless everything has to start over meanwhile. */
  #finishSearch(): void {
    if (this.#search === 'running') this.#search = 'done';
  }

  /** `undefined`: there is no such file, or it may not be read. `'again'`: nobody waited, or it has changed since. */
  async #read(uri: vscode.Uri): Promise<RequestFile | 'again' | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open) return (await this.#documents.whenRead(open)) ?? 'again';
    // A file that cannot be read has nothing to say here; who sends it is told why.
    const found = await readFileText(uri).catch(() => undefined);
    if (!found) return undefined;
    return (await runInSlices(new RequestDocument().read(found.text), () => this.#waiting === 0)) ?? 'again';
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(FILES);
    const change = (uri: vscode.Uri): void => this.#change(uri);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(change),
      watcher.onDidCreate(change),
      watcher.onDidDelete(change),
      vscode.workspace.onDidChangeTextDocument(({ document }) => change(document.uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => change(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => change(uri)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#startOver()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#startOver()),
    );
  }

  #change(uri: vscode.Uri): void {
    if (!isRequestFile(uri)) return;
    this.#changed.set(uri.toString(), uri);
    this.#changes.fire();
  }

  /** What was known is looked at again: a file may be there no more, or may be read now. */
  #startOver(): void {
    for (const uri of this.#index.uris) this.#changed.set(uri, vscode.Uri.parse(uri));
    this.#search = 'due';
    this.#changes.fire();
  }
}

const FILES = '**/*.http.{yaml,yml}';
