import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import { sha256 } from '../../core/oauth/digest';
import type { Diagnostic } from '../../core/request/diagnostic';
import { editRequest } from '../../core/request/edit/editRequest';
import { requestSlice, type RequestSlice } from '../../core/request/edit/requestSlice';
import { writtenRequest } from '../../core/request/edit/writtenRequest';
import type { RequestEntry } from '../../core/request/model';
import { MAX_EDITED } from '../../shared/editGuards';
import type { EditView, WantedRequest } from '../../shared/editView';
import { internalCommands } from '../ids';
import { vsCodeRange } from '../language/ranges';
import type { RequestDocuments } from '../requests/requestDocuments';

/** A request in the text of its open document. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly entry: RequestEntry;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Shows requests as they are written, and writes changes back as one step that the editor can undo. */
export class RequestEditing {
  readonly #documents: Pick<RequestDocuments, 'ofDocument'>;

  constructor(documents: Pick<RequestDocuments, 'ofDocument'>) {
    this.#documents = documents;
  }

  /** @throws LatchkeyError `edit.notEditable`, `workspace.*` */
  async read(uri: vscode.Uri, name: string): Promise<EditView> {
    const { entry, text } = await this.#place(uri, name);
    const slice = requestSlice(text, entry);
    const written = slice && slice.text.length <= MAX_EDITED ? writtenRequest(slice) : undefined;
    if (!slice || !written) throw new LatchkeyError('edit.notEditable', { name });
    return { base: await baseOf(slice), written };
  }

  /** @throws LatchkeyError `edit.*`, `workspace.*`: nothing was written. */
  async apply(uri: vscode.Uri, name: string, base: string, wanted: WantedRequest): Promise<void> {
    const before = await this.#place(uri, name);
    const { document, entry, text } = before;
    const slice = requestSlice(text, entry);
    const isStale = !slice || (await baseOf(slice)) !== base || document.getText() !== text;
    if (isStale) throw new LatchkeyError('edit.stale');
    const edits = editRequest(text, entry, name, wanted);
    if (edits.length === 0) return;
    const change = new vscode.WorkspaceEdit();
    for (const { range, text: put } of edits) change.replace(uri, vsCodeRange(document, range), put);
    if (!(await vscode.workspace.applyEdit(change))) throw new LatchkeyError('edit.stale');
    void this.#offerToMove(uri, name, before);
  }

  /** What was typed into a field and looks like a credential gets the offer that the editor has, too. */
  async #offerToMove(uri: vscode.Uri, name: string, before: Place): Promise<void> {
    const { document, entry, text, diagnostics } = await this.#place(uri, name);
    const known = new Set(
      literals(before.diagnostics, before.entry).map(({ range }) => before.text.slice(range.start, range.end)),
    );
    const found = literals(diagnostics, entry).find(({ range }) => !known.has(text.slice(range.start, range.end)));
    if (!found) return;
    const { version } = document;
    const move = vscode.l10n.t('Move to SecretStorage');
    const message = vscode.l10n.t(
      'What you wrote into “{0}” looks like a credential. In the file, everybody who gets it can read it.',
      name,
    );
    const choice = await vscode.window.showInformationMessage(message, move);
    if (choice !== move || document.version !== version) return;
    await vscode.commands.executeCommand(internalCommands.moveToSecretStorage, uri, found.range);
  }

  async #place(uri: vscode.Uri, name: string): Promise<Place> {
    const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch((cause: unknown) => {
      throw new LatchkeyError('workspace.fileUnreadable', { file: vscode.workspace.asRelativePath(uri) }, { cause });
    });
    const file = this.#documents.ofDocument(document);
    const entry = file.requests.find((request) => request.name === name);
    if (!entry) throw new LatchkeyError('edit.notEditable', { name });
    return { document, entry, text: document.getText(), diagnostics: file.diagnostics };
  }
}

function literals(diagnostics: readonly Diagnostic[], { range }: RequestEntry): readonly Diagnostic[] {
  return diagnostics.filter(
    (each) => each.code === 'request.looksLikeSecret' && each.range.start >= range.start && each.range.end <= range.end,
  );
}

/** The same for the same text, whatever the request is called. */
function baseOf({ text, entry: { keyRange } }: RequestSlice): Promise<string> {
  return sha256(text.slice(0, keyRange.start) + text.slice(keyRange.end));
}
