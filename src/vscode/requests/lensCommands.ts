import * as vscode from 'vscode';
import { lensCommandPrefix, type CommandId } from '../ids';

/** What a lens does: a command with a document, and with one of its requests. */
export interface LensAction {
  readonly command: CommandId;
  readonly request: string | undefined;
}

interface Registered {
  readonly id: string;
  readonly request: string | undefined;
  readonly registration: vscode.Disposable;
  /** The document lost the request with the latest list of lenses; links of the list before may be on the screen. */
  isLost: boolean;
}

/**
 * Commands of lenses without arguments. VS Code keeps the arguments of a lens for as long as the list that the lens
 * came in, and such a list may go while its links are on the screen: a click on one would be lost. A command of its own
 * for each lens that was on the screen lasts for as long as the document is open and has the request.
 *
 * Their ids say nothing: VS Code counts by id which commands of extensions are used. Begun anew, the extension takes
 * others, so that a link from before cannot send another request.
 */
export class LensCommands implements vscode.Disposable {
  readonly #byDocument = new Map<string, Map<string, Registered>>();
  readonly #start = Date.now().toString(36);
  #count = 0;
  readonly #subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString()));

  /** The id of a command that does this with the document. The same as before, where there was one. */
  idOf(uri: vscode.Uri, action: LensAction): string {
    const document = uri.toString();
    const registered = this.#byDocument.get(document) ?? new Map<string, Registered>();
    this.#byDocument.set(document, registered);
    const key = `${action.command} ${action.request ?? ''}`;
    const known = registered.get(key) ?? this.#register(uri, action);
    registered.set(key, known);
    return known.id;
  }

  /** Takes the commands away of requests that the document had neither in the list before nor has in this one. */
  keep(uri: vscode.Uri, requests: ReadonlySet<string>): void {
    const registered = this.#byDocument.get(uri.toString()) ?? [];
    for (const [key, known] of registered) {
      const wasLost = known.isLost;
      known.isLost = known.request !== undefined && !requests.has(known.request);
      if (!wasLost || !known.isLost) continue;
      known.registration.dispose();
      this.#byDocument.get(uri.toString())?.delete(key);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const document of [...this.#byDocument.keys()]) this.#forget(document);
  }

  #register(uri: vscode.Uri, { command, request }: LensAction): Registered {
    const id = `${lensCommandPrefix}${this.#start}.${++this.#count}`;
    const args = request === undefined ? [uri] : [uri, request];
    const run = (): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);
    return { id, request, registration: vscode.commands.registerCommand(id, run), isLost: false };
  }

  #forget(document: string): void {
    for (const { registration } of this.#byDocument.get(document)?.values() ?? []) registration.dispose();
    this.#byDocument.delete(document);
  }
}
