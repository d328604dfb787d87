import * as vscode from 'vscode';
import { abortError } from '../../core/errors';
import { RequestDocument } from '../../core/request/document/requestDocument';
import {
  outlineOf,
  outlineOfEnvFile,
  outlineOfProjectFile,
  type FileOutline,
} from '../../core/request/index/fileOutline';
import type { LanguageFileKind } from '../../core/request/index/occurrences';
import { RequestIndex, type IndexedFile } from '../../core/request/index/requestIndex';
import { runInSlices } from '../platform/runInSlices';
import { readFileText, type ReadFile } from './fileTexts';
import { isAtOrBelow, type FolderNews } from './folderWatch';
import { envFileName, localProjectFileName, projectFileName } from './projectFiles';
import type { RequestDocuments } from './requestDocuments';
import { isEnvFile, isProjectFile, isRequestFile } from './requestFileNames';

/**
 * The index of all request files of the workspace and of the project and `.env` files around them, open or not. Nothing
 * is read before somebody asks, and only for as long as somebody waits; afterwards only what has changed. Request files
 * are read in slices that leave the extension host to others. In an untrusted workspace it holds the open files only:
 * nothing else may be read there.
 */
export class WorkspaceIndex implements vscode.Disposable {
  readonly #documents: RequestDocuments;
  readonly #folderNews: FolderNews;
  readonly #readFile: ReadFile | undefined;
  readonly #index = new RequestIndex();
  /** Files to be read, by URI. */
  readonly #changed = new Map<string, vscode.Uri>();
  /** Whether the files of the workspace have been looked for; what changes in its course may ask for another search. */
  #search: 'due' | 'running' | 'done' = 'due';
  /** Folders outside of the workspace that somebody has asked from, by URI: only what lies right in them counts. */
  readonly #folders = new Map<string, vscode.Uri>();
  readonly #watching: vscode.Disposable[] = [];
  #isWatching = false;
  #updating: Promise<void> | undefined;
  #waiting = 0;
  readonly #changes = new vscode.EventEmitter<void>();

  /** Fires when a file was changed, made or deleted after the index was first asked for. */
  readonly onDidChange = this.#changes.event;

  /** @param read absent: VS Code reads. */
  constructor(documents: RequestDocuments, folders: FolderNews, read?: ReadFile) {
    this.#documents = documents;
    this.#folderNews = folders;
    this.#readFile = read;
  }

