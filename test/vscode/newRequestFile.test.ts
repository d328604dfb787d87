import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../helpers/eventually';

describe('a new request file', () => {
  it('is asked for its name, holds one request and is shown with the URL selected', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    const folder = vscode.Uri.joinPath(first.uri, 'made');
    const done = vscode.commands.executeCommand('latchkey.newRequestFile', folder);
    const uri = vscode.Uri.joinPath(folder, 'requests.http.yaml');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await vscode.workspace.fs.stat(uri);
    });
    await done;
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), uri.toString());
    assert.match(editor.document.getText(), /^requests:\n {2}first:\n {4}get: /);
    assert.match(editor.document.getText(editor.selection), /^(?:\/|https:\/\/api\.example\.com\/)$/);
    const problems = vscode.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(problems, []);
  });
});
