import * as vscode from 'vscode';
import { commands } from '../ids';
import type { RequestDocuments } from './requestDocuments';

/** How the latest send of a request ended, for its lens. */
export interface LastSend {
  readonly ok: boolean;
  readonly text: string;
}

export interface LastSends {
  of(uri: vscode.Uri, request: string): LastSend | undefined;
}

/** "Send" above each request, and how its latest send ended. */
export class SendCodeLenses {
  readonly #documents: RequestDocuments;
  readonly #lastSends: LastSends;

  constructor(documents: RequestDocuments, lastSends: LastSends) {
    this.#documents = documents;
    this.#lastSends = lastSends;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#documents.ofDocument(document).requests.flatMap(({ name, nameRange }) => {
      const range = new vscode.Range(document.positionAt(nameRange.start), document.positionAt(nameRange.end));
      const send = {
        command: commands.send,
        title: vscode.l10n.t('$(play) Send'),
        tooltip: vscode.l10n.t('Send {0} and show the response beside', name),
        arguments: [document.uri, name],
      };
      const last = this.#lastSends.of(document.uri, name);
      const result = {
        command: commands.openRunner,
        title: `$(${last?.ok ? 'pass' : 'error'}) ${last?.text ?? ''}`,
        arguments: [document.uri, name],
      };
      return [new vscode.CodeLens(range, send), ...(last ? [new vscode.CodeLens(range, result)] : [])];
    });
  }
}
