import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually';

/** Signs every account out as a person does, one after the other; tests of one window share its sessions. */
export async function signOutOfAll(): Promise<void> {
  const count = async (): Promise<number> => (await vscode.authentication.getAccounts('latchkey')).length;
  for (let left = await count(); left > 0; left--) {
    const done = vscode.commands.executeCommand('latchkey.signOut');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok((await count()) < left);
    });
    await done;
  }
}
