import * as vscode from 'vscode';
import type { RequestFile } from '../../core/request/model';
import { commands, type CommandId } from '../ids';
import type { LensCommands } from './lensCommands';
import type { RequestDocuments } from './requestDocuments';

/** How the latest send of a request ended, for its lens. */
export interface LastSend {
  readonly ok: boolean;
  readonly text: string;
}

export interface LastSends {
  of(uri: vscode.Uri, request: string): LastSend | undefined;
}

/** What a lens does; its title and command are made when it comes into view. */
type LensKind = 'sendAll' | 'send' | 'copyAsCurl' | 'lastSend';

class DocumentLens extends vscode.CodeLens {
  readonly kind: LensKind;
  readonly uri: vscode.Uri;
  readonly request: string | undefined;

  constructor(range: vscode.Range, kind: LensKind, uri: vscode.Uri, request?: string) {
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
  readonly #commands: LensCommands;

  constructor(documents: RequestDocuments, lastSends: LastSends, commands: LensCommands) {
    this.#documents = documents;
    this.#lastSends = lastSends;
    this.#commands = commands;
  }

  /** `undefined` when the document changes meanwhile: VS Code then asks again. */
  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[] | undefined> {
    const file = await this.#documents.whenRead(document);
    if (!file) return undefined;
    this.#commands.keep(document.uri, new Set(file.requests.map(({ name }) => name)));
    return [...this.#ofFile(document, file), ...this.#ofRequests(document, file)];
  }

  /** On top of a file with several requests. */
  #ofFile({ uri }: vscode.TextDocument, { requests }: RequestFile): vscode.CodeLens[] {
    return requests.length < 2 ? [] : [new DocumentLens(new vscode.Range(0, 0, 0, 0), 'sendAll', uri)];
  }

  #ofRequests(document: vscode.TextDocument, { requests }: RequestFile): vscode.CodeLens[] {
    const { uri } = document;
    return requests.flatMap(({ name, nameRange }) => {
      const range = new vscode.Range(document.positionAt(nameRange.start), document.positionAt(nameRange.end));
      const kinds: LensKind[] = ['send', 'copyAsCurl'];
      if (this.#lastSends.of(uri, name)) kinds.push('lastSend');
      return kinds.map((kind) => new DocumentLens(range, kind, uri, name));
    });
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (!(lens instanceof DocumentLens)) return lens;
    const { kind, uri, request } = lens;
    const command = this.#commands.idOf(uri, { command: commandOf[kind], request });
    lens.command = { command, ...this.#text(lens) };
    return lens;
  }

  #text({ kind, uri, request = '' }: DocumentLens): Pick<vscode.Command, 'title' | 'tooltip'> {
    switch (kind) {
      case 'sendAll': {
        const tooltip = vscode.l10n.t('Send all requests of this file, each after what it needs');
        return { title: vscode.l10n.t('$(run-all) Send all'), tooltip };
      }
      case 'send': {
        const tooltip = vscode.l10n.t('Send {0} and show the response beside', request);
        return { title: vscode.l10n.t('$(play) Send'), tooltip };
      }
      case 'copyAsCurl': {
        const tooltip = vscode.l10n.t('Copy {0} as a command for a shell, without secrets', request);
        return { title: vscode.l10n.t('Copy as cURL'), tooltip };
      }
      case 'lastSend': {
        const last = this.#lastSends.of(uri, request);
        return { title: `$(${last?.ok === true ? 'pass' : 'error'}) ${last?.text ?? ''}` };
      }
    }
  }
}

const commandOf: Readonly<Record<LensKind, CommandId>> = {
  sendAll: commands.sendAll,
  send: commands.send,
  copyAsCurl: commands.copyAsCurl,
  lastSend: commands.openRunner,
};
