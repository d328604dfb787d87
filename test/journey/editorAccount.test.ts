import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { startQuirkServer } from '../helpers/oauth/quirkServer';
import { packageTestExtension } from '../helpers/packageTestExtension';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const manifest = {
  name: 'hub',
  publisher: 'latchkey-tests',
  version: '1.0.0',
  license: 'MIT',
  repository: 'https://example.com/hub.git',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  contributes: { authentication: [{ id: 'hub', label: 'Hub' }] },
};

test('a request uses an account that VS Code has from another extension', { timeout: 240_000 }, async () => {
  await using api = await startQuirkServer({
    '/me': ({ headers }) => ({ status: headers.authorization === 'Bearer token-of-hub' ? 200 : 401, body: { me: 1 } }),
  });
  await using hub = await temporaryFolder('hub');
  await using parent = await temporaryFolder('editor-account');
  const folder = path.join(parent.path, 'project');
  await fs.mkdir(folder);
  const project = `connections:
  hub: { label: Hub API, vscode: hub, scopes: [read], origins: ["${api.origin}"] }
defaults: { auth: hub }
`;
  await fs.writeFile(path.join(folder, 'latchkey.yaml'), project);
  await fs.writeFile(path.join(folder, 'me.http.yaml'), `requests:\n  me:\n    get: ${api.origin}/me\n`);
  const vsix = [testedVsix, await packageTestExtension(hub.path, manifest, 'editorAccount')];
  await using server = await CodeServer.start(latestVersion, { vsix, trusting: true });
  await withBrowser('editor-account', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
    const workbench = await Workbench.open(context, server.address(folder));
    await workbench.openFile('me.http.yaml');
    await workbench.clickCodeLens('Send');
    const runner = workbench.webview('latchkey.latchkey');
    await runner.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    assert.equal(api.to('/me').length, 0);

    await runner.getByRole('button', { name: 'Sign In', exact: true }).click();
    const ours = workbench.modal.box.filter({ hasText: 'your hub account of VS Code' });
    await ours.waitFor();
    assert.match(await workbench.modal.text(), new RegExp(`Token is sent only to: ${api.origin}`));
    await workbench.screenshot('editor-account-trust');
    await ours.getByRole('button', { name: 'Allow', exact: true }).click();
    const theirs = workbench.modal.box.filter({ hasText: 'wants to sign in using Hub' });
    await theirs.waitFor();
    assert.match(await workbench.modal.text(), /Latchkey uses it for the connection Hub API/);
    await theirs.getByRole('button', { name: 'Allow', exact: true }).click();

    await runner.getByText('octocat').first().waitFor();
    await runner.getByText('200').first().waitFor();
    await workbench.screenshot('editor-account-sent');
    const accounts = (await workbench.accounts.items()).filter((label) => label.includes('octocat'));
    assert.equal(accounts.length, 1, 'the account is VS Code’s, and shown once');
  });
});
