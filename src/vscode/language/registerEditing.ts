import * as vscode from 'vscode';
import type { SecretVault } from '../../core/session/secretVault';
import { languageSelector, requestFileSelector } from '../requests/requestFileNames';
import { CurlPaste, curlPasteKind, type CurlPasteDeps } from './curlPaste';
import { SymbolFiles } from './symbolFiles';
import { SymbolProviders } from './symbolProviders';

export interface EditingDeps extends CurlPasteDeps {
  readonly secrets: Pick<SecretVault, 'list' | 'keep' | 'stored'>;
}

/** Everything that changes request and project files for the user as they write them. */
export function registerEditing(deps: EditingDeps): vscode.Disposable {
  const symbols = new SymbolProviders({ files: new SymbolFiles(), secrets: deps.secrets });
  return vscode.Disposable.from(
    vscode.languages.registerDocumentPasteEditProvider(requestFileSelector, new CurlPaste(deps), {
      providedPasteEditKinds: [curlPasteKind],
      pasteMimeTypes: ['text/plain'],
    }),
    vscode.languages.registerDefinitionProvider(languageSelector, symbols),
    vscode.languages.registerReferenceProvider(languageSelector, symbols),
    vscode.languages.registerRenameProvider(languageSelector, symbols),
  );
}
