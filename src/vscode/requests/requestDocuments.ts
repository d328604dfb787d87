import * as vscode from 'vscode';
import { RequestDocument } from '../../core/request/document/requestDocument';
import type { RequestFile } from '../../core/request/model';
import { parseRequestFile } from '../../core/request/parseRequestFile';
import { runInSlices } from '../platform/runInSlices';
import { readFileText, type ReadFile } from './fileTexts';
import { TextCache } from './textCache';

interface Reading {
  readonly text: string;
  readonly file: Promise<RequestFile | undefined>;
}

/**
 * The request files of open documents, in the state they are in. Each text is read once, whoever asks, and of a new
 * state only what has changed.
 */
export class RequestDocuments implements vscode.Disposable {
  readonly #documents = new Map<string, RequestDocument>();
  readonly #readings = new Map<string, Reading>();
  /** Files that are not open, for those that others import or that are sent from elsewhere. */
  readonly #closed = new TextCache(parseRequestFile);
  readonly #read: ReadFile | undefined;
  readonly #subscription: vscode.Disposable;

  /** @param read absent: VS Code reads. */
  constructor(read?: ReadFile) {
    this.#read = read;
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#documents.delete(uri.toString());
      this.#readings.delete(uri.toString());
    });
  }

  /**
   * The request file of an open document, at once. For what answers to a single gesture; a large file that was not read
   * before keeps the extension host busy.
   */
  ofDocument(document: vscode.TextDocument): RequestFile {
    return this.#document(document).update(document.getText());
  }

  /**
   * The request file of an open document, read in slices: for everything that is asked for while people type.
   * `undefined` when the document changed meanwhile, so that its file is of no use any more.
   */
  async whenRead(document: vscode.TextDocument): Promise<RequestFile | undefined> {
    const text = document.getText();
    const known = this.#document(document).known(text);
    if (known) return known;
    const key = document.uri.toString();
    const running = this.#readings.get(key);
    if (running?.text === text) return running.file;
    const { version } = document;
    const isOutdated = (): boolean => document.isClosed || document.version !== version;
    const reading = { text, file: runInSlices(this.#document(document).read(text), isOutdated) };
    this.#readings.set(key, reading);
    try {
      return await reading.file;
    } finally {
      if (this.#readings.get(key) === reading) this.#readings.delete(key);
    }
  }

  /** The request file at a URI, open or not; `undefined` when it does not exist or may not be read. */
  async read(uri: vscode.Uri): Promise<RequestFile | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open) return this.ofDocument(open);
    const found = await readFileText(uri, this.#read);
    return found && this.#closed.get(uri.toString(), found.text);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#documents.clear();
    this.#readings.clear();
  }

  #document({ uri }: vscode.TextDocument): RequestDocument {
    const key = uri.toString();
    const known = this.#documents.get(key) ?? new RequestDocument();
    this.#documents.set(key, known);
    return known;
  }
}
