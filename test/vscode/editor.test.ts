import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../helpers/eventually';
import { watchedFolder } from '../helpers/watchedFolder';

async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function codesOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Latchkey')
    .map(({ code }) => (typeof code === 'string' ? code : 'none'));
}

async function edit(document: vscode.TextDocument, change: (text: string) => string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, whole, change(document.getText()));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

describe('request files in the editor', () => {
  it('marks an unknown key with the nearest one, and clears the mark when it is corrected', async () => {
    const document = await open(
      'unknownKey.http.yaml',
      'requests:\n  one:\n    get: https://a.example/\n    heders: {}\n',
    );
    await eventually(() => assert.notDeepEqual(codesOf(document.uri), [], 'a diagnostic'));
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    assert.match(diagnostic?.message ?? '', /headers/);
    assert.equal(diagnostic?.range.start.line, 3);
    await edit(document, (text) => text.replace('heders', 'headers'));
    await eventually(() => assert.deepEqual(codesOf(document.uri), [], 'the diagnostic to go'));
  });

  it('marks YAML that cannot be read and duplicate keys', async () => {
    const broken = await open('broken.http.yaml', 'requests:\n  one: { get: [\n');
    await eventually(() => assert.notDeepEqual(codesOf(broken.uri), [], 'a diagnostic of the syntax'));
    const twice = await open(
      'twice.http.yaml',
      'requests:\n  one: { get: "https://a.example/" }\n  one: { get: "https://b.example/" }\n',
    );
    await eventually(() => assert.notDeepEqual(codesOf(twice.uri), [], 'a diagnostic of the duplicate'));
  });

  it('marks files and imports that a link leads out of the folder, as sending would', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const outside = await fs.mkdtemp(path.join(os.tmpdir(), 'latchkey-outside-'));
    await fs.writeFile(path.join(outside, 'other.http.yaml'), 'requests:\n  login: { get: https://a.example/ }\n');
    const link = path.join(folder.uri.fsPath, 'linked');
    await fs.symlink(outside, link);
    try {
      const text =
        'import: ./linked/other.http.yaml\nrequests:\n  one:\n    post: https://a.example/\n    needs: login\n' +
        '    file: ./linked/body.bin\n    expect: { schema: ./linked/other.http.yaml }\n';
      await fs.writeFile(path.join(outside, 'body.bin'), 'x');
      const document = await open('links.http.yaml', text);
      await eventually(() =>
        assert.deepEqual(codesOf(document.uri).sort(), [
          'expression.fileLinkedOut',
          'expression.fileLinkedOut',
          'run.importOutside',
          'run.unknownRequestHere',
        ]),
      );
    } finally {
      await fs.unlink(link);
      await fs.rm(outside, { recursive: true });
    }
  });

  it('marks files that are not there, and schemas that are none, until that changes on the disk', async () => {
    const folder = await watchedFolder('named');
    const { write } = folder;
    try {
      await write('order.json', '{ "type": "text" }');
      await write('served.json', '{ "$ref": "https://example.com/a.json" }');
      const text =
        'import: ./login.http.yaml\nrequests:\n  one:\n    post: https://a.example/\n    file: ./body.bin\n' +
        '    forEach: ./rows.csv\n    expect: { schema: ./order.json }\n' +
        '  two: { get: https://a.example/, expect: { schema: ./served.json } }\n';
      const document = await open('named/named.http.yaml', text);
      const marked = (): readonly string[] => {
        const found = vscode.languages.getDiagnostics(document.uri);
        return found.map(({ code, range }) => `${code as string} ${document.getText(range)}`).sort();
      };
      const served = 'expect.badSchemaFile ./served.json';
      await eventually(() =>
        assert.deepEqual(marked(), [
          'expect.badSchemaFile ./order.json',
          served,
          'file.notFound ./body.bin',
          'file.notFound ./rows.csv',
          'run.importMissing ./login.http.yaml',
        ]),
      );
      await write('body.bin', 'x');
      await write('rows.csv', 'a\n1\n');
      await write('login.http.yaml', 'requests:\n  login: { get: https://a.example/ }\n');
      await write('order.json', '{ "type": "string" }');
      await eventually(() => assert.deepEqual(marked(), [served]));
      await vscode.workspace.fs.delete(folder.at('body.bin'));
      await write('order.json', '{ "type": ');
      await eventually(() =>
        assert.deepEqual(marked(), ['expect.badSchemaFile ./order.json', served, 'file.notFound ./body.bin']),
      );
    } finally {
      await folder.remove();
    }
  });

  it('leaves other YAML files alone', async () => {
    const document = await open('other.yaml', 'requests: [1, {\n');
    const marked = await open('marked.http.yaml', 'requests:\n  one: { gett: "https://a.example/" }\n');
    await eventually(() => assert.notDeepEqual(codesOf(marked.uri), [], 'a diagnostic'));
    assert.deepEqual(codesOf(document.uri), []);
  });
});
