import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Secret } from '../../src/core/secret';
import type { PortOverrides } from '../../src/wiring/activation';
import { present } from '../helpers/present';

const text = `requests:
  create:
    post: https://api.example/orders
    auth: { bearer: "\${secret:snippetKey}" }
    json: { price: 1.10 }
`;

describe('copying a request as code', () => {
  let overrides: PortOverrides;
  let uri: vscode.Uri;

  before(async () => {
    const extension = vscode.extensions.getExtension<PortOverrides>('latchkey.latchkey');
    assert.ok(extension);
    overrides = await extension.activate();
    overrides.secretPrompt = { ask: () => Promise.resolve(new Secret('canary-snippet')) };
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    uri = vscode.Uri.joinPath(present(folder, 'the folder').uri, 'snippets/orders.http.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  });

  after(() => delete overrides.secretPrompt);

  it('reads secrets from the environment', async () => {
    await vscode.commands.executeCommand('latchkey.copyAsCode', uri, 'create', { language: 'python' });
    const code = await vscode.env.clipboard.readText();
    assert.match(code, /requests\.post\("https:\/\/api\.example\/orders"/);
    assert.match(code, /os\.environ\["SNIPPET_KEY"\]/);
    assert.match(code, /1\.10/);
    assert.doesNotMatch(code, /canary/);
  });

  it('writes secrets out only after asking', async () => {
    await vscode.env.clipboard.writeText('before');
    overrides.confirm = () => Promise.resolve(false);
    try {
      await vscode.commands.executeCommand('latchkey.copyAsCode', uri, 'create', { language: 'go', secrets: true });
      assert.equal(await vscode.env.clipboard.readText(), 'before');
    } finally {
      delete overrides.confirm;
    }
  });
});
