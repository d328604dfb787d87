import * as vscode from 'vscode';

/** What people call a workspace folder: its name when it is open, else where it is. */
export function folderLabel(folder: string): string {
  const uri = vscode.Uri.parse(folder);
  const open = vscode.workspace.workspaceFolders?.find((each) => each.uri.toString() === uri.toString());
  return open?.name ?? (uri.scheme === 'file' ? uri.fsPath : uri.toString(true));
}
