import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connectionKey } from '../../src/core/oauth/connectionKey';
import type { Session } from '../../src/core/oauth/model';
import { ConnectionsTree } from '../../src/vscode/explorer/connectionsTree';
import { connectionIn, sessionIn } from '../../src/vscode/explorer/connectionsNode';
import { EnvironmentChoice } from '../../src/vscode/requests/environmentChoice';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { ProjectFiles } from '../../src/vscode/requests/projectFiles';
import { WorkspaceConnections } from '../../src/vscode/requests/workspaceConnections';
import { eventually } from '../helpers/eventually';
import { treeItem, treeLines } from '../helpers/treeLines';

const minute = 60_000;

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return vscode.Uri.joinPath(first.uri, 'treeOfConnections');
}

const memento: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() } as never;

const project = `
connections:
  shop:
    label: The shop
    issuer: https://login.example
    clientId: app
    origins: [https://api.example]
  broken:
    issuer: "\${missing}"
    clientId: app
`;

describe('the Connections view', () => {
  const folders = new FolderWatch();
  const projects = new ProjectFiles(folders);
  const environment = new EnvironmentChoice(memento);
  const connections = new WorkspaceConnections(projects, environment);
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  const something = new vscode.EventEmitter<void>();
  const sessions: Session[] = [];
  const playground = { isRunning: false };
  const sight = { visible: true, onDidChangeVisibility: visibility.event };
  let key = '';
  let tree: ConnectionsTree;
  let drawings = 0;

  before(async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder(), 'latchkey.yaml'),
      new TextEncoder().encode(project),
    );
    const found = (await projects.nearest(vscode.Uri.joinPath(folder(), 'x.http.yaml')))!;
    key = await connectionKey(connections.resolve(found, 'shop').connection);
  });

  beforeEach(() => {
    sessions.length = 0;
    drawings = 0;
    tree = new ConnectionsTree({
      projects,
      connections,
      ...{ playground, sight, preference: { get: () => undefined }, apis: { all: () => [] } },
      sessions: {
        list: () => Promise.resolve(sessions),
        sessionsFor: async ({ name }) =>
          Promise.resolve(sessions.filter(({ connectionKey: own }) => name === 'shop' && own === key)),
        secrets: { list: () => Promise.resolve([{ key: 'k', folder: folder().toString(), name: 'shop-secret' }]) },
      },
      changes: [(listener) => something.event(listener)],
    });
    tree.onDidChangeTreeData(() => drawings++);
  });

  afterEach(() => tree.dispose());

  after(async () => {
    projects.dispose();
    folders.dispose();
    environment.dispose();
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  function session(label: string, more: Partial<Session> = {}): Session {
    return {
      ...{ id: label, connectionName: 'shop', connectionLabel: 'The shop', issuer: 'https://login.example' },
      ...{ connectionKey: key, account: { id: label, label }, scopes: [], grantedScopes: ['read'] },
      ...{ expiresAt: Date.now() + 10.5 * minute, refreshable: true, state: 'active', boundToKey: false },
      ...more,
    };
  }

  async function lines(): Promise<string> {
    return (await treeLines(tree)).join('\n');
  }

  it('shows connections with what has to be done, mistakes included, and the names of stored secrets', async () => {
    const text = await lines();
    assert.match(text, /^The shop · not signed in · .*latchkey\.yaml$/m);
    assert.match(text, /^broken · has a mistake in .*latchkey\.yaml$/m);
    assert.match(text, /^Stored secrets · 1\n {2}shop-secret · /m);
    const { item, node } = await treeItem(tree, 'The shop');
    assert.equal(item.contextValue, 'connection.signedOut');
    assert.equal(connectionIn(node)?.connection.name, 'shop');
    assert.equal(connectionIn({ ...node }), undefined, 'only nodes of the view are taken for some');
  });

  it('shows accounts with how long they last', async () => {
    sessions.push(
      session('renews'),
      session('ends', { refreshable: false }),
      session('over', { refreshable: false, expiresAt: Date.now() - 1 }),
      session('again', { state: 'signInAgain' }),
      session('other · Another', { connectionKey: 'elsewhere', connectionLabel: 'Another' }),
      session('mine · The shop'),
    );
    const text = await lines();
    assert.match(text, /^ {2}renews · used in this workspace · expires in 10 min, renews itself$/m);
    assert.match(text, /^ {2}ends · expires in 10 min, cannot be renewed$/m);
    assert.match(text, /^ {2}over · expired, cannot be renewed$/m);
    assert.match(text, /^ {2}again · sign in again$/m);
    assert.match(text, /^Other accounts\n {2}other · Another · expires in 10 min, renews itself$/m);
    assert.match(text, /^ {2}mine · expires/m);
    const { item, node } = await treeItem(tree, 'again');
    assert.equal(item.contextValue, 'account.signInAgain');
    assert.equal(sessionIn(node)?.id, 'again');
    assert.equal(item.accessibilityInformation?.label, 'again, sign in again');
  });

  it('draws when something changes or a text is right no more, and not while nobody looks', async () => {
    sessions.push(session('short', { refreshable: false, expiresAt: Date.now() + 2_000 }));
    assert.match(await lines(), /short · expires in less than a minute/);
    await eventually(() => assert.equal(drawings, 1));
    assert.match(await lines(), /short · expired/);
    something.fire();
    await eventually(() => assert.equal(drawings, 2));
    sight.visible = false;
    visibility.fire({ visible: false });
    something.fire();
    sight.visible = true;
    visibility.fire({ visible: true });
    await eventually(() => assert.equal(drawings, 3));
  });

  it('shows the playground while it runs', async () => {
    playground.isRunning = true;
    assert.match(await lines(), /^Playground server · running$/m);
    playground.isRunning = false;
  });
});
