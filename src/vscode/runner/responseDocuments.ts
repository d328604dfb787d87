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
    // A name such as `/orders` would begin the path with two slashes, which is no URI.
    const name = requestName.replaceAll(/[\\/]+/g, '-');
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: `${body.id}.${form}` });
    const text = await body.text(form);
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    const language = body.kind.kind === 'text' ? body.kind.language : 'text';
    await vscode.languages.setTextDocumentLanguage(document, languageIds[language]);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: focusedColumn() });
    requireWholeText(body, text);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
