import * as vscode from 'vscode';
import type { ConnectionConfig } from '../../core/oauth/model';
import type { Log } from '../../core/ports';
import { connectionInTheMaking } from '../../core/request/resolveConnection';
import { showFailure } from '../platform/showFailure';
import { trustedFolder } from '../requests/projectFiles';
import type { LanguageFiles } from './languageFiles';

export interface OfferedScopesDeps {
  readonly files: LanguageFiles;
  readonly sessions: {
    /** @throws LatchkeyError when the server cannot be asked; AbortError. */
    offeredScopes(connection: ConnectionConfig, folder: string, signal: AbortSignal): Promise<readonly string[]>;
  };
  readonly log: Log;
}

/**
 * The scopes that authorization servers publish. Nobody's server is asked while somebody types: only when the user
 * chooses to. What it has answered counts until the window is closed.
 */
export class OfferedScopes {
  readonly #deps: OfferedScopesDeps;
  /** By issuer. */
  readonly #known = new Map<string, readonly string[]>();

  constructor(deps: OfferedScopesDeps) {
    this.#deps = deps;
  }

  /** What the server of a connection has said; `undefined` when it was not asked. */
  of({ issuer }: { readonly issuer: string }): readonly string[] | undefined {
    return this.#known.get(issuer);
  }

  /** Asks the server of a connection and opens the list again. */
  async ask(uri: unknown, name: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!(uri instanceof vscode.Uri) || typeof name !== 'string' || !vscode.workspace.isTrusted) return;
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const file = (await this.#deps.files.surrounded(document))?.file;
      const connection = file?.project && connectionInTheMaking(file.project, name, file.environment);
      if (!connection) return;
      const { host } = new URL(connection.issuer);
      const title = vscode.l10n.t('Asking {0} for its scopes', host);
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      const scopes = await vscode.window.withProgress(options, (_progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        return this.#deps.sessions.offeredScopes(connection, trustedFolder(uri), controller.signal);
      });
      this.#known.set(connection.issuer, scopes);
      if (scopes.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('{0} names no scopes', host));
      else if (vscode.window.activeTextEditor === editor)
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
    } catch (error) {
      showFailure('Asking for scopes', error, this.#deps.log);
    }
  }
}
