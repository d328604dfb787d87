import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { present } from '../helpers/present';

describe('a cell of a table that is cut', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens in an editor with all of its text, each cell as a document of its own', async () => {
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    const overrides = await extension.activate();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const uri = vscode.Uri.joinPath(present(folder, 'the folder').uri, 'cells/table.http.yaml');
    const file = 'requests:\n  table:\n    get: http://127.0.0.1:1/table\n    auth: none\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(file));
    await vscode.commands.executeCommand('latchkey.openRunner', uri, 'table');
    const { runner } = present(overrides.history, 'the runner');
    for (const [row, text] of [
      [1, 'one\ntwo'],
      [2, 'three'],
    ] as const) {
      runner.openCell('body', row, 3, text);
      await eventually(() => {
        const { document } = present(vscode.window.activeTextEditor, 'an editor');
        assert.equal(document.getText(), text);
        assert.equal(document.uri.path, `/Row ${row + 1}, column 4`);
        assert.equal(document.isDirty, false);
      });
    }
  });
});
