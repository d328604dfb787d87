import * as vscode from 'vscode';
import type { SendSummary } from '../../core/http/summary';
import { LatchkeyError } from '../../core/errors';
import { locateRequest } from '../../core/request/locateRequest';
import { historyEntryIn } from '../explorer/historyTree';
import { meansSelection, placeIn, type Place } from '../explorer/requestsNode';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import type { ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isProjectFile, isRequestFile } from '../requests/requestFileNames';
import type { SendAllSummary } from '../../core/run/sendAllSummary';
import type { RequestSender } from '../runner/requestSender';
import type { SendAll } from '../run/sendAll';
import type { CompareResponses } from '../compare/compareResponses';
import type { Compared } from '../compare/comparePicks';
import type { CompareWith } from '../../shared/historyView';
import type { RunnerController } from '../runner/runnerController';

export interface RequestCommandsDeps {
  readonly runner: RunnerController;
  readonly sendAll: SendAll;
  readonly compare: CompareResponses;
  readonly documents: RequestDocuments;
  readonly sender: Pick<RequestSender, 'locate'>;
  readonly projects: ProjectFiles;
  readonly environment: EnvironmentChoice;
  /** What is selected in the Requests view. */
  readonly selection: () => Place | undefined;
}

/** The commands about requests, with their arguments as they come: from a lens, the palette or another extension. */
export class RequestCommands {
  readonly #deps: RequestCommandsDeps;

  constructor(deps: RequestCommandsDeps) {
    this.#deps = deps;
  }

  /** `latchkey.send(uri?, requestName?, options?)`; without arguments the request at the cursor. */
  async send(uri: unknown, name: unknown, options: unknown): Promise<SendSummary> {
    const target = this.target(uri, name);
    return this.#deps.runner.sendRequest(target.uri, target.name, { environment: environmentOption(options) });
  }

  /** `latchkey.sendAll(uri?, options?)`. The explorer passes what is selected as the second argument, which is none. */
  sendAll(uri: unknown, options: unknown): Promise<SendAllSummary> {
    return this.#deps.sendAll.run(placeIn(uri)?.uri ?? uri, environmentOption(options));
  }

  /** All requests of the workspace, or of the folder of it that the user picks. */
  async sendAllInWorkspace(): Promise<SendAllSummary | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [first] = folders;
    if (!first) throw new LatchkeyError('workspace.noFolder');
    const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : first;
    return folder && this.#deps.sendAll.run(folder.uri);
  }

  /** What the runner shows, or what the History view lists, in the environment it was sent with. */
  async sendAgain(sent?: unknown): Promise<SendSummary | undefined> {
    const entry = historyEntryIn(sent);
    if (entry) {
      const { file, request, environment } = entry;
      return this.#deps.runner.sendRequest(vscode.Uri.parse(file), request, { environment });
    }
    const { target } = this.#deps.runner;
    return target && this.#deps.runner.sendRequest(target.uri, target.name, { environment: target.environment });
  }

  async openRunner(uri: unknown, name: unknown): Promise<void> {
    const target = this.target(uri, name);
    await this.#deps.runner.open(target.uri, target.name);
  }

  /**
   * `latchkey.diffResponses(uri?, requestName?, options?)`. With `{ previous: true }`, `{ entry }`, `{ environment }` or
   * `{ file }` as options nobody is asked what the latest response is compared with.
   */
  async diffResponses(uri: unknown, name: unknown, options: unknown): Promise<void> {
    const { runner, compare, sender } = this.#deps;
    const target = this.target(uri, name);
    const { entry } = await sender.locate(target.uri, target.name);
    const isShown = runner.target?.uri.toString() === target.uri.toString() && runner.target.name === entry.name;
    const environment = isShown ? runner.target.environment : undefined;
    await compare.compare({ uri: target.uri, name: entry.name, environment }, comparedOption(options));
  }

  /** Lets the user choose the environment of the project that counts for the active file, or of the only project. */
  async selectEnvironment(uri: unknown): Promise<void> {
    const { projects, environment } = this.#deps;
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
    const near = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    const ours = near && (isRequestFile(near) || isProjectFile(near)) ? await projects.nearest(near) : undefined;
    const project = ours ?? (await projects.all())[0];
    if (!project) throw new LatchkeyError('workspace.noProjectFile');
    await environment.pick(project);
  }

  /** What a command is about: as it was called, else the request at the cursor, else the one in the runner. */
  target(uri: unknown, name: unknown): Place {
    const shown = meansSelection(uri) ? this.#deps.selection() : placeIn(uri);
    if (shown) return shown;
    if (uri instanceof vscode.Uri) return { uri, name: typeof name === 'string' ? name : this.#atCursor(uri) };
    const editor = vscode.window.activeTextEditor;
    const { target } = this.#deps.runner;
    if (editor && isRequestFile(editor.document.uri)) {
      return { uri: editor.document.uri, name: this.#atCursor(editor.document.uri) };
    }
    if (target) return { uri: target.uri, name: target.name };
    const file = editor ? vscode.workspace.asRelativePath(editor.document.uri) : vscode.l10n.t('The active editor');
    throw new LatchkeyError('workspace.notARequestFile', { file });
  }

  #atCursor(uri: vscode.Uri): string | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.toString() !== uri.toString()) return undefined;
    const file = this.#deps.documents.ofDocument(editor.document);
    return locateRequest(file, editor.document.offsetAt(editor.selection.active))?.name;
  }
}

function comparedOption(options: unknown): CompareWith | Compared {
  if (typeof options !== 'object' || options === null) return { kind: 'ask' };
  const { previous, entry, environment, file } = options as Readonly<Record<string, unknown>>;
  if (previous === true) return { kind: 'previous' };
  if (typeof entry === 'string') return { kind: 'entry', id: entry };
  if (typeof environment === 'string') return { kind: 'environment', name: environment };
  return file instanceof vscode.Uri ? { kind: 'file', uri: file } : { kind: 'ask' };
}

function environmentOption(options: unknown): string | undefined {
  const value =
    typeof options === 'object' && options !== null && 'environment' in options ? options.environment : undefined;
  return typeof value === 'string' ? value : undefined;
}
