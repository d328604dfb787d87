import * as vscode from 'vscode';
import type { Settings } from '../ids';

/** The effective value of a setting of ours; package.json declares type and default. */
export function readSetting<K extends keyof Settings>(key: K, scope?: vscode.Uri): Settings[K] {
  const value = vscode.workspace.getConfiguration('latchkey', scope).get<Settings[K]>(key);
  if (value === undefined) throw new Error(`Setting latchkey.${key} is not declared`);
  return value;
}
