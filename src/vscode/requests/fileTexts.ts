import * as vscode from 'vscode';

/** Text of a file and a number that changes when it does. */
export interface FileText {
  readonly text: string;
  readonly version: string;
}

/**
 * What a file says now: the open document with its unsaved edits, else what is on disk.
 * `undefined` when there is no such file.
 */
export async function readFileText(uri: vscode.Uri): Promise<FileText | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { text: open.getText(), version: `open ${open.version}` };
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { text: new TextDecoder().decode(bytes), version: `disk ${mtime} ${size}` };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
