import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { OpenDescription, OperationsOrder, OperationSummary } from '../../core/openapi/openDescription';
import { requestOf } from '../../core/openapi/operationInFile';
import type { OperationRequest } from '../../core/openapi/operationRequest';
import { requestFileText } from '../../core/openapi/requestFileText';
import { freeName } from '../../core/request/edit/freeName';
import { insertRequest } from '../../core/request/edit/insertRequest';
import type { RequestFile, Settings } from '../../core/request/model';
import { fileExists } from '../platform/fileExists';
import { hasBaseUrl, type Project, type ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';
import type { WorkspaceIndex } from '../requests/workspaceIndex';
import type { ApiConnections } from './apiConnections';

export interface OperationWriterDeps {
  readonly documents: Pick<RequestDocuments, 'ofDocument'>;
  readonly projects: Pick<ProjectFiles, 'nearest'>;
  readonly index: Pick<WorkspaceIndex, 'whenComplete'>;
  readonly connections: ApiConnections;
  readonly memento: vscode.Memento;
}

/** A request in its file. */
export interface WrittenOperation {
  readonly uri: vscode.Uri;
  readonly name: string;
}

const mementoKey = 'apiRequestFiles';

/** Writes operations of API descriptions into request files. */
export class OperationWriter {
  readonly #deps: OperationWriterDeps;

  constructor(deps: OperationWriterDeps) {
    this.#deps = deps;
  }

  /**
   * Where the operation is in the request file that belongs to the description. The first time the user is asked which
   * file that is; an operation that is not in it yet is written into it. `undefined`: the user gave up.
   * @throws LatchkeyError `workspace.*`
   */
  async open(
    uri: string,
    description: OpenDescription,
    operation: OperationSummary,
  ): Promise<WrittenOperation | undefined> {
    const known = await this.#knownFile(uri);
    if (known) {
      const document = await vscode.workspace.openTextDocument(known);
      const entry = requestOf(operation, this.#deps.documents.ofDocument(document).requests);
      if (entry) return { uri: known, name: entry.name };
    }
    return this.add(uri, description, [operation.id], known);
  }

  /**
   * Writes operations into a request file that the user chooses, or into the one that is given.
   * @returns the first of them. `undefined`: the user gave up.
   * @throws LatchkeyError `workspace.*`
   */
  async add(
    uri: string,
    description: OpenDescription,
    ids: readonly string[],
    given?: vscode.Uri,
  ): Promise<WrittenOperation | undefined> {
    const file = given ?? (await this.#askFile(description));
    if (!file) return undefined;
    const project = await this.#deps.projects.nearest(file);
    const connections = await this.#deps.connections.forOperations(description, ids, file, project);
    if (!connections) return undefined;
    const document = (await fileExists(file)) ? await vscode.workspace.openTextDocument(file) : undefined;
    const parsed = document && this.#deps.documents.ofDocument(document);
    const style = styleOf(parsed, project, description);
    const taken = parsed?.requests.map(({ name }) => name) ?? [];
    const requests = await description.requests({ ...style, ids, connections, taken });
    const [first] = requests;
    if (!first) return undefined;
    if (document) await insert(document, requests);
    // An address that the project has already counts for a new file, too.
    else await create(file, description, requests, hasBaseUrl(project) ? undefined : style.baseUrl);
    await this.#remember(uri, file);
    return { uri: file, name: first.name };
  }

  async #knownFile(uri: string): Promise<vscode.Uri | undefined> {
    const text = this.#files[uri];
    const file = text === undefined ? undefined : vscode.Uri.parse(text);
    return file && (await fileExists(file)) ? file : undefined;
  }

  get #files(): Readonly<Record<string, string>> {
    return this.#deps.memento.get<Readonly<Record<string, string>>>(mementoKey, {});
  }

  async #remember(uri: string, file: vscode.Uri): Promise<void> {
    await this.#deps.memento.update(mementoKey, { ...this.#files, [uri]: file.toString() });
  }

  async #askFile({ summary }: OpenDescription): Promise<vscode.Uri | undefined> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (!folder) throw new LatchkeyError('workspace.noFolder');
    const index = await this.#deps.index.whenComplete(new AbortController().signal);
    const files = [...index.files].flatMap(([key, { kind }]) => (kind === 'request' ? vscode.Uri.parse(key) : []));
    const taken = new Set(files.map((each) => each.toString()));
    const name = freeName(summary.title, []);
    let fresh = vscode.Uri.joinPath(folder, `${name}.http.yaml`);
    for (let n = 2; taken.has(fresh.toString()) || (await fileExists(fresh)); n++) {
      fresh = vscode.Uri.joinPath(folder, `${name}-${n}.http.yaml`);
    }
    const items = [
      {
        label: vscode.l10n.t('$(new-file) New Request File'),
        description: vscode.workspace.asRelativePath(fresh),
        uri: fresh,
      },
      ...files
        .map((each) => ({ label: `$(file) ${vscode.workspace.asRelativePath(each)}`, description: '', uri: each }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    ];
    const title = vscode.l10n.t('Which request file do operations of {0} go into?', summary.title);
    return (await vscode.window.showQuickPick(items, { ignoreFocusOut: true, title, matchOnDescription: true }))?.uri;
  }
}

type FileStyle = Pick<OperationsOrder, 'baseUrl' | 'inheritsAuth'>;

/** What requests of a file have without saying it. */
function styleOf(file: RequestFile | undefined, project: Project | undefined, { summary }: OpenDescription): FileStyle {
  const settings: readonly (Settings | undefined)[] = [file?.settings, project?.file.defaults];
  const auth = settings.map((each) => each?.auth).find((each) => each !== undefined);
  const baseUrl = settings.map((each) => each?.baseUrl).find((each) => each !== undefined);
  const literal =
    baseUrl?.parts.every((part) => typeof part === 'string') === true ? baseUrl.parts.join('') : undefined;
  return {
    inheritsAuth: auth !== undefined && auth !== null && auth.kind !== 'none',
    // An address with variables in it is the API's own in each environment; a new file says it at its top.
    baseUrl: baseUrl ? (literal ?? summary.server) : file ? undefined : summary.server,
  };
}

async function insert(document: vscode.TextDocument, requests: readonly OperationRequest[]): Promise<void> {
  const label = vscode.workspace.asRelativePath(document.uri);
  let text = document.getText();
  for (const request of requests) {
    const { offset, text: inserted } = insertRequest(text, label, request);
    text = text.slice(0, offset) + inserted + text.slice(offset);
  }
  const [first] = requests;
  const edit = new vscode.WorkspaceEdit();
  const { start, end, replacement } = changeOf(document.getText(), text);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
  const wasSaved = !document.isDirty;
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new LatchkeyError('workspace.requestNotAdded', { file: label, name: first?.name ?? '' });
  }
  if (wasSaved) await document.save();
}

/** The smallest stretch that makes one text of another. */
function changeOf(before: string, after: string): { start: number; end: number; replacement: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let same = 0;
  while (same < before.length - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, replacement: after.slice(start, after.length - same) };
}

async function create(
  file: vscode.Uri,
  { summary }: OpenDescription,
  requests: readonly OperationRequest[],
  baseUrl: string | undefined,
): Promise<void> {
  const title = summary.version === undefined ? summary.title : `${summary.title} ${summary.version}`;
  const text = requestFileText(requests, { title, baseUrl });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}
