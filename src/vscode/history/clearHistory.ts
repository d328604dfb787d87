import * as vscode from 'vscode';
import type { Confirm } from '../platform/confirm';
import type { History } from './history';

/** `latchkey.clearHistory`: asks, and deletes the files. */
export async function clearHistory(history: History, confirm: Confirm): Promise<void> {
  const { length } = await history.list();
  if (length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The history of this workspace is empty.'));
    return;
  }
  const agreed = await confirm({
    message: vscode.l10n.t('Clear the history of this workspace?'),
    detail: vscode.l10n.t(
      '{0} sends with their responses are deleted from this machine. That cannot be undone.',
      length,
    ),
    button: vscode.l10n.t('Clear History'),
  });
  if (!agreed) return;
  await history.clear();
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) History cleared'), 5000);
}
