import * as vscode from 'vscode';

export interface FileText {
  readonly text: string;
}

/**
 * What a file says now: the open document with its unsaved edits, else what is on disk. `undefined` when there is no
 * such file, and for every file that is not open while the workspace is not trusted: nothing else may be read there.
 */
export async function readFileText(uri: vscode.Uri): Promise<FileText | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { text: open.getText() };
  // What was never saved has no folder to look into.
  if (!vscode.workspace.isTrusted || uri.scheme === 'untitled') return undefined;
  try {
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
