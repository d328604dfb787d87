import * as vscode from 'vscode';

/** The group that has the focus, by its number: a locked one, such as the runner's, takes only what names it. */
export function focusedColumn(): vscode.ViewColumn {
  return vscode.window.tabGroups.activeTabGroup.viewColumn;
}
