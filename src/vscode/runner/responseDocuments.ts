import * as vscode from 'vscode';
import type { BodyForm, BodyView } from '../../core/response/bodyView';
import { requireWholeText } from '../../core/response/wholeText';
import { focusedColumn } from '../platform/focusedColumn';
import { TextDocuments } from '../platform/textDocuments';

const languageIds = {
  json: 'json',
  xml: 'xml',
  html: 'html',
  markdown: 'markdown',
  csv: 'plaintext',
  text: 'plaintext',
} as const;

/** Response bodies as read-only documents, masked like in the runner. */
export class ResponseDocuments implements vscode.Disposable {
  readonly #documents = new TextDocuments('latchkey-response');

  /** @throws LatchkeyError `response.only…`, when it is open and there is more of the body. */
  async open(body: BodyView, form: BodyForm, requestName: string): Promise<void> {
    const text = await body.text(form);
    await this.#show(`${body.id}.${form}`, requestName, text, body.kind.kind === 'text' ? body.kind.language : 'text');
    requireWholeText(body, text);
  }

  /** Shows a text that was made from a body, and is masked like it. `id` tells it from others. */
  async openText(id: string, title: string, text: string): Promise<void> {
    await this.#show(id, title, text, 'text');
  }

  async #show(id: string, title: string, text: string, language: keyof typeof languageIds): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#documents.add(title, text, id));
    await vscode.languages.setTextDocumentLanguage(document, languageIds[language]);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: focusedColumn() });
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
