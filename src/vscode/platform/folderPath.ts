import * as vscode from 'vscode';

/** A workspace folder as people know it. */
export function folderPath(uri: string): string {
  const folder = vscode.Uri.parse(uri);
  return folder.scheme === 'file' ? folder.fsPath : folder.toString(true);
}
