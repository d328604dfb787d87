import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../helpers/eventually';

describe('the runner beside the editors', () => {
  let file: vscode.Uri;
  let other: vscode.Uri;

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    file = vscode.Uri.joinPath(folder.uri, 'group.http.yaml');
    other = vscode.Uri.joinPath(folder.uri, 'other.http.yaml');
    const write = (uri: vscode.Uri, name: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(
        uri,
        new TextEncoder().encode(`requests: { ${name}: { get: "http://a.invalid" } }`),
      );
    await write(file, 'one');
    await write(other, 'two');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of [file, other]) await vscode.workspace.fs.delete(uri);
  });

  const runnerTab = (): vscode.Tab | undefined =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('latchkey.runner'));

  it('follows to a file that comes to the front, and back', async () => {
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('latchkey.openRunner', file, 'one');
    await eventually(() => assert.equal(runnerTab()?.label, 'one'));
    await vscode.window.showTextDocument(other, { viewColumn: vscode.ViewColumn.One });
    await eventually(() => assert.equal(runnerTab()?.label, 'two'));
    await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
    await eventually(() => assert.equal(runnerTab()?.label, 'one'));
  });
});
