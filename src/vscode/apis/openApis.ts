import * as vscode from 'vscode';
import { abortError, isAbort, LatchkeyError } from '../../core/errors';
import type { DocumentReader } from '../../core/openapi/loadDescription';
import type { OpenDescription } from '../../core/openapi/openDescription';
import { DescriptionDocuments, documentLabel, isWebAddress, type DocumentSources } from './descriptionDocuments';

/** Opens descriptions, each in a thread of its own. */
export interface DescriptionOpener {
  open(uri: string, reader: DocumentReader, signal: AbortSignal): Promise<OpenDescription>;
}

export interface OpenApisDeps extends DocumentSources {
  readonly threads: DescriptionOpener;
  readonly memento: vscode.Memento;
}

const mementoKey = 'apis';

/** The API descriptions of this workspace's APIs view. Each is read when somebody first looks into it. */
export class OpenApis implements vscode.Disposable {
  readonly #deps: OpenApisDeps;
  readonly #opened = new Map<string, Promise<OpenDescription>>();
  readonly #ended = new AbortController();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #saved: vscode.Disposable;

  /** Fires when the list has changed, or what the named description says. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: OpenApisDeps) {
    this.#deps = deps;
    this.#saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#fileChanged(uri));
  }

  /** The URIs of the documents that they begin with, in the order in which they were opened. */
  get uris(): readonly string[] {
    return this.#deps.memento.get<readonly string[]>(mementoKey, []).filter((uri) => typeof uri === 'string');
  }

  /** Opens a description and keeps it in the view. @throws what reading it throws; an abort error. */
  async add(uri: string, signal: AbortSignal): Promise<OpenDescription> {
    this.#close(uri);
    const opened = await this.#open(uri, signal);
    if (opened.summary.operations.length === 0) {
      this.#close(uri);
      throw new LatchkeyError('description.noOperations', { file: documentLabel(uri) });
    }
    if (!this.uris.includes(uri)) await this.#deps.memento.update(mementoKey, [...this.uris, uri]);
    this.#changed.fire(undefined);
    return opened;
  }

  async remove(uri: string): Promise<void> {
    this.#close(uri);
    await this.#deps.memento.update(
      mementoKey,
      this.uris.filter((each) => each !== uri),
    );
    this.#changed.fire(undefined);
  }

  /** Reads a description anew when it is next looked into. */
  refresh(uri: string): void {
    this.#close(uri);
    this.#changed.fire(uri);
  }

  /** @throws what reading it throws; the next call tries again. */
  get(uri: string): Promise<OpenDescription> {
    return this.#opened.get(uri) ?? this.#open(uri, this.#ended.signal);
  }

  dispose(): void {
    this.#ended.abort();
    for (const uri of this.#opened.keys()) this.#close(uri);
    this.#saved.dispose();
    this.#changed.dispose();
  }

  #open(uri: string, signal: AbortSignal): Promise<OpenDescription> {
    const either = AbortSignal.any([signal, this.#ended.signal]);
    const documents = new DescriptionDocuments(uri, this.#deps, either);
    const opening = this.#deps.threads.open(uri, documents, either);
    this.#opened.set(uri, opening);
    opening.catch(() => this.#opened.get(uri) === opening && this.#opened.delete(uri));
    return opening;
  }

  #close(uri: string): void {
    const opened = this.#opened.get(uri);
    this.#opened.delete(uri);
    void opened?.then((description) => description.dispose()).catch(() => undefined);
  }

  /** What a description is spread over lies in its folder or below, so any of these may be a part of it. */
  #fileChanged(file: vscode.Uri): void {
    for (const uri of this.uris) {
      if (isWebAddress(uri) || !this.#opened.has(uri)) continue;
      const folder = vscode.Uri.joinPath(vscode.Uri.parse(uri), '..').toString();
      const isDescription = /\.(?:json|ya?ml)$/i.test(file.path) && !/\.http\.ya?ml$/i.test(file.path);
      if (isDescription && file.toString().startsWith(`${folder}/`)) this.refresh(uri);
    }
  }
}

/** Opens a description with progress that can be cancelled; `undefined`: it was. @throws LatchkeyError */
export async function addWithProgress(apis: OpenApis, uri: string): Promise<OpenDescription | undefined> {
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Reading {0}', documentLabel(uri));
  try {
    return await vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort(abortError()));
      return apis.add(uri, controller.signal);
    });
  } catch (error) {
    if (isAbort(error)) return undefined;
    throw error;
  }
}
