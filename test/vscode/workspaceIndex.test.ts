import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RequestIndex } from '../../src/core/request/index/requestIndex';
import { RequestDocuments } from '../../src/vscode/requests/requestDocuments';
import { WorkspaceIndex } from '../../src/vscode/requests/workspaceIndex';
import { eventually } from '../helpers/eventually';

const never = new AbortController().signal;

/** The files that use the connection. */
function using({ files }: RequestIndex): readonly string[] {
  return [...files].flatMap(([uri, { outline }]) => outline.names.named('connection', 'indexed').map(() => uri));
}

function at(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
}

function requestWith(connection: string): string {
  return `requests:\n  one: { get: https://a.example/, auth: ${connection} }\n`;
}

describe('the index of the workspace', () => {
  const documents = new RequestDocuments();
  const index = new WorkspaceIndex(documents);

  after(() => {
    index.dispose();
    documents.dispose();
  });

  async function names(): Promise<readonly string[]> {
    const complete = await index.whenComplete(never);
    return using(complete).map((uri) => uri.replace(/.*\//, ''));
  }

  it('holds files that nobody has opened, and follows what becomes of them', async () => {
    await write('indexed.http.yaml', requestWith('indexed'));
    assert.deepEqual(await names(), ['indexed.http.yaml']);
    await write('indexedToo.http.yml', requestWith('indexed'));
    await eventually(async () =>
      assert.deepEqual([...(await names())].sort(), ['indexed.http.yaml', 'indexedToo.http.yml']),
    );
    await vscode.workspace.fs.delete(at('indexedToo.http.yml'));
    await eventually(async () => assert.deepEqual(await names(), ['indexed.http.yaml']));
  });

  it('goes by what is in the editor rather than on disk', async () => {
    const document = await vscode.workspace.openTextDocument(at('indexed.http.yaml'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), requestWith('somethingElse'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(await names(), []);
    await document.save();
    await vscode.workspace.fs.delete(document.uri);
  });

  it('gives up when nobody waits any more, and goes on with the next who does', async () => {
    const abort = new AbortController();
    const fresh = new WorkspaceIndex(documents);
    await write('later.http.yaml', requestWith('indexed'));
    const waiting = fresh.whenComplete(abort.signal);
    abort.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    const complete = await fresh.whenComplete(never);
    assert.equal(using(complete).length, 1);
    fresh.dispose();
    await vscode.workspace.fs.delete(at('later.http.yaml'));
  });
});
