import * as vscode from 'vscode';
import { isErrorCode } from '../../core/errors';
import { workspacePath } from '../../core/files/workspacePath';

/** The file that a file names; `undefined` outside of the workspace folder, and for files that are never read. */
export function fileNamed(uri: vscode.Uri, path: string): vscode.Uri | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const directory = vscode.Uri.joinPath(uri, '..').path.slice(folder.uri.path.length);
  try {
    return vscode.Uri.joinPath(folder.uri, workspacePath(directory, path));
  } catch (error) {
    if (isErrorCode(error, 'file.outside') || isErrorCode(error, 'file.forbidden')) return undefined;
    throw error;
  }
}
