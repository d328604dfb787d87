import type * as vscode from 'vscode';
import type { RequestFile } from '../../core/request/model';
import { parseRequestFile } from '../../core/request/parseRequestFile';
import { readFileText } from './fileTexts';
import { TextCache } from './textCache';

/** Parsed request files, parsed once per text. */
export class RequestDocuments {
  readonly #parsed = new TextCache(parseRequestFile);

  /** The request file of an open document. */
  ofDocument(document: vscode.TextDocument): RequestFile {
    return this.#parsed.get(document.uri.toString(), document.getText());
  }

  /** The request file at a URI, open or not; `undefined` when it does not exist or may not be read. */
  async read(uri: vscode.Uri): Promise<RequestFile | undefined> {
    const found = await readFileText(uri);
    return found && this.#parsed.get(uri.toString(), found.text);
  }
}
