import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import { mergeProjectFiles } from '../../core/request/mergeProjectFiles';
import type { ProjectFile } from '../../core/request/model';
import { parseDotEnv } from '../../core/request/parseDotEnv';
import { parseProjectFile } from '../../core/request/parseProjectFile';
import { isAtOrBelow, type FolderNews } from './folderWatch';
import { readFileText, type FileText, type ReadFile } from './fileTexts';
import { isEnvFile, isProjectFile } from './requestFileNames';
import { TextCache } from './textCache';

export const projectFileName = 'latchkey.yaml';
export const localProjectFileName = 'latchkey.local.yaml';
export const envFileName = '.env';

/** A project file in its place, with the private overrides beside it merged over it. */
export interface Project {
  readonly uri: vscode.Uri;
  /** URI of the workspace folder it belongs to, or of its own folder outside of one: what trust is given to. */
  readonly folder: string;
  /** Path for people, relative to the workspace. */
  readonly label: string;
  readonly file: ProjectFile;
}

/** Whether requests have a base URL there without saying so. */
export function hasBaseUrl(project: Project | undefined): boolean {
  const baseUrl = project?.file.defaults.baseUrl;
  return baseUrl !== undefined && baseUrl !== null;
}

/** Finds, reads and keeps the project files of the workspace. */
export class ProjectFiles implements vscode.Disposable {
  readonly #parsed = new TextCache(parseProject);
  readonly #parsedEnv = new TextCache(parseDotEnv);
  readonly #placed = new WeakMap<ProjectFile, ProjectFile>();
  /** By folder, until one of the files changes. */
  readonly #recent = new Map<string, Promise<Project | undefined>>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** URIs of those that were found. */
  readonly #found = new Set<string>();
  readonly #readFile: ReadFile | undefined;
  readonly #subscriptions: vscode.Disposable[];

  /** Fires when a project file, its local overrides or its `.env` may have changed, on disk or in an editor. */
  readonly onDidChange = this.#changed.event;

  /** @param read absent: VS Code reads. */
  constructor(folders: FolderNews, read?: ReadFile) {
    this.#readFile = read;
    const watcher = vscode.workspace.createFileSystemWatcher(
      `**/{${projectFileName},${localProjectFileName},${envFileName}}`,
    );
    const fire = (): void => {
      this.#recent.clear();
      this.#changed.fire();
    };
    this.#subscriptions = [
      folders.onDidCome(fire),
      folders.onDidGo((gone) => {
        if ([...this.#found].some((uri) => isAtOrBelow(uri, gone))) fire();
      }),
      watcher,
      watcher.onDidChange(fire),
      watcher.onDidCreate(fire),
      watcher.onDidDelete(fire),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isProjectFile(document.uri) || isEnvFile(document.uri)) fire();
      }),
      // What was not saved goes with its editor.
      vscode.workspace.onDidCloseTextDocument(() => this.#recent.clear()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#recent.clear()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#recent.clear()),
    ];
  }

  /**
   * The project file that counts for a file: in its folder or the nearest above, within the workspace folder.
   * @throws LatchkeyError `workspace.fileUnreadable` when it is there and cannot be read.
   */
  async nearest(uri: vscode.Uri): Promise<Project | undefined> {
    for (const folder of foldersUpward(uri)) {
      const project = await this.#read(vscode.Uri.joinPath(folder, projectFileName));
      if (project) return project;
    }
    return undefined;
  }

  /**
   * The same for what is asked for while people type: without a look at the disk where nothing has told of a change
   * there. A file that cannot be read is missing; whoever sends is told why.
   */
  async nearestWhileTyping(uri: vscode.Uri): Promise<Project | undefined> {
    // Outside of the workspace nobody tells of changes.
    if (!vscode.workspace.getWorkspaceFolder(uri)) return this.nearest(uri).catch(() => undefined);
    const folder = vscode.Uri.joinPath(uri, '..').toString();
    const found = this.#recent.get(folder) ?? this.nearest(uri).catch(() => undefined);
    this.#recent.set(folder, found);
    return found;
  }

  /**
   * Every project file of the workspace, by path.
   * @throws LatchkeyError `workspace.fileUnreadable`.
   */
  async all(): Promise<readonly Project[]> {
    const uris = await vscode.workspace.findFiles(`**/${projectFileName}`, '**/node_modules/**');
    const sorted = uris.toSorted((a, b) => a.path.localeCompare(b.path));
    const projects = await Promise.all(sorted.map((uri) => this.#read(uri)));
    return projects.filter((project) => project !== undefined);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The same object each time, because what was made of it is kept for as long as it is. */
  #place(parsed: ProjectFile, directory: string, env: ReadonlyMap<string, string> | undefined): ProjectFile {
    const known = this.#placed.get(parsed);
    if (known?.directory === directory && known.env === env) return known;
    const placed = { ...parsed, directory, env };
    this.#placed.set(parsed, placed);
    return placed;
  }

  async #read(uri: vscode.Uri): Promise<Project | undefined> {
    const main = await this.#readable(uri);
    if (!main) {
      this.#found.delete(uri.toString());
      return undefined;
    }
    this.#found.add(uri.toString());
    const beside = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, '..', name);
    const [local, env] = await Promise.all([
      this.#readable(beside(localProjectFileName)),
      this.#env(beside(envFileName)),
    ]);
    const texts = local ? ([main.text, local.text] as const) : ([main.text] as const);
    const folder = trustedFolder(uri);
    const parsed = this.#parsed.get(uri.toString(), ...texts);
    const file = this.#place(parsed, directoryIn(vscode.Uri.parse(folder), uri), env);
    return { uri, file, folder, label: vscode.workspace.asRelativePath(uri) };
  }

  /** One that cannot be read, or that is no file of settings by its size, is as good as none. */
  async #env(uri: vscode.Uri): Promise<ReadonlyMap<string, string> | undefined> {
    const found = vscode.workspace.isTrusted
      ? await readFileText(uri, this.#readFile).catch(() => undefined)
      : undefined;
    if (!found || found.text.length > longestEnv) return undefined;
    return this.#parsedEnv.get(uri.toString(), found.text);
  }

  async #readable(uri: vscode.Uri): Promise<FileText | undefined> {
    try {
      return await readFileText(uri, this.#readFile);
    } catch (cause) {
      throw new LatchkeyError('workspace.fileUnreadable', { file: vscode.workspace.asRelativePath(uri) }, { cause });
    }
  }
}

/** Characters; settings are short. */
const longestEnv = 1_000_000;

function parseProject(text: string, localText?: string): ProjectFile {
  const base = parseProjectFile(text);
  return localText === undefined ? base : mergeProjectFiles(base, parseProjectFile(localText));
}

/** URI of the workspace folder a file belongs to, or of its own folder outside of one: what trust is given to. */
export function trustedFolder(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
  return folder.toString();
}

/** Where a file's folder is in another one above it; empty: that one itself. */
function directoryIn(folder: vscode.Uri, file: vscode.Uri): string {
  const { path } = vscode.Uri.joinPath(file, '..');
  return path.slice(folder.path.length).replace(/^\//, '');
}

/** The folder of a file and those above it, up to its workspace folder; only its own when it is in none. */
function* foldersUpward(uri: vscode.Uri): Generator<vscode.Uri> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  let folder = vscode.Uri.joinPath(uri, '..');
  yield folder;
  while (top && folder.path !== top.path && folder.path.startsWith(top.path)) {
    folder = vscode.Uri.joinPath(folder, '..');
    yield folder;
  }
}
