import * as vscode from 'vscode';
import type { BodyForm, BodyView } from '../../core/response/bodyView';
import { requireWholeText } from '../../core/response/wholeText';
import { focusedColumn } from '../platform/focusedColumn';

const scheme = 'latchkey-response';

const languageIds = {
  json: 'json',
  xml: 'xml',
  html: 'html',
  markdown: 'markdown',
  csv: 'plaintext',
  text: 'plaintext',
} as const;

/** Response bodies as read-only documents, masked like in the runner. */
export class ResponseDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

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
    // A name such as `/orders` would begin the path with two slashes, which is no URI.
    const name = title.replaceAll(/[\\/]+/g, '-');
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: id });
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, languageIds[language]);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: focusedColumn() });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
