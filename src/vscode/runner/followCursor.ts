import * as vscode from 'vscode';
import { locateRequest } from '../../core/request/locateRequest';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isRequestFile } from '../requests/requestFileNames';
import type { RunnerController } from './runnerController';

/** Lets the runner show the request that the cursor is in, or the first one of a file that comes to the front. */
export function followCursor(documents: RequestDocuments, runner: RunnerController): vscode.Disposable {
  const nameAt = (document: vscode.TextDocument, place: vscode.Position): string | undefined =>
    locateRequest(documents.ofDocument(document), document.offsetAt(place))?.name;
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections, kind }) => {
      // A selection made by a command, such as going to a problem, does not move the runner.
      if (!isRequestFile(document.uri) || kind === undefined) return;
      const [selection] = selections;
      const name = selection && nameAt(document, selection.active);
      if (name !== undefined) void runner.follow(document.uri, name);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (!editor || !isRequestFile(editor.document.uri)) return;
      const { document, selection } = editor;
      // Coming back to a file, people find what they have left.
      if (runner.target?.uri.toString() === document.uri.toString()) return;
      const name = nameAt(document, selection.active) ?? documents.ofDocument(document).requests[0]?.name;
      if (name !== undefined) void runner.follow(document.uri, name);
    }),
  );
}
