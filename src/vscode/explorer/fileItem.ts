import * as vscode from 'vscode';
import type { LastSend } from '../requests/sendCodeLenses';
import type { FileNode, FolderNode } from './requestsNode';

/** How a request file stands. */
export interface FileStanding {
  readonly errors: number;
  /** How its requests ended that were sent in this window. */
  readonly sends: readonly LastSend[];
}

/** A request file. VS Code adds its icon, and its colours for problems and changes, as in its own explorer. */
export function fileItem({ uri }: FileNode, standing: FileStanding, expanded: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(uri, expanded ? Expanded : Collapsed);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const description = describe(standing);
  item.id = uri.toString();
  item.label = name;
  item.contextValue = 'requestFile';
  item.iconPath = vscode.ThemeIcon.File;
  item.tooltip = vscode.workspace.asRelativePath(uri);
  if (description !== undefined) item.description = description;
  item.accessibilityInformation = { label: description === undefined ? name : `${name}, ${description}` };
  return item;
}

function describe({ errors, sends }: FileStanding): string | undefined {
  if (errors > 0) return errors === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', errors);
  if (sends.length === 0) return undefined;
  const failed = sends.filter(({ ok }) => !ok).length;
  return failed > 0 ? vscode.l10n.t('{0} failed', failed) : vscode.l10n.t('{0} passed', sends.length);
}

export function folderItem({ uri, label, isRoot }: FolderNode): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(uri, isRoot ? Expanded : Collapsed);
  item.id = `folder ${uri.toString()}`;
  item.label = label;
  item.contextValue = 'requestFolder';
  item.iconPath = isRoot ? new vscode.ThemeIcon('root-folder') : vscode.ThemeIcon.Folder;
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, folder', label) };
  return item;
}
