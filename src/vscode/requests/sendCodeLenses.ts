import * as vscode from 'vscode';
import type { RequestFile } from '../../core/request/model';
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

/** What a lens does; its title is made when it comes into view. */
type LensKind = 'send' | 'copyAsCurl' | 'lastSend';

class RequestLens extends vscode.CodeLens {
  readonly kind: LensKind;
  readonly uri: vscode.Uri;
  readonly request: string;

  constructor(range: vscode.Range, kind: LensKind, uri: vscode.Uri, request: string) {
    super(range);
    this.kind = kind;
    this.uri = uri;
    this.request = request;
  }
}

/** "Send all" on top, "Send" and "Copy as cURL" above each request, and how its latest send ended. */
export class SendCodeLenses {
  readonly #documents: RequestDocuments;
  readonly #lastSends: LastSends;

  constructor(documents: RequestDocuments, lastSends: LastSends) {
    this.#documents = documents;
    this.#lastSends = lastSends;
  }

  /** `undefined` when the document changes meanwhile: VS Code then asks again. */
  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[] | undefined> {
    const file = await this.#documents.whenRead(document);
    return file && [...this.#sendAll(document, file), ...this.#ofRequests(document, file)];
  }

  /** On top of a file with several requests. */
  #sendAll(document: vscode.TextDocument, { requests }: RequestFile): vscode.CodeLens[] {
    if (requests.length < 2) return [];
    const tooltip = vscode.l10n.t('Send all requests of this file, each after what it needs');
    const title = vscode.l10n.t('$(run-all) Send all');
    const command = { command: commands.sendAll, title, tooltip, arguments: [document.uri] };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  }

  #ofRequests(document: vscode.TextDocument, { requests }: RequestFile): vscode.CodeLens[] {
    const { uri } = document;
    return requests.flatMap(({ name, nameRange }) => {
      const range = new vscode.Range(document.positionAt(nameRange.start), document.positionAt(nameRange.end));
      const kinds: LensKind[] = ['send', 'copyAsCurl'];
      if (this.#lastSends.of(uri, name)) kinds.push('lastSend');
      return kinds.map((kind) => new RequestLens(range, kind, uri, name));
    });
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof RequestLens) lens.command = this.#command(lens);
    return lens;
  }

  #command({ kind, uri, request }: RequestLens): vscode.Command {
    switch (kind) {
      case 'send': {
        const tooltip = vscode.l10n.t('Send {0} and show the response beside', request);
        const title = vscode.l10n.t('$(play) Send');
        return { command: commands.send, title, tooltip, arguments: [uri, request] };
      }
      case 'copyAsCurl': {
        const tooltip = vscode.l10n.t('Copy {0} as a command for a shell, without secrets', request);
        return {
          command: commands.copyAsCurl,
          title: vscode.l10n.t('Copy as cURL'),
          tooltip,
          arguments: [uri, request],
        };
      }
      case 'lastSend': {
        const last = this.#lastSends.of(uri, request);
        const title = `$(${last?.ok === true ? 'pass' : 'error'}) ${last?.text ?? ''}`;
        return { command: commands.openRunner, title, arguments: [uri, request] };
      }
    }
  }
}
