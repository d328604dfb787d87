import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RequestIndex } from '../../src/core/request/index/requestIndex';
import { readDisk } from '../../src/node/readDisk';
import { readingDisk } from '../../src/vscode/requests/fileTexts';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { RequestDocuments } from '../../src/vscode/requests/requestDocuments';
import { WorkspaceIndex } from '../../src/vscode/requests/workspaceIndex';
import { eventually } from '../helpers/eventually';
import { watchedFolder } from '../helpers/watchedFolder';

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
  const folders = new FolderWatch();
  const index = new WorkspaceIndex(documents, folders);

  after(() => {
    index.dispose();
    folders.dispose();
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

  it('follows folders that come with files in them, are renamed, or go', async () => {
    const folder = await watchedFolder('indexedFolder');
    const inside = (name: string): string => folder.at(name).fsPath;
    try {
      assert.deepEqual(await names(), ['indexed.http.yaml']);
      // At once, before VS Code can watch the folders.
      fs.mkdirSync(inside('new/deeper'), { recursive: true });
      fs.writeFileSync(inside('new/deeper/inside.http.yaml'), requestWith('indexed'));
      await eventually(async () => assert.ok((await names()).includes('inside.http.yaml')));
      fs.renameSync(inside('new'), inside('renamed'));
      await eventually(async () => {
        const uris = using(await index.whenComplete(never)).filter((uri) => uri.includes('indexedFolder'));
        assert.deepEqual(uris, [folder.at('renamed/deeper/inside.http.yaml').toString()]);
      });
      fs.rmSync(inside('renamed'), { recursive: true });
      await eventually(async () => assert.deepEqual(await names(), ['indexed.http.yaml']));
    } finally {
      await folder.remove();
    }
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

  it('reads files of this machine by the reader it is given, and tells of one that is longer than may be', async () => {
    const read: string[] = [];
    const own = new WorkspaceIndex(
      documents,
      folders,
      readingDisk((file, most) => {
        read.push(path.basename(file));
        return readDisk(file, most);
      }),
    );
    await write('tooLong.http.yaml', `requests:\n  one: { get: /x }\n#${'x'.repeat(13_000_000)}\n`);
    try {
      const { files } = await own.whenComplete(never);
      const found = [...files].find(([uri]) => uri.endsWith('/tooLong.http.yaml'));
      assert.ok(read.includes('tooLong.http.yaml'));
      assert.deepEqual([found?.[1].outline.errors, found?.[1].outline.requests.length], [1, 0]);
      assert.ok((found?.[1].text.length ?? 0) < 13_000_000, 'no more is read than shows that it is too long');
    } finally {
      own.dispose();
      await vscode.workspace.fs.delete(at('tooLong.http.yaml'));
    }
  });

  it('gives up when nobody waits any more, and goes on with the next who does', async () => {
    const abort = new AbortController();
    const fresh = new WorkspaceIndex(documents, folders);
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
