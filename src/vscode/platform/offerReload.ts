import * as vscode from 'vscode';

let offering = false;

/**
 * For views that do not come up: what VS Code shows pages in can be stuck for the whole window, as when the browser's
 * service worker for them hangs, and only a new window gets past that. Asks once, however many views there are.
 */
export function offerReload(): void {
  if (offering) return;
  offering = true;
  void ask().finally(() => (offering = false));
}

async function ask(): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const message = vscode.l10n.t('VS Code does not bring this view up. Reload the window to see it.');
  const choice = await vscode.window.showInformationMessage(message, reload);
  if (choice === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
