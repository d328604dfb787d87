import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually';

/** Signs every account out as a person does, one after the other; tests of one window share its sessions. */
export async function signOutOfAll(): Promise<void> {
  const count = async (): Promise<number> => (await vscode.authentication.getAccounts('latchkey')).length;
  let asked: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    await vscode.commands.executeCommand('latchkey.signOut');
    asked = undefined;
  };
  for (let left = await count(); left > 0; left--) {
    await eventually(async () => {
      // The list closes without an answer where something else takes the focus, such as a tab that has just loaded.
      asked ??= ask();
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok((await count()) < left);
    });
    // Asked once too often, while VS Code had not yet heard that the account is gone.
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await asked;
  }
}
