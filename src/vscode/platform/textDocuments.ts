import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';

/** Read-only documents of one scheme, each with a text of its own that is kept until it is closed. */
export class TextDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: readonly Disposable[];
  #count = 0;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  /**
   * @param name what people read on the tab; several can have the same.
   * @param id tells the document from others; one that is known gets this text. Left out, it is a new one.
   */
  add(name: string, text: string, id = String(++this.#count)): vscode.Uri {
    // A name such as `/orders` would begin the path with two slashes, which is no URI.
    const path = `/${name.replaceAll(/[\\/]+/g, '-')}`;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path, query: id });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
