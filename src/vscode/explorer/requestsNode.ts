import * as vscode from 'vscode';
import type { TreeEntry } from './fileTree';

/** What the Requests view shows. Nodes say where something is; what it looks like is made when it is drawn. */
export type RequestsNode = FolderNode | FileNode | RequestNode;

export interface FolderNode {
  readonly kind: 'folder';
  readonly uri: vscode.Uri;
  readonly label: string;
  /** A folder of the workspace, where there are several. */
  readonly isRoot: boolean;
  readonly children: readonly TreeEntry[];
  /** The folder that paths of the children are relative to. */
  readonly root: vscode.Uri;
}

export interface FileNode {
  readonly kind: 'file';
  readonly uri: vscode.Uri;
}

export interface RequestNode {
  readonly kind: 'request';
  readonly uri: vscode.Uri;
  readonly name: string;
}

/** A request, a file or a folder, as far as a command needs to know. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly name: string | undefined;
}

/** What a command is about that was called from the menu of a view; `undefined` for every other argument. */
export function placeIn(argument: unknown): Place | undefined {
  if (typeof argument !== 'object' || argument === null || argument instanceof vscode.Uri) return undefined;
  const { uri, name } = argument as { readonly uri?: unknown; readonly name?: unknown };
  if (!(uri instanceof vscode.Uri)) return undefined;
  return { uri, name: typeof name === 'string' ? name : undefined };
}

/** The argument of keybindings of the Requests view: they are about what is selected there. */
export function meansSelection(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'selectedIn' in argument;
}
