import * as vscode from 'vscode';
import { DisposableStore } from '../../core/disposable';
import { templateText } from '../../core/request/templateText';
import type { FileOutline, RequestOutline } from '../../core/request/index/fileOutline';
import type { RequestIndex } from '../../core/request/index/requestIndex';
import { Throttled } from '../platform/throttled';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isRequestFile } from '../requests/requestFileNames';
import type { LastSend } from '../requests/sendCodeLenses';
import type { WorkspaceIndex } from '../requests/workspaceIndex';
import type { RunStore } from '../runner/runStore';
import { fileItem, folderItem } from './fileItem';
import { fileTree, type ListedFile, type TreeEntry } from './fileTree';
import { requestItem } from './requestItem';
import type { FileNode, RequestNode, RequestsNode } from './requestsNode';

/** Whether anybody sees a view, and when that changes. */
export type Sight = Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;

export interface RequestsTreeDeps {
  readonly index: Pick<WorkspaceIndex, 'whenComplete' | 'onDidChange'>;
  readonly runs: Pick<RunStore, 'get' | 'of' | 'onDidChange'>;
  readonly documents: Pick<RequestDocuments, 'read'>;
  readonly sight: Sight;
}

/** Milliseconds at least between two looks at what has changed. */
const pause = 150;
/** Of many files none is opened by itself. */
const fewFiles = 3;

/**
 * The Requests view: folders, request files and their requests. It is drawn from the index of the workspace and
 * follows it while somebody looks; a change redraws only the files that look different.
 */
