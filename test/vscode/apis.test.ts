import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import type { OpenDescription } from '../../src/core/openapi/openDescription';
import { OpenApis } from '../../src/vscode/apis/openApis';
import { DescriptionDocuments, type DocumentSources } from '../../src/vscode/apis/descriptionDocuments';
import { ApisTree } from '../../src/vscode/explorer/apisTree';
import { LatchkeyError } from '../../src/core/errors';
import { eventually } from '../helpers/eventually';
import { treeItem, treeLines } from '../helpers/treeLines';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('API descriptions', () => {
  let folder: vscode.Uri;
  let server: http.Server;
  let origin: string;
  const arrived: string[] = [];

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'described');
    server = http.createServer((request, response) => {
      arrived.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, encode(text));
    return uri;
  }

  /** Takes the first of whatever is asked until something is done. */
  async function acceptingUntil<T>(done: Thenable<T>): Promise<T> {
    let isDone = false;
    const finished = Promise.resolve(done).finally(() => (isDone = true));
    await eventually(async () => {
      if (!isDone) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(isDone, 'Something is asked still.');
    });
    return finished;
  }

  const description = (): string => `openapi: 3.1.0
info: { title: Parcel Service, version: "2" }
servers: [{ url: ${origin}/v2 }]
paths:
  /parcels/{id}:
    get: { operationId: showParcel, summary: Shows a parcel, parameters: [{ $ref: "parts.yaml#/id" }] }
    delete: { operationId: dropParcel, parameters: [{ $ref: "parts.yaml#/id" }] }
`;

  it('become requests of a file that is asked for once, are opened in the runner and can be sent', async () => {
    await write('parts.yaml', 'id: { name: id, in: path, required: true, schema: { type: integer, example: 7 } }');
    const uri = await write('parcels.yaml', description());
    await vscode.commands.executeCommand('latchkey.openApiDescription', uri);
    const openOperation = '_latchkey.openOperation';
    await acceptingUntil(vscode.commands.executeCommand(openOperation, uri.toString(), 'GET /parcels/{id}'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document } = editor;
    assert.match(document.uri.path, /\/parcel-service(?:-\d+)?\.http\.yaml$/);
    assert.equal(
      document.getText(),
      `# Parcel Service 2
baseUrl: ${origin}/v2
requests:
  showParcel:
    description: Shows a parcel
    get: /parcels/\${id|url}
    variables:
      id: 7
`,
    );
    const summary = await vscode.commands.executeCommand<SendSummary>('latchkey.send', document.uri, 'showParcel');
    assert.equal(summary.ok, true);
    assert.equal(arrived.at(-1), 'GET /v2/parcels/7');

    // The next one is put behind it, and one that is there is only shown.
    await vscode.commands.executeCommand(openOperation, uri.toString(), 'DELETE /parcels/{id}');
    await vscode.commands.executeCommand(openOperation, uri.toString(), 'GET /parcels/{id}');
    const names = document.getText().match(/^ {2}\w+:$/gm);
    assert.deepEqual(names, ['  showParcel:', '  dropParcel:']);
    assert.equal(document.isDirty, false);
    const selected = vscode.window.activeTextEditor;
    assert.equal(selected?.document.lineAt(selected.selection.active).text, '  showParcel:');
    await vscode.workspace.fs.delete(document.uri);
  });

  it('are kept once they could be read, and read anew when they are looked into after a change', async () => {
    let kept: readonly string[] = [];
    let problem: Error | undefined;
    let reads = 0;
    const disposed: string[] = [];
    const operation = { id: 'GET /', method: 'GET', path: '/', summary: undefined, tags: [], isDeprecated: false };
    const keep = (_key: string, value: readonly string[]): Promise<void> => {
      kept = value;
      return Promise.resolve();
    };
    const apis = new OpenApis({
      memento: { keys: () => [], get: () => kept, update: keep },
      fetch: () => Promise.reject(new Error('nothing is fetched')),
      requireInside: () => Promise.resolve(),
      threads: {
        open: (uri) => {
          reads++;
          if (problem) return Promise.reject(problem);
          const summary = { title: uri, version: undefined, operations: [operation], tags: [], server: undefined };
          const [requests, connections] = [() => Promise.resolve([]), () => Promise.resolve([])];
          return Promise.resolve({ summary, missing: [], requests, connections, dispose: () => disposed.push(uri) });
        },
      },
    });
    const { signal } = new AbortController();
    const file = (await write('kept.yaml', 'a: 1')).toString();
    problem = new LatchkeyError('description.notOne', { file: 'kept.yaml' });
    await assert.rejects(apis.add(file, signal), { code: 'description.notOne' });
    assert.deepEqual(apis.uris, []);
    problem = undefined;
    await apis.add(file, signal);
    await apis.get(file);
    assert.deepEqual([apis.uris, reads], [[file], 2]);

    const changes: (string | undefined)[] = [];
    const subscription = apis.onDidChange((uri) => changes.push(uri));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# changed\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await eventually(() => assert.deepEqual(changes, [file]));
    assert.deepEqual(disposed, [file]);
    await apis.get(file);
    assert.equal(reads, 3);

    await apis.remove(file);
    assert.deepEqual(apis.uris, []);
    subscription.dispose();
    apis.dispose();
  });

  it('are listed by tag, and tell what is wrong with them', async () => {
    const changed = new vscode.EventEmitter<string | undefined>();
    const operation = { method: 'GET', summary: undefined, isDeprecated: false };
    const tagged: OpenDescription['summary'] = {
      ...{ title: 'Pets', version: '1', server: undefined },
      tags: [
        { name: 'unused', description: undefined },
        { name: 'pets', description: 'All of them' },
      ],
      operations: [
        { ...operation, id: 'GET /pets', path: '/pets', tags: ['pets'], summary: 'Lists them' },
        { ...operation, id: 'GET /health', path: '/health', tags: [], isDeprecated: true },
      ],
    };
    const flat = { ...tagged, tags: [], operations: tagged.operations.map((each) => ({ ...each, tags: [] })) };
    const missing = new LatchkeyError('description.notThere', { file: 'gone.yaml' });
    const read: Readonly<Record<string, () => Promise<Pick<OpenDescription, 'summary'>>>> = {
      'https://a.example/api.json': () => Promise.resolve({ summary: tagged }),
      'https://b.example/api.json': () => Promise.resolve({ summary: flat }),
      'https://c.example/gone.yaml': () => Promise.reject(missing),
    };
    const tree = new ApisTree({
      uris: Object.keys(read),
      onDidChange: changed.event,
      get: (uri) => read[uri]?.() as Promise<OpenDescription>,
    });
    await treeLines(tree);
    assert.deepEqual(await treeLines(tree), [
      'Pets · 1 · https://a.example/api.json',
      '  pets · 1',
      '    GET /pets · Lists them',
      '  Others · 1',
      '    GET /health · deprecated',
      'Pets · 1 · https://b.example/api.json',
      '  GET /pets · Lists them',
      '  GET /health · deprecated',
      'https://c.example/gone.yaml · There is no file gone.yaml.',
    ]);
    const { item } = await treeItem(tree, 'GET /pets');
    assert.equal(item.accessibilityInformation?.label, 'GET /pets, Lists them');
    assert.deepEqual(item.command?.arguments, ['https://a.example/api.json', 'GET /pets']);
    tree.dispose();
    changed.dispose();
  });

  it('lead nowhere that who opened them did not mean', async () => {
    const fetched: string[] = [];
    const sources: DocumentSources = {
      fetch: (url) => {
        fetched.push(url);
        return Promise.resolve('{}');
      },
      requireInside: () => Promise.resolve(),
    };
    const reads = (root: string, uri: string): Promise<string> =>
      new DescriptionDocuments(root, sources, new AbortController().signal).read(uri);
    const refused = { code: 'description.elsewhere' };
    const web = 'https://a.example/api/openapi.json?v=1&x=a%2Fb';
    assert.equal(await reads(web, web), '{}');
    assert.equal(await reads(web, 'https://a.example/parts.json'), '{}');
    assert.deepEqual(fetched, [web, 'https://a.example/parts.json']);
    for (const elsewhere of [
      'http://a.example/x',
      'https://b.example/x',
      'http://169.254.169.254/',
      'file:///etc/passwd',
    ]) {
      await assert.rejects(reads(web, elsewhere), refused, elsewhere);
    }
    const file = (await write('api.yaml', 'a: 1')).toString();
    const outside = vscode.Uri.joinPath(folder, '..', '..', 'outside.yaml').toString();
    for (const elsewhere of ['https://a.example/x', 'file:///etc/passwd', outside]) {
      await assert.rejects(reads(file, elsewhere), refused, elsewhere);
    }
    assert.equal(await reads(file, file), 'a: 1');
    await assert.rejects(reads(file, vscode.Uri.joinPath(folder, 'none.yaml').toString()), {
      code: 'description.notThere',
    });
  });
});
