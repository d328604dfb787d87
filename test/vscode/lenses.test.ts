import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import { eventually } from '../helpers/eventually';
import { ExampleApi } from '../helpers/exampleApi';
import { present } from '../helpers/present';

describe('the lenses of a request file', () => {
  let api: ExampleApi;

  before(async () => {
    await vscode.extensions.getExtension('latchkey.latchkey')?.activate();
    api = await ExampleApi.start();
  });
  after(() => api[Symbol.asyncDispose]());

  it('stand above each request, faulty ones included, and on top', async () => {
    const { uri } = await open('lenses.http.yaml', 'requests:\n  one:\n    get: /a\n  two:\n    got: /b\n');
    const lenses = await lensesOf(uri);
    const places = (title: string): number[] =>
      lenses.filter(({ command }) => command?.title === title).map(({ range }) => range.start.line);
    assert.deepEqual(places('$(run-all) Send all'), [0]);
    assert.deepEqual(places('$(play) Send'), [1, 3]);
    assert.deepEqual(places('Copy as cURL'), [1, 3]);
  });

  it('still do what they say when other lenses have come in their place', async () => {
    const document = await open('clicked.http.yaml', requests(api.origin, 'one', 'two'));
    const old = await lensesOf(document.uri);
    await edit(document, `# above\n${requests(api.origin, 'two', 'three')}`);
    const replaced = await lensesOf(document.uri);
    assert.notEqual(replaced[1]?.range.start.line, old[1]?.range.start.line);

    for (const { command } of old) assert.equal(command?.arguments, undefined, command?.title);
    // First, because a send brings new lenses, and what was lost twice is gone.
    const summary = await click<SendSummary>(old, 'Send', 0);
    assert.equal(summary.ok, false, 'the request is gone, which is said');
    assert.equal((await click<SendSummary>(old, 'Send', 1)).ok, true);
    assert.deepEqual(
      api.arrived.map(({ url }) => url),
      ['/echo?two'],
    );
    assert.equal(await click(old, 'Copy as cURL', 1), undefined);
    assert.match(await vscode.env.clipboard.readText(), /^curl .*echo\?two/);
  });

  it('have the same commands as long as the file has the request, and leave none behind', async () => {
    const document = await open('kept.http.yaml', requests(api.origin, 'one', 'two'));
    const first = idsOf(await lensesOf(document.uri));
    assert.deepEqual(idsOf(await lensesOf(document.uri)), first);
    assert.equal(new Set(first).size, 5);
    assert.deepEqual(await registered(first), first);
    assert.deepEqual(
      (await vscode.commands.getCommands(true)).filter((id) => first.includes(id)),
      [],
    );

    await edit(document, requests(api.origin, 'two'));
    const [send = '', copy = ''] = idsOf(await lensesOf(document.uri));
    assert.deepEqual([send, copy], [first[3], first[4]]);
    await lensesOf(document.uri);
    await eventually(async () => assert.deepEqual(await registered(first), [first[0], send, copy]));

    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await eventually(async () => assert.deepEqual(await registered(first), []));
  });
});

async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uri = vscode.Uri.joinPath(present(folder, 'a folder').uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function requests(origin: string, ...names: readonly string[]): string {
  return `requests:\n${names.map((name) => `  ${name}: { get: "${origin}/echo?${name}", auth: none }\n`).join('')}`;
}

async function edit(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function lensesOf(uri: vscode.Uri): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
}

function idsOf(lenses: readonly vscode.CodeLens[]): string[] {
  return lenses.map(({ command }) => present(command?.command, 'a command'));
}

/** Those that VS Code knows, in the same order. */
async function registered(ids: readonly string[]): Promise<string[]> {
  const known = new Set(await vscode.commands.getCommands(false));
  return ids.filter((id) => known.has(id));
}

/** What VS Code does when the link of a lens is clicked. */
function click<T>(lenses: readonly vscode.CodeLens[], title: string, nth: number): Thenable<T> {
  const { command } = present(lenses.filter(({ command }) => command?.title.endsWith(title))[nth], title);
  const { command: id, arguments: args = [] } = present(command, title);
  return vscode.commands.executeCommand<T>(id, ...(args as readonly unknown[]));
}
