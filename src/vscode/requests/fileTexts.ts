import * as vscode from 'vscode';
import { MAX_CHARACTERS } from '../../core/request/yaml/readDocument';

export interface FileText {
  readonly text: string;
}

/** Reads a file; `undefined` when there is none. */
export type ReadFile = (uri: vscode.Uri) => Promise<Uint8Array | undefined>;

/**
 * What a file says now: the open document with its unsaved edits, else what is on disk. `undefined` when there is no
 * such file, and for every file that is not open while the workspace is not trusted: nothing else may be read there.
 */
export async function readFileText(uri: vscode.Uri, read: ReadFile = readByVsCode): Promise<FileText | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { text: open.getText() };
  // What was never saved has no folder to look into.
  if (!vscode.workspace.isTrusted || uri.scheme === 'untitled') return undefined;
  const bytes = await read(uri);
  return bytes && { text: new TextDecoder().decode(bytes) };
}

/** Bytes that hold more characters than anything that is read: three are one at least, and a mark at the start is none. */
const MOST_BYTES = 3 * (MAX_CHARACTERS + 2);

/**
 * Reads files of this machine by itself and leaves all others to VS Code, which asks its window before each: that takes
 * longer than the request that is to be sent.
 */
export function readingDisk(readDisk: (path: string, most: number) => Promise<Uint8Array | undefined>): ReadFile {
  return (uri) => (uri.scheme === 'file' ? readDisk(uri.fsPath, MOST_BYTES) : readByVsCode(uri));
}

async function readByVsCode(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
