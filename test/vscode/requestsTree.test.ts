import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { RequestsTree } from '../../src/vscode/explorer/requestsTree';
import type { RequestsNode } from '../../src/vscode/explorer/requestsNode';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { RequestDocuments } from '../../src/vscode/requests/requestDocuments';
import { WorkspaceIndex } from '../../src/vscode/requests/workspaceIndex';
import { RunStore } from '../../src/vscode/runner/runStore';
import { eventually } from '../helpers/eventually';
import { treeItem, treeLines } from '../helpers/treeLines';
import { watchedFolder, type WatchedFolder } from '../helpers/watchedFolder';

const folderName = 'treeOfRequests';

const two = 'requests:\n  list: { get: https://a.example/ }\n  add: { post: https://a.example/, name: Add one }\n';

describe('the Requests view', () => {
  const documents = new RequestDocuments();
  const folders = new FolderWatch();
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  let folder: WatchedFolder;
  let index: WorkspaceIndex;
  let runs: RunStore;
  let tree: RequestsTree;
  let changes: unknown[];

  before(async () => {
    folder = await watchedFolder(folderName);
  });

  beforeEach(async () => {
    await folder.write('orders.http.yaml', two);
    index = new WorkspaceIndex(documents, folders);
    runs = new RunStore();
    changes = [];
    const sight = { visible: true, onDidChangeVisibility: visibility.event };
    tree = new RequestsTree({ index, runs, documents, sight });
    tree.onDidChangeTreeData((change) => changes.push(change));
  });

  afterEach(async () => {
    tree.dispose();
    index.dispose();
    runs.dispose();
    await folder.empty();
  });

  after(async () => {
    await folder.remove();
    folders.dispose();
    documents.dispose();
    visibility.dispose();
  });

  async function ours(): Promise<readonly string[]> {
    const lines = await treeLines(tree);
    const begin = lines.indexOf(folderName);
    const rest = lines.slice(begin + 1);
    const end = rest.findIndex((line) => !line.startsWith(' '));
    return begin < 0 ? [] : rest.slice(0, end < 0 ? undefined : end).map((line) => line.slice(2));
  }

  it('shows folders, files and requests with their methods', async () => {
    await folder.write('deep/er/more.http.yml', 'requests:\n  one: { delete: https://a.example/ }\n');
    assert.deepEqual(await ours(), [
      'deep/er',
      '  more.http.yml',
      '    DELETE one',
      'orders.http.yaml',
      '  GET list',
      '  POST add',
    ]);
  });

  it('shows the tags of a request, and follows them', async () => {
    const text = 'requests:\n  list: { get: https://a.example/, tags: [orders, smoke test] }\n';
    await folder.write('tagged.http.yaml', text);
    assert.deepEqual((await ours()).slice(-2), ['tagged.http.yaml', '  GET list · #orders #smoke test']);
    const { item } = await treeItem(tree, 'GET list ·', folderName);
    assert.equal(item.accessibilityInformation?.label, 'GET list, #orders, #smoke test');
    await folder.write('tagged.http.yaml', text.replace(', smoke test', ''));
    // Before it is drawn, or its drawing would be what brings it.
    await eventually(() => assert.ok(changes.some((change) => Array.isArray(change))));
    await eventually(async () => assert.equal((await ours()).at(-1), '  GET list · #orders'));
  });

  it('follows typing, new files and deleted ones, and draws only what looks different', async () => {
    await ours();
    const document = await vscode.workspace.openTextDocument(folder.at('orders.http.yaml'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(3, 0), '  gone: { delete: https://a.example/ }\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(() => assert.equal(changes.length, 1));
    const [files] = changes as [RequestsNode[]];
    assert.deepEqual(
      files.map(({ uri }) => uri.path),
      [document.uri.path],
    );
    assert.ok((await ours()).includes('  DELETE gone'));
    await document.save();
    const anew = (): number => changes.filter((change) => change === undefined).length;
    await folder.write('new.http.yaml', two);
    await eventually(() => assert.equal(anew(), 1));
    assert.ok((await ours()).includes('new.http.yaml'));
    await vscode.workspace.fs.delete(folder.at('new.http.yaml'));
    await eventually(() => assert.equal(anew(), 2));
    assert.ok(!(await ours()).includes('new.http.yaml'));
  });

  it('shows how requests ended, and that one is being sent', async () => {
    await ours();
    const { uri } = (await treeItem(tree, 'GET list', folderName)).node;
    const run = { exchange: undefined, body: undefined, connection: undefined, offer: undefined };
    runs.set(uri, 'list', { ...run, state: { kind: 'sending', startedAt: 0 } });
    const sending = (await treeItem(tree, 'GET list', folderName)).item;
    assert.equal((sending.iconPath as vscode.ThemeIcon).id, 'loading~spin');
    assert.equal(sending.accessibilityInformation?.label, 'GET list, is being sent');
    await eventually(() => assert.ok(changes.length > 0));
    const failure = { code: 'x', title: '', message: '', next: '', action: undefined, detail: undefined };
    runs.set(uri, 'list', { ...run, state: { kind: 'failure', failure, sent: undefined } });
    assert.ok((await ours()).includes('  GET list · failed'));
    const { item } = await treeItem(tree, 'GET list', folderName);
    assert.equal((item.iconPath as vscode.ThemeIcon).id, 'error');
    assert.equal((await treeItem(tree, 'orders.http.yaml', folderName)).item.description, '1 failed');
  });

  it('marks files and requests with errors', async () => {
    await folder.write(
      'bad.http.yaml',
      'requests:\n  broken: { gett: https://a.example/ }\n  fine: { get: https://a.example/ }\n',
    );
    await eventually(async () => assert.match((await ours()).join('\n'), /^bad\.http\.yaml · \d errors?$/m));
    const { item } = await treeItem(tree, 'broken', folderName);
    assert.equal((item.iconPath as vscode.ThemeIcon).id, 'warning');
  });

  it('tells what a request sends when somebody points at it', async () => {
    await ours();
    const { item, node } = await treeItem(tree, 'POST add', folderName);
    const resolved = await tree.resolveTreeItem(item, node);
    assert.equal(resolved.tooltip, 'Add one\nPOST https://a.example/');
    assert.deepEqual(tree.getParent(node)?.uri.path, folder.at('orders.http.yaml').path);
  });

  it('draws 500 files in a moment, with ids of their own', async () => {
    const names = Array.from({ length: 500 }, (_, number) => `many/f${number % 20}/r${number}.http.yaml`);
    for (const name of names) {
      const file = folder.at(name).fsPath;
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, two);
    }
    await eventually(async () => assert.ok((await index.whenComplete(new AbortController().signal)).uris.length > 500));
    // A machine that is busy is so now and then: the quickest of some drawings counts.
    await eventually(async () => {
      const begin = performance.now();
      for (const root of await tree.getChildren()) tree.getTreeItem(root);
      assert.ok(performance.now() - begin < 50, `${performance.now() - begin} ms`);
    });
    const items: vscode.TreeItem[] = [];
    const walk = async (node?: RequestsNode): Promise<void> => {
      for (const child of await tree.getChildren(node)) {
        items.push(tree.getTreeItem(child));
        await walk(child);
      }
    };
    await walk();
    assert.ok(items.length > 1500);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    assert.ok(items.every(({ accessibilityInformation }) => (accessibilityInformation?.label ?? '') !== ''));
  });
});
