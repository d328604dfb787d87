import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../helpers/eventually';
import { watchedFolder, type WatchedFolder } from '../helpers/watchedFolder';

const project = `connections:
  acme: { issuer: https://login.acme.dev, clientId: a, origins: [https://api.acme.dev] }
environments:
  local: { api: http://localhost:8080 }
  production: { api: https://api.acme.dev } # the real one
`;

const login = `requests:
  login:
    post: \${api}/login
    auth: none
    headers: { X-Key: "\${env:SOME_KEY}" }
`;

const orders = `requests:
  orders:
    get: \${api}/orders
    auth: "acme"
`;

describe('names in request and project files', () => {
  let folder: WatchedFolder;

  const uriOf = (name: string): vscode.Uri => folder.at(name);
  const write = (name: string, text: string): Promise<vscode.Uri> => folder.write(name, text);

  before(async () => {
    folder = await watchedFolder('symbols');
    await write('latchkey.yaml', project);
    await write('.env', '# keys\nSOME_KEY=x\n');
    await write('login.http.yaml', login);
    await write('deeper/orders.http.yaml', orders);
    // Where other tests have asked for names before, VS Code tells of the new files a moment later.
    await eventually(async () => {
      assert.equal((await found('vscode.executeReferenceProvider', 'latchkey.yaml', 'api: http:')).length, 4);
      assert.equal((await found('vscode.executeDefinitionProvider', 'login.http.yaml', 'SOME_KEY')).length, 1);
    });
  });

  /** Where a text stands in a file. */
  async function positionOf(name: string, text: string): Promise<vscode.Position> {
    const document = await vscode.workspace.openTextDocument(uriOf(name));
    const offset = document.getText().indexOf(text);
    assert.ok(offset >= 0, text);
    return document.positionAt(offset + 1);
  }

  async function found(command: string, name: string, text: string): Promise<readonly string[]> {
    const position = await positionOf(name, text);
    const locations = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      command,
      uriOf(name),
      position,
    );
    const places = locations.map((each) => {
      const [uri, range] = 'targetUri' in each ? [each.targetUri, each.targetRange] : [each.uri, each.range];
      return `${uri.path.slice(folder.at('').path.length + 1)}:${range.start.line + 1}`;
    });
    return places.sort();
  }

  it('lead to where they are defined', async () => {
    const definition = 'vscode.executeDefinitionProvider';
    assert.deepEqual(await found(definition, 'login.http.yaml', 'api}'), ['latchkey.yaml:4', 'latchkey.yaml:5']);
    assert.deepEqual(await found(definition, 'deeper/orders.http.yaml', '"acme"'), ['latchkey.yaml:2']);
    assert.deepEqual(await found(definition, 'login.http.yaml', 'SOME_KEY'), ['.env:2']);
  });

  it('lead to where they are used', async () => {
    assert.deepEqual(await found('vscode.executeReferenceProvider', 'latchkey.yaml', 'api: http:'), [
      'deeper/orders.http.yaml:3',
      'latchkey.yaml:4',
      'latchkey.yaml:5',
      'login.http.yaml:3',
    ]);
  });

  it('are changed in all files, each in its style', async () => {
    const position = await positionOf('deeper/orders.http.yaml', '"acme"');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uriOf('deeper/orders.http.yaml'),
      position,
      'shop',
    );
    const texts = edit
      .entries()
      .flatMap(([uri, edits]) => edits.map(({ newText }) => `${uri.path.split('/').at(-1) ?? ''}: ${newText}`));
    assert.deepEqual(texts.sort(), ['latchkey.yaml: shop', 'orders.http.yaml: "shop"']);
  });

  it('stay as they are when the new one is taken, with the reason', async () => {
    const position = await positionOf('latchkey.yaml', 'local:');
    await assert.rejects(
      async () =>
        vscode.commands.executeCommand(
          'vscode.executeDocumentRenameProvider',
          uriOf('latchkey.yaml'),
          position,
          'production',
        ),
      /something named production/,
    );
  });
});
