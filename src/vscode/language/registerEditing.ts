import * as vscode from 'vscode';
import { requestFileSelector } from '../requests/requestFileNames';
import { CurlPaste, curlPasteKind, type CurlPasteDeps } from './curlPaste';

export type EditingDeps = CurlPasteDeps;

/** Everything that changes request and project files for the user as they write them. */
export function registerEditing(deps: EditingDeps): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentPasteEditProvider(requestFileSelector, new CurlPaste(deps), {
      providedPasteEditKinds: [curlPasteKind],
      pasteMimeTypes: ['text/plain'],
    }),
  );
}
