import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditView, WantedRequest } from '../../src/shared/editView';
import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from '../helpers/eventually';
import { present } from '../helpers/present';

const text = `requests:
  orders: # all of them
    get: /orders
    auth: none
    query: { limit: 50 } # few
`;

describe('editing a request in the runner', () => {
  let runner: NonNullable<PortOverrides['history']>['runner'];
  let document: vscode.TextDocument;

  before(async () => {
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    const overrides = await extension.activate();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const uri = vscode.Uri.joinPath(present(folder, 'the folder').uri, 'edit/orders.http.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.commands.executeCommand('latchkey.openRunner', uri, 'orders');
    runner = present(overrides.history, 'the runner').runner;
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('writes a change into the document, which undo takes back', async () => {
    const edit = await runner.readWritten();
    await runner.applyEdit(edit.base, wanted(edit, { method: 'post', url: '/orders/new' }));
    assert.equal(document.getText(), text.replace('get: /orders', 'post: /orders/new'));
    assert.equal(document.isDirty, true);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('refuses a change of a text that is not there any more', async () => {
    const edit = await runner.readWritten();
    const other = new vscode.WorkspaceEdit();
    other.insert(document.uri, document.positionAt(text.indexOf('50')), '1');
    await vscode.workspace.applyEdit(other);
    const before = document.getText();
    await assert.rejects(runner.applyEdit(edit.base, wanted(edit, { url: '/lost' })), /has changed meanwhile/);
    assert.equal(document.getText(), before);
    const again = await runner.readWritten();
    assert.equal(again.written.query[0]?.value, '150');
    await runner.applyEdit(again.base, wanted(again, { url: '/kept' }));
    assert.match(document.getText(), /get: \/kept\n {4}auth: none\n {4}query: \{ limit: 150 \} # few/);
  });

  it('lets a change elsewhere in the file pass', async () => {
    const edit = await runner.readWritten();
    const other = new vscode.WorkspaceEdit();
    other.insert(document.uri, new vscode.Position(0, 0), '# head\n');
    await vscode.workspace.applyEdit(other);
    await runner.applyEdit(edit.base, wanted(edit, { url: '/further' }));
    assert.match(document.getText(), /^# head\n[^]*get: \/further\n/);
  });

  it('takes an edit that was begun before another request was looked at, and before the request was renamed', async () => {
    await replace('requests:', 'requests:\n  other: { get: /other }');
    const edit = await runner.readWritten();
    await runner.open(document.uri, 'other');
    await runner.readWritten();
    await runner.open(document.uri, 'orders');
    await runner.applyEdit(edit.base, wanted(edit, { url: '/back' }));
    assert.match(document.getText(), /get: \/back\n/);

    const again = await runner.readWritten();
    await replace('orders:', 'latest:');
    await eventually(() => assert.equal(runner.target?.name, 'latest'));
    await runner.applyEdit(again.base, wanted(again, { url: '/renamed' }));
    assert.match(document.getText(), /latest: # all of them\n {4}get: \/renamed\n/);
  });

  async function replace(before: string, after: string): Promise<void> {
    const start = document.getText().indexOf(before);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
    const change = new vscode.WorkspaceEdit();
    change.replace(document.uri, range, after);
    assert.ok(await vscode.workspace.applyEdit(change));
  }

  function wanted({ written }: EditView, change: Partial<WantedRequest>): WantedRequest {
    const query = written.query.map(({ name, value }, from) => ({ name, value, from }));
    return { ...written, query, headers: [], ...change };
  }
});
