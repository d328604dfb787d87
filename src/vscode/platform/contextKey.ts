import * as vscode from 'vscode';
import type { ContextKey } from '../ids';

/** Sets a context key that menus and keybindings of package.json read. */
export function setContextKey(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
