import * as vscode from 'vscode';
import type { ComparableTexts } from '../../core/compare/comparableTexts';
import type { Disposable } from '../../core/disposable';
import { focusedColumn } from '../platform/focusedColumn';
import type { ComparedResponse } from './comparedResponse';

const scheme = 'latchkey-compare';

const extensions = { json: 'json', xml: 'xml', html: 'html', markdown: 'md', csv: 'csv', text: 'txt' } as const;

/** Responses beside each other in the editor's own diff, as read-only documents. */
export class ComparisonDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: readonly Disposable[];
  #count = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  /** @param name of the request. */
  async show(
    name: string,
    sides: readonly [ComparedResponse, ComparedResponse],
    texts: ComparableTexts,
  ): Promise<void> {
    const [before, after] = sides;
    const left = this.#add(name, before, texts.before);
    const right = this.#add(name, after, texts.after);
    const title = vscode.l10n.t('{0}: {1} ↔ {2}', name, before.facts, after.facts);
    await vscode.commands.executeCommand('vscode.diff', left, right, title, {
      preview: true,
      viewColumn: focusedColumn(),
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #add(name: string, { language }: ComparedResponse, text: string): vscode.Uri {
    const file = name.replaceAll(/[\\/]+/g, '-');
    const uri = vscode.Uri.from({ scheme, path: `/${file}.${extensions[language]}`, query: String(++this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
