import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PortOverrides } from '../../src/wiring/activation';
import type { Question } from '../../src/vscode/platform/confirm';
import { CurlPaste } from '../../src/vscode/language/curlPaste';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { ProjectFiles } from '../../src/vscode/requests/projectFiles';
import { RequestDocuments } from '../../src/vscode/requests/requestDocuments';
import { eventually } from '../helpers/eventually';
import { MemoryLog } from '../helpers/oauth/memoryLog';

const project = `
connections:
  acme: { issuer: https://login.acme.dev, clientId: a, origins: [https://api.acme.dev] }
`;

const requests = `requests:
  first:
    get: https://other.dev/first?key=\${secret:acme}
    headers: { X-Env: "\${env:REGION}" }
  second:
    post: https://api.acme.dev/second
    auth: acme
    json: { a: it's }
`;

describe('cURL', () => {
  let overrides: PortOverrides;
  let folder: vscode.Uri;
  const asked: Question[] = [];
  let answer = true;

  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'curl');
    await write('latchkey.yaml', project);
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    overrides.confirm = (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    };
  });
  after(() => {
    delete overrides.confirm;
  });

  it('is copied without secrets, which are variables with a comment', async () => {
    const uri = await write('copied.http.yaml', requests);
    await vscode.commands.executeCommand('latchkey.copyAsCurl', uri, 'first');
    assert.equal(
      await vscode.env.clipboard.readText(),
      [
        '# ACME    ${secret:acme}',
        '# REGION  ${env:REGION}',
        'curl "https://other.dev/first?key=$ACME" \\',
        '  -H "X-Env: $REGION" \\',
        '  --location',
      ].join('\n'),
    );
    await vscode.commands.executeCommand('latchkey.copyAsCurl', uri, 'second');
    const signedIn = await vscode.env.clipboard.readText();
    assert.match(signedIn, /^# ACCESS_TOKEN {2}the access token of acme/);
    assert.match(signedIn, /-H "Authorization: Bearer \$ACCESS_TOKEN"/);
    assert.match(signedIn, /--data-raw '\{"a":"it'\\''s"\}'/);
    assert.doesNotMatch(signedIn, /\d{20}/);
  });

  it('is copied with secrets only when the user says so', async () => {
    const uri = await write('secrets.http.yaml', requests);
    await vscode.env.clipboard.writeText('before');
    answer = false;
    await vscode.commands.executeCommand('latchkey.copyAsCurl', uri, 'first', { secrets: true });
    assert.equal(await vscode.env.clipboard.readText(), 'before');
    assert.match(asked.at(-1)?.message ?? '', /first.*secrets/);
    answer = true;
    await vscode.commands.executeCommand('latchkey.copyAsCurl', uri, 'first', { secrets: true });
    // Nothing is stored under that name, and nobody is asked for it only to have it copied.
    assert.match(await vscode.env.clipboard.readText(), /key=\$ACME/);
  });

  it('says what curl cannot sign, without what is secret', async () => {
    const uri = await write(
      'signed.http.yaml',
      `requests:
  signed:
    post: https://other.dev/hook
    auth: { hmac: { key: "\${secret:hook}", header: X-Sig, message: "\${method}\\n\${bodyHash}", value: "v1=\${signature}" } }
    text: hello
`,
    );
    await vscode.commands.executeCommand('latchkey.copyAsCurl', uri, 'signed');
    const [note = '', command = ''] = (await vscode.env.clipboard.readText()).split('\n');
    assert.match(
      note,
      /^# The header X-Sig is missing: .*Signed is \{method\}\\n\{bodyHash\} \(what it says as v1=\{signature\}\)/,
    );
    assert.match(note, /openssl dgst -sha256 -hmac/);
    assert.match(command, /^curl https:\/\/other\.dev\/hook/);
  });

  describe('that is pasted', () => {
    const kept: string[] = [];
    const folders = new FolderWatch();
    const projects = new ProjectFiles(folders);
    const paste = new CurlPaste({
      ...{
        documents: new RequestDocuments(),
        projects,
        environment: { activeIn: () => undefined },
        log: new MemoryLog(),
      },
      secrets: {
        list: () => Promise.resolve([]),
        keep: ({ folder: uri, name }, value) => {
          kept.push(`${uri.split('/').length > 3 ? name : ''}=${value.revealForTransport()}`);
          return Promise.resolve();
        },
      },
      confirm: (question) => {
        asked.push(question);
        return Promise.resolve(answer);
      },
    });
    after(() => {
      projects.dispose();
      folders.dispose();
    });

    /** What VS Code does: it asks for edits, and for the whole of the one that it makes. */
    const pasted = async (
      uri: vscode.Uri,
      at: vscode.Position,
      text: string,
      choose = 0,
    ): Promise<{ readonly document: vscode.TextDocument; readonly titles: readonly string[] }> => {
      const document = await vscode.workspace.openTextDocument(uri);
      const transfer = new vscode.DataTransfer();
      transfer.set('text/plain', new vscode.DataTransferItem(text));
      const edits = (await paste.provideDocumentPasteEdits(document, [new vscode.Range(at, at)], transfer)) ?? [];
      const chosen = edits[choose];
      if (chosen) {
        const { additionalEdit } = paste.resolveDocumentPasteEdit(chosen);
        assert.ok(additionalEdit && (await vscode.workspace.applyEdit(additionalEdit)));
      }
      return { document, titles: edits.map(({ title, yieldTo }) => `${title}${yieldTo ? ' (after text)' : ''}`) };
    };

    it('becomes a request, its secrets kept elsewhere', async () => {
      const uri = await write('pasted.http.yaml', requests);
      asked.length = 0;
      const command = `curl https://x.dev/orders -u ann:pa55 -H 'Accept: application/json' --http2`;
      const { document, titles } = await pasted(uri, new vscode.Position(8, 0), command);
      assert.deepEqual(titles, ['Insert as Request']);
      assert.equal(
        document.getText(),
        `${requests}  # Not carried over from the cURL command: --http2
  getOrders:
    get: https://x.dev/orders
    auth:
      basic:
        username: ann
        password: \${secret:x-dev-password}
    headers:
      Accept: application/json
`,
      );
      await eventually(() => assert.deepEqual(kept, ['x-dev-password=pa55']));
      assert.match(asked[0]?.detail ?? '', /\$\{secret:x-dev-password\}/);
      assert.doesNotMatch(JSON.stringify(asked), /pa55/);
    });

    it('goes behind the request at the cursor, and can take a connection whose origin it is', async () => {
      const uri = await write('connected.http.yaml', requests);
      const command = `curl https://api.acme.dev/me -H 'Authorization: Bearer abc'`;
      const { document, titles } = await pasted(uri, new vscode.Position(2, 0), command, 1);
      assert.deepEqual(titles, ['Insert as Request', 'Insert as Request with acme']);
      assert.equal(
        document.getText(),
        requests.replace('  second:', '  getMe:\n    get: https://api.acme.dev/me\n    auth: acme\n  second:'),
      );
    });

    it('yields to the text in a value, and other texts are left alone', async () => {
      const uri = await write('plain.http.yaml', requests);
      const end = new vscode.Position(2, 10);
      assert.deepEqual((await pasted(uri, end, 'curl https://b.dev')).titles, ['Insert as Request (after text)']);
      assert.deepEqual((await pasted(uri, end, 'see curl https://b.dev')).titles, []);
      const broken = await write('broken.http.yaml', 'requests:\n\tx: {\n');
      assert.deepEqual((await pasted(broken, new vscode.Position(0, 0), 'curl https://b.dev')).titles, []);
    });
  });
});