export class RequestsTree implements vscode.TreeDataProvider<RequestsNode>, vscode.Disposable {
  readonly #deps: RequestsTreeDeps;
  readonly #disposables = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<RequestsNode | RequestsNode[] | undefined>();
  readonly #files = new Map<string, FileNode>();
  /** What has been drawn, by request: nodes stay the same, and are drawn anew where their mark has changed. */
  readonly #drawn = new Map<string, { readonly node: RequestNode; readonly mark: string }>();
  #index: RequestIndex | undefined;
  /** What was drawn of the files, by URI. */
  #seen: ReadonlyMap<string, SeenFile> = new Map();
  #hasSent = false;
  #stale = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: RequestsTreeDeps) {
    this.#deps = deps;
    const { index, runs, sight } = deps;
    const follow = new Throttled<void>(pause, () => void this.#follow());
    const results = new Throttled<void>(pause, () => this.#drawResults());
    this.#disposables.add(this.#changed);
    this.#disposables.add({ dispose: () => follow.stop() });
    this.#disposables.add({ dispose: () => results.stop() });
    this.#disposables.add(index.onDidChange(() => follow.next()));
    this.#disposables.add(
      runs.onDidChange(() => {
        this.#hasSent = true;
        results.next();
      }),
    );
    this.#disposables.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => this.#seen.has(uri.toString()))) follow.next();
      }),
    );
    this.#disposables.add(
      sight.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) follow.next();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Everything is drawn anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: RequestsNode): Promise<RequestsNode[]> {
    if (node?.kind === 'folder') return node.children.map((entry) => this.#nodeOf(entry, node.root));
    if (node?.kind === 'request') return [];
    const index = await this.#deps.index.whenComplete(new AbortController().signal);
    this.#index = index;
    if (node) return this.#requestsOf(node, index.outline(node.uri.toString()));
    this.#seen = seenIn(index);
    return this.#roots(index);
  }

  getTreeItem(node: RequestsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node);
      case 'file':
        return this.#fileItem(node);
      case 'request': {
        const mark = this.#markOf(node);
        this.#drawn.set(keyOf(node), { node, mark });
        return requestItem(node, { outline: this.#outlineOf(node), ...this.#standing(node) });
      }
    }
  }

  /** What a request sends is read when somebody points at it. */
  async resolveTreeItem(item: vscode.TreeItem, node: RequestsNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'request') return item;
    const file = await this.#deps.documents.read(node.uri).catch(() => undefined);
    const entry = file?.requests.find(({ name }) => name === node.name);
    if (!entry) return item;
    const { title, method = '', url, description } = entry;
    const line = url === undefined ? '' : `${method} ${templateText(url)}`;
    item.tooltip = [title === node.name ? '' : title, line, description ?? '']
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join('\n');
    return item;
  }

  getParent(node: RequestsNode): RequestsNode | undefined {
    return node.kind === 'request' ? this.#fileNode(node.uri.toString()) : undefined;
  }

  #roots(index: RequestIndex): RequestsNode[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const inFolders = new Map<string, ListedFile[]>();
    const loose: RequestsNode[] = [];
    for (const uri of index.uris) {
      const node = this.#fileNode(uri);
      const folder = vscode.workspace.getWorkspaceFolder(node.uri)?.uri;
      if (!folder) {
        loose.push(node);
        continue;
      }
      const key = folder.toString();
      const files = inFolders.get(key) ?? [];
      files.push({ uri, path: node.uri.path.slice(folder.path.length).replace(/^\//, '') });
      inFolders.set(key, files);
    }
    const trees = folders.flatMap(({ uri, name }) => {
      const children = fileTree(inFolders.get(uri.toString()) ?? []);
      if (children.length === 0) return [];
      if (folders.length === 1) return children.map((entry) => this.#nodeOf(entry, uri));
      return [{ kind: 'folder' as const, uri, label: name, isRoot: true, children, root: uri }];
    });
    return [...trees, ...loose];
  }

  #nodeOf(entry: TreeEntry, root: vscode.Uri): RequestsNode {
    if (entry.kind === 'file') return this.#fileNode(entry.uri);
    const { label, path, children } = entry;
    return { kind: 'folder', uri: vscode.Uri.joinPath(root, path), label, isRoot: false, children, root };
  }

  #fileNode(uri: string): FileNode {
    const known = this.#files.get(uri) ?? { kind: 'file', uri: vscode.Uri.parse(uri) };
    this.#files.set(uri, known);
    return known;
  }

  #requestsOf({ uri }: FileNode, outline: FileOutline | undefined): RequestNode[] {
    const names = new Set(outline?.requests.map(({ name }) => name));
    return [...names].map((name) => {
      const node: RequestNode = { kind: 'request', uri, name };
      return this.#drawn.get(keyOf(node))?.node ?? node;
    });
  }

  #fileItem(node: FileNode): vscode.TreeItem {
    const outline = this.#index?.outline(node.uri.toString());
    // Of files that nobody looks into nothing is worked out.
    const requests = this.#hasSent ? (outline?.requests ?? []) : [];
    const sends = requests.map(({ name }) => this.#deps.runs.of(node.uri, name));
    const standing = {
      errors: Math.max(outline?.errors ?? 0, errorsAmong(vscode.languages.getDiagnostics(node.uri))),
      sends: sends.filter((send) => send !== undefined),
    };
    return fileItem(node, standing, (this.#index?.uris.length ?? 0) <= fewFiles);
  }

  #outlineOf({ uri, name }: RequestNode): RequestOutline | undefined {
    return this.#index?.outline(uri.toString())?.requests.find((request) => request.name === name);
  }

  #standing({ uri, name }: RequestNode): {
    readonly state: ReturnType<RunStore['get']>['state']['kind'];
    readonly last: LastSend | undefined;
  } {
    return { state: this.#deps.runs.get(uri, name).state.kind, last: this.#deps.runs.of(uri, name) };
  }

  #markOf(node: RequestNode): string {
    const { state, last } = this.#standing(node);
    return [state === 'sending', last?.ok, last?.text].join(' ');
  }

  /** Brings what is drawn up to date with the index. */
  async #follow(): Promise<void> {
    this.#stale = !this.#deps.sight.visible;
    if (this.#stale || !this.#index) return;
    const index = await this.#deps.index.whenComplete(new AbortController().signal);
    const before = this.#seen;
    this.#seen = seenIn(index);
    const isSameList = before.size === this.#seen.size && [...before.keys()].every((uri) => this.#seen.has(uri));
    if (!isSameList) {
      this.#forgetGone();
      this.#changed.fire(undefined);
      return;
    }
    const changed = [...this.#seen].filter(([uri, seen]) => looksDifferent(before.get(uri), seen));
    if (changed.length > 0) this.#changed.fire(changed.map(([uri]) => this.#fileNode(uri)));
  }

  #drawResults(): void {
    const changed: RequestsNode[] = [];
    const files = new Set<FileNode>();
    for (const { node, mark } of this.#drawn.values()) {
      if (this.#markOf(node) === mark) continue;
      changed.push(node);
      files.add(this.#fileNode(node.uri.toString()));
    }
    // A file that is drawn anew draws its requests.
    if (changed.length > 0) this.#changed.fire([...files]);
  }

  #forgetGone(): void {
    for (const uri of this.#files.keys()) if (!this.#seen.has(uri)) this.#files.delete(uri);
    for (const [key, { node }] of this.#drawn) if (!this.#seen.has(node.uri.toString())) this.#drawn.delete(key);
  }
}

function keyOf({ uri, name }: RequestNode): string {
  return `${uri.toString()} ${name}`;
}

/** A file as it was drawn. */
interface SeenFile {
  readonly outline: FileOutline | undefined;
  /** Errors that VS Code shows in it. */
  readonly marked: number;
}

function seenIn(index: RequestIndex): ReadonlyMap<string, SeenFile> {
  const marked = errorsMarked();
  return new Map(index.uris.map((uri) => [uri, { outline: index.outline(uri), marked: marked.get(uri) ?? 0 }]));
}

/** Only what has been read anew is compared. */
function looksDifferent(before: SeenFile | undefined, now: SeenFile): boolean {
  if (before?.marked !== now.marked) return true;
  return before.outline !== now.outline && shapeOf(before.outline) !== shapeOf(now.outline);
}

/** What is drawn of a file and its requests. */
function shapeOf(outline: FileOutline | undefined): string {
  const requests = outline?.requests.map(({ name, method, tags, faulty }) => [name, method ?? '', tags, faulty]);
  return JSON.stringify([outline?.errors, requests]);
}

/** How many errors VS Code shows in open files, by URI: those of their connections and environments, too. */
function errorsMarked(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    if (isRequestFile(uri)) counts.set(uri.toString(), errorsAmong(diagnostics));
  }
  return counts;
}

function errorsAmong(diagnostics: readonly vscode.Diagnostic[]): number {
  const { Error } = vscode.DiagnosticSeverity;
  return diagnostics.filter(({ source, severity }) => source === 'Latchkey' && severity === Error).length;
}