  /**
   * The index, up to date. The object stays the same and goes on with the next call.
   * @param near a file whose neighbours belong to it even where it is in no workspace folder.
   * @throws `AbortError` when the signal fires first. What has been read by then is kept.
   */
  async whenComplete(signal: AbortSignal, near?: vscode.Uri): Promise<RequestIndex> {
    signal.throwIfAborted();
    if (near) this.#include(near);
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

  /** Looks at everything again: for file systems that tell nobody of their changes. */
  refresh(): void {
    this.#startOver();
  }

  dispose(): void {
    for (const each of this.#watching) each.dispose();
    this.#changes.dispose();
  }

  #include(near: vscode.Uri): void {
    if (near.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(near)) return;
    const folder = vscode.Uri.joinPath(near, '..');
    if (this.#folders.has(folder.toString())) return;
    this.#folders.set(folder.toString(), folder);
    this.#watching.push(this.#watchFiles(new vscode.RelativePattern(folder, FILES)));
    this.#search = 'due';
  }

  async #update(): Promise<void> {
    if (!this.#isWatching) this.#watching.push(this.#watch());
    this.#isWatching = true;
    if (this.#search !== 'done') await this.#findFiles();
    for (const [key, uri] of this.#changed) {
      if (this.#waiting === 0) return;
      this.#changed.delete(key);
      const file = await this.#read(uri);
      if (file === 'again') this.#changed.set(key, uri);
      else if (file) this.#index.set(key, file);
      else this.#index.delete(key);
    }
  }

  async #findFiles(): Promise<void> {
    this.#search = 'running';
    const patterns = [
      `**/${FILES}`,
      ...[...this.#folders.values()].map((uri) => new vscode.RelativePattern(uri, FILES)),
    ];
    const find = (pattern: vscode.GlobPattern): Thenable<readonly vscode.Uri[]> =>
      vscode.workspace.findFiles(pattern, '**/node_modules/**');
    const found = vscode.workspace.isTrusted ? await Promise.all(patterns.map(find)) : [];
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter(isIndexed);
    for (const uri of [...found.flat(), ...open]) {
      // What is known is watched.
      if (!this.#index.files.has(uri.toString())) this.#changed.set(uri.toString(), uri);
    }
    this.#finishSearch();
  }

  /** Unless everything has to start over meanwhile. */
  #finishSearch(): void {
    if (this.#search === 'running') this.#search = 'done';
  }

  /** `undefined`: there is no such file, or it may not be read. `'again'`: nobody waited, or it has changed since. */
  async #read(uri: vscode.Uri): Promise<IndexedFile | 'again' | undefined> {
    const kind = kindOf(uri);
    // A file that cannot be read has nothing to say here; who sends it is told why.
    const found = kind && (await readFileText(uri, this.#readFile).catch(() => undefined));
    if (!kind || !found) return undefined;
    const { text } = found;
    const known = this.#index.files.get(uri.toString());
    if (known?.text === text) return known;
    const outline = kind === 'request' ? await this.#outline(uri, text) : outlines[kind](text);
    return outline ? { kind, text, outline } : 'again';
  }

  /** `undefined`: nobody waits any more, or it has changed since. */
  async #outline(uri: vscode.Uri, text: string): Promise<FileOutline | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const file = open
      ? await this.#documents.whenRead(open)
      : await runInSlices(new RequestDocument().read(text), () => this.#waiting === 0);
    if (!file || (open && open.getText() !== text)) return undefined;
    const outline = outlineOf(file);
    // A question goes to all files at once; what it takes of each is done here, between the pauses.
    if (!open) outline.names.prepare();
    return outline;
  }

  #watch(): vscode.Disposable {
    const change = (uri: vscode.Uri): void => this.#change(uri);
    return vscode.Disposable.from(
      this.#watchFiles(`**/${FILES}`),
      this.#folderNews.onDidCome(() => this.#searchAgain()),
      this.#folderNews.onDidGo((gone) => {
        for (const uri of this.#index.files.keys()) if (isAtOrBelow(uri, gone)) change(vscode.Uri.parse(uri));
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => change(document.uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => change(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => change(uri)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#startOver()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#startOver()),
    );
  }

  #watchFiles(pattern: vscode.GlobPattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const change = (uri: vscode.Uri): void => this.#change(uri);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(change),
      watcher.onDidCreate(change),
      watcher.onDidDelete(change),
    );
  }

  #change(uri: vscode.Uri): void {
    if (!isIndexed(uri)) return;
    this.#changed.set(uri.toString(), uri);
    this.#changes.fire();
  }

  /** What was known is looked at again: a file may be there no more, or may be read now. */
  #startOver(): void {
    for (const uri of this.#index.files.keys()) this.#changed.set(uri, vscode.Uri.parse(uri));
    this.#searchAgain();
  }

  #searchAgain(): void {
    this.#search = 'due';
    this.#changes.fire();
  }
}

const FILES = `{*.http.yaml,*.http.yml,${projectFileName},${localProjectFileName},${envFileName}}`;

const outlines = { project: outlineOfProjectFile, env: outlineOfEnvFile } as const;

/** A file as it once was, which VS Code shows beside the one of today, is none of the workspace. */
function isIndexed(uri: vscode.Uri): boolean {
  return kindOf(uri) !== undefined && uri.scheme !== 'git';
}

function kindOf(uri: vscode.Uri): LanguageFileKind | undefined {
  if (isRequestFile(uri)) return 'request';
  if (isProjectFile(uri)) return 'project';
  return isEnvFile(uri) ? 'env' : undefined;
}
