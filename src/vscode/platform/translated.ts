import * as vscode from 'vscode';

/** The English source texts of a view, each in the editor's language. */
export function translated<K extends string>(strings: Readonly<Record<K, string>>): Readonly<Record<K, string>> {
  const entries = Object.entries<string>(strings).map(([key, text]) => [key, vscode.l10n.t(text)]);
  return Object.fromEntries(entries) as Record<K, string>;
}
