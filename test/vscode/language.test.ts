import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { eventually } from '../helpers/eventually';

const PROJECT = `connections:
  acme: { label: Acme, issuer: https://login.acme.dev, clientId: a, origins: [https://api.acme.dev] }
variables: { pageSize: 50, key: "\${secret:key}" }
defaults: { baseUrl: https://api.acme.dev }
`;
const REQUESTS = `requests:
  list:
    description: All of them
    get: /orders?limit=\${pageSize}
    capture:
      first: $.items[0].id
  show:
    get: /orders/\${list.first}
    auth: acme
    expect: { schema: ./schemas/order.json }
`;

describe('the language of request files', () => {
  let folder: vscode.Uri;
  let count = 0;

  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };

  /** Opens a new file; `‸` is the cursor. */
  const open = async (
    marked: string,
    name = `language${count++}.http.yaml`,
  ): Promise<{ document: vscode.TextDocument; editor: vscode.TextEditor; position: vscode.Position }> => {
    const offset = marked.indexOf('‸');
    const uri = await write(name, marked.replace('‸', ''));
    const document = await vscode.workspace.openTextDocument(uri);
    const position = document.positionAt(Math.max(0, offset));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(position, position);
    return { document, editor, position };
  };

  const complete = async (marked: string, name?: string): Promise<readonly vscode.CompletionItem[]> => {
    const { document, position } = await open(marked, name);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    // Not the words that VS Code finds in open files.
    return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  };

  const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);
  const labels = async (marked: string, name?: string): Promise<readonly string[]> =>
    (await complete(marked, name)).map(labelOf);

  const hover = async (marked: string, name?: string): Promise<string> => {
    const { document, position } = await open(marked, name);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
  };

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'language');
    await write('latchkey.yaml', PROJECT);
    await write('schemas/order.json', '{}');
    await write('schemas/.env', 'A=b');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  describe('completion', () => {
    it('offers keys, connections, variables with their values, and no value of a secret', async () => {
      assert.ok((await labels('requests:\n  a:\n    ‸')).includes('get'));
      assert.ok((await labels('requests:\n  a:\n    auth: ‸')).includes('acme'));
      const items = await complete('requests:\n  a:\n    get: /${‸}');
      const described = items.map(({ label }) =>
        typeof label === 'string' ? label : `${label.label} ${label.description ?? ''}`,
      );
      assert.ok(described.includes('pageSize 50'), described.join());
      assert.ok(described.includes('key'), described.join());
    });

    it('works in a project file', async () => {
      assert.ok((await labels('connections:\n  acme:\n    grant: ‸', 'latchkey.local.yaml')).includes('deviceCode'));
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'latchkey.local.yaml'));
    });

    it('offers files of the workspace folder, without those that are never read', async () => {
      const found = await labels('requests:\n  a:\n    expect: { schema: ./schemas/‸ }');
      assert.ok(found.includes('order.json'), found.join());
      assert.ok(!found.includes('.env'));
      assert.ok(
        !(await labels('requests:\n  a:\n    expect: { schema: ../../‸ }')).some((name) => /order|language/.test(name)),
      );
    });

    it('asks a server for its scopes when the user wants it to, and not before', async () => {
      const asked: unknown[] = [];
      const server = http.createServer(({ url }, response) => {
        asked.push(url);
        const { port } = server.address() as AddressInfo;
        const issuer = `http://127.0.0.1:${port}`;
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, scopes_supported: ['openid', 'orders.approve'] }),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as AddressInfo;
        // As it is while it is written: nothing says yet where its token may go.
        const marked = `connections:\n  mine:\n    issuer: http://127.0.0.1:${port}\n    scopes: [‸]\n`;
        const items = await complete(marked, 'scopes/latchkey.yaml');
        const asking = items.find((item) => labelOf(item) === `Ask 127.0.0.1:${port} for its scopes…`);
        assert.ok(asking?.command, items.map(labelOf).join());
        assert.deepEqual(asked, []);
        const [uri, name] = (asking.command.arguments ?? []) as readonly unknown[];
        await vscode.commands.executeCommand(asking.command.command, uri, name);
        assert.deepEqual(asked, ['/.well-known/openid-configuration']);
        const after = await labels(marked, 'scopes/latchkey.yaml');
        assert.ok(after.includes('orders.approve'), after.join());
        assert.ok(!after.some((label) => label.startsWith('Ask ')), after.join());
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });

    it('leaves other YAML files alone', async () => {
      assert.ok(!(await labels('requests:\n  a:\n    ‸', 'other.yaml')).includes('get'));
    });

    it('puts in what was chosen', async () => {
      const { document } = await open('requests:\n  a:\n    get: /x\n    hea‸');
      await eventually(async () => {
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        assert.equal(document.getText(), 'requests:\n  a:\n    get: /x\n    headers:\n      ');
      });
    });
  });

  describe('hover', () => {
    it('tells what a key means, with a link', async () => {
      const text = await hover('requests:\n  a:\n    g‸et: /x');
      assert.match(text, /Sends GET/);
      assert.match(text, /format\.md#request\.requests\.get/);
    });

    it('tells a value and the line it comes from', async () => {
      const text = await hover('requests:\n  a:\n    get: /${page‸Size}');
      assert.match(text, /50/);
      assert.match(text, /latchkey\.yaml:3/);
    });

    it('tells the URL and the connection', async () => {
      assert.match(
        await hover('requests:\n  a:\n    get: /o‸rders/${pageSize}'),
        /GET https:\/\/api\.acme\.dev\/orders\/50/,
      );
      assert.match(await hover('requests:\n  a:\n    auth: ac‸me'), /login\.acme\.dev[\s\S]*Nobody is signed in/);
    });

    it('shows text from files as text', async () => {
      const text = await hover('requests:\n  ‸a:\n    get: /x\n    description: "[x](command:y) <b>"');
      assert.match(text, /\\\[x\\\]/);
    });
  });

  describe('rows of a file', () => {
    const ROWS = 'sku,password,due date\nA-1,hunter2,tomorrow\n';
    const request = (expression: string, path = './rows.csv'): string =>
      `requests:\n  a:\n    forEach: ${path}\n    get: https://a.example/\${${expression}}\n`;

    const described = async (marked: string): Promise<readonly string[]> =>
      (await complete(marked)).map(({ label }) =>
        typeof label === 'string' ? label : `${label.label} ${label.description ?? ''}`,
      );

    const definitions = async (marked: string): Promise<readonly string[]> => {
      const { document, position } = await open(marked);
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      );
      return found.map(({ uri, range }) => {
        const { start, end } = range;
        return `${uri.path.slice(folder.path.length + 1)} ${start.line}:${start.character}-${end.line}:${end.character}`;
      });
    };

    before(() => write('rows.csv', ROWS));

    it('are offered as its columns, with what the first one says and nothing that is secret', async () => {
      const found = await described(request('‸'));
      assert.ok(found.includes('sku A-1') && found.includes('due date tomorrow'), found.join());
      assert.ok(found.includes('password ••••••'), found.join());
    });

    it('are told where the pointer is, and lead to the header', async () => {
      const told = await hover(request('sk‸u'));
      assert.match(told, /A-1/);
      assert.match(told, /rows\.csv:1/);
      assert.deepEqual(await definitions(request('due d‸ate')), ['rows.csv 0:13-0:21']);
      const list = 'requests:\n  a:\n    forEach: [{ sku: A-1 }]\n    get: https://a.example/${sk‸u}\n';
      assert.deepEqual(await definitions(list), [`language${count - 1}.http.yaml 2:16-2:19`]);
    });

    it('are followed: what they do not bring is marked with the nearest name, until they do', async () => {
      const { document } = await open(request('skuu'));
      const marked = (): readonly string[] =>
        vscode.languages.getDiagnostics(document.uri).map(({ code }) => code as string);
      await eventually(() => assert.deepEqual(marked(), ['variable.unknown']));
      const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
      assert.ok(diagnostic);
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        diagnostic.range,
      );
      assert.ok(
        fixes.some(({ title }) => title.includes('sku')),
        fixes.map(({ title }) => title).join(),
      );
      await write('rows.csv', 'skuu\nA-1\n');
      await eventually(() => assert.deepEqual(marked(), []));
      await write('rows.csv', 'skuu,skuu\nA-1,A-2\n');
      await eventually(() => assert.deepEqual(marked(), ['rows.duplicateHeader']));
      await write('rows.csv', ROWS);
      await eventually(() => assert.deepEqual(marked(), ['variable.unknown']));
    });
  });

  it('has an outline', async () => {
    const { document } = await open(REQUESTS);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, detail, children }) => [name, detail, ...children.map((child) => child.name)]),
      [
        ['list', 'GET /orders?limit=${pageSize}', 'first'],
        ['show', 'GET /orders/${list.first}'],
      ],
    );
  });

  it('folds each request', async () => {
    const { document } = await open(REQUESTS);
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const folded = ranges.map(({ start, end }) => `${start}-${end}`);
    assert.ok(folded.includes('1-5') && folded.includes('6-9'), folded.join());
  });

  it('colours expressions', async () => {
    const { document } = await open(REQUESTS);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    let line = 0;
    let character = 0;
    const found: string[] = [];
    for (let at = 0; at < tokens.data.length; at += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0] = tokens.data.slice(at, at + 4);
      character = lines === 0 ? character + characters : characters;
      line += lines;
      const text = document.getText(new vscode.Range(line, character, line, character + length));
      found.push(`${legend.tokenTypes[type] ?? ''} ${text}`);
    }
    assert.deepEqual(found, [
      ...['operator ${', 'variable pageSize', 'operator }'],
      ...['operator ${', 'class list', 'property first', 'operator }'],
    ]);
  });

  it('links files, and URLs where they are known', async () => {
    const { document } = await open(REQUESTS);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      100,
    );
    const targets = links.map(({ target }) => target?.toString(true) ?? '');
    assert.ok(targets.includes('https://api.acme.dev/orders?limit=50'), targets.join(' '));
    assert.ok(
      targets.some((target) => target.endsWith('/language/schemas/order.json')),
      targets.join(' '),
    );
  });

  for (const [name, text] of [
    ['an empty file', ''],
    ['a broken file', 'requests:\n  a: { get: [\n\t"\n  b\n- {{x}}: ${'],
    ['a file with CRLF', REQUESTS.replaceAll('\n', '\r\n')],
  ] as const) {
    it(`answers everything in ${name}`, async () => {
      const { document } = await open(text);
      for (let line = 0; line < document.lineCount; line++) {
        const { end } = document.lineAt(line).range;
        await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, end);
        await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, end);
      }
      for (const command of ['DocumentSymbol', 'FoldingRange', 'Link']) {
        await vscode.commands.executeCommand(`vscode.execute${command}Provider`, document.uri);
      }
      await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokens', document.uri);
    });
  }
});
