import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually';

/** Signs every account out as a person does, one after the other; tests of one window share its sessions. */
export async function signOutOfAll(): Promise<void> {
  const count = async (): Promise<number> => (await vscode.authentication.getAccounts('latchkey')).length;
  let asking = false;
  const ask = async (): Promise<void> => {
    asking = true;
    await vscode.commands.executeCommand('latchkey.signOut');
    asking = false;
  };
  for (let left = await count(); left > 0; left--) {
    await eventually(async () => {
      // The list closes without an answer where something else takes the focus, such as a tab that has just loaded.
      if (!asking) void ask();
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok((await count()) < left);
    });
    await eventually(() => assert.ok(!asking));
  }
}
