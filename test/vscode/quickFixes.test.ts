import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Secret } from '../../src/core/secret';
import { SecretMover } from '../../src/vscode/language/secretMover';
import { eventually } from '../helpers/eventually';
import { MemoryLog } from '../helpers/oauth/memoryLog';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N';

describe('quick fixes', () => {
  let folder: vscode.Uri;

  before(() => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'fixes');
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  }

  /** The actions for what is marked with a code. */
  async function actionsFor(document: vscode.TextDocument, code: string): Promise<readonly vscode.CodeAction[]> {
    let range: vscode.Range | undefined;
    await eventually(() => {
      range = vscode.languages.getDiagnostics(document.uri).find((each) => each.code === code)?.range;
      assert.ok(range, code);
    });
    const command = 'vscode.executeCodeActionProvider';
    return vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, range);
  }

  async function apply(actions: readonly vscode.CodeAction[], title: RegExp): Promise<void> {
    const action = actions.find((each) => title.test(each.title));
    assert.ok(action?.edit, actions.map((each) => each.title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }

  it('change what was mistyped', async () => {
    const document = await open('key.http.yaml', 'requests:\n  one:\n    get: https://a.dev\n    heders: {} # none\n');
    await apply(await actionsFor(document, 'request.unknownKey'), /^Change to headers$/);
    assert.equal(document.lineAt(3).text, '    headers: {} # none');
  });

  it('quote what YAML misreads', async () => {
    const document = await open(
      'star.http.yaml',
      'requests:\n  one:\n    get: https://a.dev\n    headers: { Accept: */* }\n',
    );
    await apply(await actionsFor(document, 'yaml.unknownAlias'), /quotes/);
    assert.equal(document.lineAt(3).text, '    headers: { Accept: "*/*" }');
  });

  it('change the project file, too', async () => {
    const project = await open(
      'latchkey.yaml',
      'connections:\n  acme: { issuer: https://l.dev, clientId: a, origins: [https://a.dev] }\n',
    );
    const document = await open('origin.http.yaml', 'requests:\n  one:\n    get: https://b.dev/x\n    auth: acme\n');
    const actions = await actionsFor(document, 'request.originNotAllowed');
    await apply(actions, /^Add https:\/\/b\.dev to the origins of acme$/);
    assert.match(project.getText(), /origins: \[https:\/\/a\.dev, https:\/\/b\.dev\]/);
    await apply(actions, /auth: none/);
    assert.equal(document.lineAt(3).text, '    auth: none');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('keep private files out of the repository', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    const git = vscode.Uri.joinPath(first.uri, '.git');
    await vscode.workspace.fs.createDirectory(git);
    const document = await open('latchkey.local.yaml', 'variables: { a: b }\n');
    const action = (await actionsFor(document, 'project.localNotIgnored')).find(({ title }) =>
      title.includes('.gitignore'),
    );
    assert.equal(action?.title, 'Add latchkey.local.yaml to .gitignore');
    assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
    const ignored = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, '.gitignore'));
    assert.equal(ignored.getText(), 'latchkey.local.yaml\n');
    await vscode.workspace.fs.delete(git);
  });

  it('move a literal to SecretStorage, under a name that the user confirms', async () => {
    const text = `requests:\n  one:\n    get: https://a.dev\n    headers: { X-Token: ${jwt} } # mine\n`;
    const document = await open('secret.http.yaml', text);
    const action = (await actionsFor(document, 'request.looksLikeSecret')).find(({ title }) =>
      title.startsWith('Move to SecretStorage'),
    );
    assert.equal(action?.command?.command, '_latchkey.moveToSecretStorage');
    const kept: string[] = [];
    const problems: (string | undefined)[] = [];
    const mover = new SecretMover({
      secrets: {
        stored: ({ name }) => Promise.resolve(name === 'other' ? new Secret('x') : undefined),
        keep: ({ name }, value) => {
          kept.push(`${name}=${value.revealForTransport()}`);
          return Promise.resolve();
        },
      },
      askName: async (suggested, problemOf) => {
        for (const name of [suggested, 'other', 'a.b']) problems.push(await problemOf(name));
        return suggested;
      },
      log: new MemoryLog(),
    });
    await mover.run(...(action.command.arguments as [unknown, unknown]));
    assert.deepEqual(kept, [`x-token=${jwt}`]);
    assert.deepEqual(
      problems.map((problem) => problem === undefined),
      [true, false, false],
    );
    assert.equal(document.lineAt(3).text, '    headers: { X-Token: "${secret:x-token}" } # mine');
  });
});
