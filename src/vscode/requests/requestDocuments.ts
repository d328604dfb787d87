import type * as vscode from 'vscode';
import type { RequestFile } from '../../core/request/model';
import { parseRequestFile } from '../../core/request/parseRequestFile';
import { readFileText } from './fileTexts';

interface Parsed {
  readonly version: string;
  readonly file: RequestFile;
}

/** Parsed request files, parsed once per version. */
export class RequestDocuments {
  readonly #parsed = new Map<string, Parsed>();

  /** The request file of an open document. */
  ofDocument(document: vscode.TextDocument): RequestFile {
    return this.#parse(document.uri, `open ${document.version}`, () => document.getText());
  }

  /** The request file at a URI, open or not; `undefined` when it does not exist. */
  async read(uri: vscode.Uri): Promise<RequestFile | undefined> {
    const found = await readFileText(uri);
    return found && this.#parse(uri, found.version, () => found.text);
  }

  forget(uri: vscode.Uri): void {
    this.#parsed.delete(uri.toString());
  }

  #parse(uri: vscode.Uri, version: string, text: () => string): RequestFile {
    const key = uri.toString();
    const cached = this.#parsed.get(key);
    if (cached?.version === version) return cached.file;
    const file = parseRequestFile(text());
    this.#parsed.set(key, { version, file });
    return file;
  }
}
