import * as vscode from 'vscode';
import { locateRequest } from '../../core/request/locateRequest';
import type { RequestDocuments } from '../requests/requestDocuments';
import { isRequestFile } from '../requests/requestFileNames';
import type { RunnerController } from './runnerController';

/** Lets the runner show the request that the cursor is in. */
export function followCursor(documents: RequestDocuments, runner: RunnerController): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections, kind }) => {
    // A selection made by a command, such as going to a problem, does not move the runner.
    if (!isRequestFile(document.uri) || kind === undefined) return;
    const [selection] = selections;
    const request = selection && locateRequest(documents.ofDocument(document), document.offsetAt(selection.active));
    if (request) void runner.follow(document.uri, request.name);
  });
}
