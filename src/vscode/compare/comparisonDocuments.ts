import * as vscode from 'vscode';
import type { ComparableTexts } from '../../core/compare/comparableTexts';
import { focusedColumn } from '../platform/focusedColumn';
import { TextDocuments } from '../platform/textDocuments';
import type { ComparedResponse } from './comparedResponse';

const extensions = { json: 'json', xml: 'xml', html: 'html', markdown: 'md', csv: 'csv', text: 'txt' } as const;

/** Responses beside each other in the editor's own diff, as read-only documents. */
export class ComparisonDocuments implements vscode.Disposable {
  readonly #documents = new TextDocuments('latchkey-compare');

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
    this.#documents.dispose();
  }

  #add(name: string, { language }: ComparedResponse, text: string): vscode.Uri {
    return this.#documents.add(`${name}.${extensions[language]}`, text);
  }
}
