import * as vscode from 'vscode';
import type { SecretVault } from '../../core/session/secretVault';
import { internalCommands } from '../ids';
import type { RequestDiagnostics } from '../requests/requestDiagnostics';
import { languageSelector, requestFileSelector } from '../requests/requestFileNames';
import type { WorkspaceIndex } from '../requests/workspaceIndex';
import { CurlPaste, curlPasteKind, type CurlPasteDeps } from './curlPaste';
import { IgnoreCheck } from './ignoreCheck';
import { QuickFixProvider } from './quickFixProvider';
import { askSecretName, SecretMover } from './secretMover';
import { SymbolFiles } from './symbolFiles';
import { SymbolProviders } from './symbolProviders';

export interface EditingDeps extends CurlPasteDeps {
  readonly diagnostics: Pick<RequestDiagnostics, 'of'>;
  readonly secrets: Pick<SecretVault, 'list' | 'keep' | 'stored'>;
  readonly index: Pick<WorkspaceIndex, 'whenComplete'>;
}

/** Everything that changes request and project files for the user as they write them. */
export function registerEditing(deps: EditingDeps): vscode.Disposable {
  const symbols = new SymbolProviders({ files: new SymbolFiles(deps.index), secrets: deps.secrets });
  const mover = new SecretMover({ ...deps, askName: askSecretName });
  const ignore = new IgnoreCheck();
  return vscode.Disposable.from(
    ignore,
    vscode.languages.registerCodeActionsProvider(languageSelector, ignore, {
      providedCodeActionKinds: QuickFixProvider.kinds,
    }),
    vscode.languages.registerDocumentPasteEditProvider(requestFileSelector, new CurlPaste(deps), {
      providedPasteEditKinds: [curlPasteKind],
      pasteMimeTypes: ['text/plain'],
    }),
    vscode.languages.registerDefinitionProvider(languageSelector, symbols),
    vscode.languages.registerReferenceProvider(languageSelector, symbols),
    vscode.languages.registerRenameProvider(languageSelector, symbols),
    vscode.languages.registerCodeActionsProvider(languageSelector, new QuickFixProvider(deps), {
      providedCodeActionKinds: QuickFixProvider.kinds,
    }),
    vscode.commands.registerCommand(internalCommands.moveToSecretStorage, (uri: unknown, range: unknown) =>
      mover.run(uri, range),
    ),
  );
}
