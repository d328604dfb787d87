import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { PlacedNote } from '../../core/import/draft/importedFiles';
import { importNoteTexts } from '../../core/text/importNoteTexts';

const scheme = 'latchkey-import';

/** What did not come in as it was, as a read-only document. */
export class ImportNotes implements vscode.TextDocumentContentProvider, vscode.Disposable {
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

  /** @param name of what was imported. */
  async show(name: string, notes: readonly PlacedNote[]): Promise<void> {
    const path = `/${vscode.l10n.t('{0} · Import Notes', name.replaceAll(/[\\/]+/g, '-'))}`;
    const uri = vscode.Uri.from({ scheme, path, query: String(++this.#count) });
    this.#texts.set(uri.toString(), notesText(name, notes));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Those about everything first, then by request. */
function notesText(name: string, notes: readonly PlacedNote[]): string {
  const groups = new Map<string | undefined, string[]>([[undefined, []]]);
  for (const note of notes) {
    const line = `- ${oneLine(vscode.l10n.t(importNoteTexts[note.kind], note.data))}`;
    const lines = groups.get(note.request);
    if (lines) lines.push(line);
    else groups.set(note.request, [line]);
  }
  const filled = [...groups].filter(([, lines]) => lines.length > 0);
  const sections = filled.map(([request, lines]) =>
    [...(request === undefined ? [] : [oneLine(request)]), ...lines].join('\n'),
  );
  const headline = vscode.l10n.t('{0}: what did not come in as it was', oneLine(name));
  return `${[headline, ...sections].join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\p{C}+|\p{Zl}|\p{Zp}/gu, ' ');
}
