import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ComparedResponse } from '../../src/vscode/compare/comparedResponse';
import { ComparisonDocuments } from '../../src/vscode/compare/comparisonDocuments';
import { eventually } from '../helpers/eventually';

function side(facts: string): ComparedResponse {
  const text = { text: facts, isWhole: true, isJson: false, isKept: true };
  return { ...text, language: 'text', at: undefined, environment: undefined, facts };
}

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

  it('has its group for itself: a file that is opened from there goes to the editors, a comparison stays', async () => {
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('latchkey.openRunner', file, 'one');
    await eventually(() => assert.equal(runnerTab()?.label, 'one'));
    await vscode.commands.executeCommand('workbench.action.focusNextGroup');
    await eventually(() => assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'one'));
    await vscode.commands.executeCommand('vscode.open', other);
    const labels = (): string[][] => vscode.window.tabGroups.all.map(({ tabs }) => tabs.map(({ label }) => label));
    await eventually(() => assert.ok(labels()[0]?.includes('other.http.yaml')));
    // It shows what came to the front, and gives its place to nothing.
    await eventually(() => assert.deepEqual(labels()[1], ['two']));
    assert.ok(runnerTab()?.isActive);
    await vscode.commands.executeCommand('workbench.action.focusNextGroup');
    await eventually(() => assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'two'));
    const comparisons = new ComparisonDocuments();
    await comparisons.show('one', [side('before'), side('after')], { before: '1', after: '2', isCut: false });
    await eventually(() => assert.equal(labels()[1]?.length, 2));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    comparisons.dispose();
  });

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
