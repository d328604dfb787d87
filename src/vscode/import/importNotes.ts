import * as vscode from 'vscode';
import type { PlacedNote } from '../../core/import/draft/importedFiles';
import { importNoteTexts } from '../../core/text/importNoteTexts';
import { oneLine } from '../../core/text/oneLine';
import { wrapped } from '../../core/text/wrapped';
import { TextDocuments } from '../platform/textDocuments';

/** Characters in a line, so that it can be read beside a request file. */
const WIDTH = 80;

/** What did not come in as it was, as a read-only document. */
export class ImportNotes implements vscode.Disposable {
  readonly #documents = new TextDocuments('latchkey-import');

  /** @param name of what was imported. */
  async show(name: string, notes: readonly PlacedNote[]): Promise<void> {
    const file = vscode.l10n.t('{0} · Import Notes', name);
    const document = await vscode.workspace.openTextDocument(this.#documents.add(file, notesText(name, notes)));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#documents.dispose();
  }
}

/** Those about everything first, then by request. */
function notesText(name: string, notes: readonly PlacedNote[]): string {
  const groups = new Map<string | undefined, string[]>([[undefined, []]]);
  for (const note of notes) {
    const line = wrapped(`- ${oneLine(vscode.l10n.t(importNoteTexts[note.kind], note.data))}`, WIDTH, '  ');
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
