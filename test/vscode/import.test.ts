import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PortOverrides } from '../../src/wiring/activation';
import { ImportCommand } from '../../src/vscode/import/importCommand';
import { ImportNotes } from '../../src/vscode/import/importNotes';
import type { Question } from '../../src/vscode/platform/confirm';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { ProjectFiles } from '../../src/vscode/requests/projectFiles';
import { eventually } from '../helpers/eventually';
import { importFixtures } from '../helpers/imported';

describe('importing', () => {
  let overrides: PortOverrides;
  let root: vscode.Uri;
  const asked: Question[] = [];

  const put = async (folder: string, ...names: readonly string[]): Promise<readonly vscode.Uri[]> => {
    const uris: vscode.Uri[] = [];
    for (const name of names) {
      const uri = vscode.Uri.joinPath(root, folder, name);
      await vscode.workspace.fs.writeFile(uri, fs.readFileSync(path.join(importFixtures, name)));
      uris.push(uri);
    }
    return uris;
  };
  const read = async (...parts: readonly string[]): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, ...parts)));
  const expected = (name: string): string => fs.readFileSync(path.join(importFixtures, 'expected', name), 'utf8');
  /** Takes everything that is offered. VS Code may take Enter before it has the list, which then was for nothing. */
  const importing = async (made: vscode.Uri, ...files: readonly unknown[]): Promise<void> => {
    const state = { running: false };
    await eventually(async () => {
      if (!state.running) {
        state.running = true;
        void vscode.commands.executeCommand('latchkey.import', ...files).then(() => (state.running = false));
      }
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await vscode.workspace.fs.stat(made);
      assert.ok(!state.running, 'the import is done');
    });
  };

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    root = vscode.Uri.joinPath(first.uri, 'imported');
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    overrides.confirm = (question) => {
      asked.push(question);
      return Promise.resolve(false);
    };
  });
  after(async () => {
    delete overrides.confirm;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('a Postman collection with its environment writes a file for each folder and the project file', async () => {
    const uris = await put('postman', 'acme.postman_collection.json', 'local.postman_environment.json');
    asked.length = 0;
    await importing(vscode.Uri.joinPath(root, 'postman', 'latchkey.yaml'), uris[0], uris);
    const all = expected('postman.txt');
    for (const name of ['Acme Orders.http.yaml', 'Orders.http.yaml', 'Admin.http.yaml']) {
      const text = await read('postman', name);
      assert.ok(all.includes(`=== ${name}\n${text}\n`), text);
    }
    assert.match(await read('postman', 'latchkey.yaml'), /^# Latchkey reads[^]*environments:\n {2}Local:/);
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /Acme Orders\.http\.yaml$/);
    const secrets = /=== secrets\n((?:[\w-]+\n)*)/.exec(all)?.[1]?.trim().split('\n') ?? [];
    assert.ok(asked[0]?.message.startsWith(`Keep ${secrets.length} secrets of the import`), asked[0]?.message);
    assert.match(asked[0]?.detail ?? '', /\$\{secret:adminpassword\}/);
    assert.doesNotMatch(JSON.stringify(asked), /hunter2/);
  });

  describe('by itself', () => {
    const kept: string[] = [];
    const folders = new FolderWatch();
    const projects = new ProjectFiles(folders);
    const notes = new ImportNotes();
    const command = new ImportCommand({
      projects,
      notes,
      secrets: {
        list: () => Promise.resolve([]),
        keep: ({ name }, value) => {
          kept.push(`${name}=${value.revealForTransport()}`);
          return Promise.resolve();
        },
      },
      confirm: () => Promise.resolve(true),
      choose: (collection) => Promise.resolve(collection),
    });
    after(() => {
      projects.dispose();
      folders.dispose();
      notes.dispose();
    });

    it('keeps the secrets, and reads the environments beside an .http file', async () => {
      const [file] = await put('http', 'orders.http', 'http-client.env.json', 'http-client.private.env.json');
      kept.length = 0;
      await command.run(file, undefined);
      assert.deepEqual(kept, [
        'apikey=k3y-0123456789abcdef',
        'dev-password=alices-own',
        'reports-client-secret=r3ports-s3cret',
      ]);
      assert.ok(expected('http.txt').includes(`=== orders.http.yaml\n${await read('http', 'orders.http.yaml')}\n`));
    });

    it('leaves files that are there alone, and adds to the project file what it lacks', async () => {
      const [file] = await put('again', 'insomnia-5.yaml');
      const project = '# ours\nenvironments:\n  Local: { base_url: http://localhost:1 } # mine\n';
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(root, 'again', 'latchkey.yaml'),
        new TextEncoder().encode(project),
      );
      await command.run(file, undefined);
      const first = await read('again', 'Orders.http.yaml');
      await command.run(file, undefined);
      assert.equal(await read('again', 'Orders.http.yaml'), first);
      assert.match(await read('again', 'Orders 2.http.yaml'), /^import: \["\.\/Session 2\.http\.yaml"\]\n/);
      const text = await read('again', 'latchkey.yaml');
      assert.ok(text.startsWith(project.trimEnd()), text);
      assert.match(text, /\n {2}"Local 2":\n[^]*\n {2}"Local 3":\n/);
    });

    it('reads all files of an OpenCollection', async () => {
      const names = [
        'opencollection.yml',
        'environments/local.yml',
        'users/folder.yml',
        'users/show.yml',
        'users/list.yml',
        'health.yml',
      ];
      const [file] = await put('.', ...names.map((name) => `bruno/${name}`));
      await command.run(file, undefined);
      const people = await read('bruno', 'People.http.yaml');
      assert.ok(expected('opencollection-folder.txt').includes(`=== People.http.yaml\n${people}\n`), people);
    });

    it('says in words what it cannot import', async () => {
      const uri = vscode.Uri.joinPath(root, 'other.json');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{"a":1}'));
      await assert.rejects(command.run(uri, undefined), { code: 'import.unknownFormat' });
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{"a":\n1'));
      await assert.rejects(command.run(uri, undefined), {
        code: 'import.broken',
        data: { file: 'other.json', line: 2 },
      });
      await vscode.workspace.fs.writeFile(uri, Uint8Array.of(0x7b, 0xff, 0xfe));
      await assert.rejects(command.run(uri, undefined), { code: 'import.notText' });
      await assert.rejects(command.run(vscode.Uri.joinPath(root, 'missing.har'), undefined), {
        code: 'import.unreadable',
      });
    });

    it('shows what did not come in as a read-only document', async () => {
      await notes.show('Acme', [
        { kind: 'password', data: {}, request: 'Report' },
        { kind: 'examples', data: { count: 1 }, request: undefined },
        { kind: 'disabled', data: { what: 'query', names: 'debug' }, request: 'Report' },
      ]);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.scheme, 'latchkey-import');
      assert.match(
        editor.document.getText(),
        /^Acme: [^\n]+\n\n- Saved responses[^\n]+: 1\n\nReport\n- The grant[^\n]+(?:\n {2}\S[^\n]+)+\n- [^\n]+ debug\n$/,
      );
    });
  });
});
