import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { colorThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { packageTestExtension } from '../helpers/packageTestExtension';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion, minimumVersion } from '../tools/provision/vsCode';

const manifest = {
  name: 'smoke',
  publisher: 'latchkey-tests',
  version: '1.0.0',
  license: 'MIT',
  repository: 'https://example.com/smoke.git',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  activationEvents: ['onLanguage:yaml'],
  contributes: {
    authentication: [{ id: 'smoke', label: 'Smoke' }],
    commands: [
      { command: 'smoke.ask', title: 'Ask', category: 'Smoke' },
      { command: 'smoke.signIn', title: 'Sign In', category: 'Smoke' },
    ],
  },
};

/** A page under a name of the loopback that VS Code does not rewrite. */
async function servePage(): Promise<AsyncDisposable & { readonly address: string }> {
  const server = http.createServer((_request, response) => response.end('<title>Outside</title>Outside VS Code'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://playground.localhost:${(server.address() as AddressInfo).port}/page?a=b`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

for (const version of [latestVersion, minimumVersion]) {
  test(`an installed extension meets its user in code-server ${version}`, { timeout: 240_000 }, async () => {
    await using extension = await temporaryFolder('smoke-extension');
    await using workspace = await temporaryFolder('smoke-workspace');
    await using page = await servePage();
    await fs.writeFile(path.join(workspace.path, 'fruit.yaml'), 'fruit: apple\n');
    await using server = await CodeServer.start(version, {
      vsix: [await packageTestExtension(extension.path, manifest, 'smokeExtension')],
      settings: colorThemeSetting(version, 'dark'),
      env: { SMOKE_PAGE: page.address },
    });
    await withBrowser(`smoke-${version}`, async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const workbench = await Workbench.open(context, server.address(workspace.path));
      await workbench.trustFolder();

      await workbench.runCommand('Smoke: Ask');
      assert.deepEqual(await workbench.quickInput.labels(), ['apple', 'pear']);
      await workbench.quickInput.pick('pear');
      assert.match(await workbench.modal.text(), /Eat the pear\?\s+It is ripe\./);
      assert.deepEqual((await workbench.modal.buttons()).toSorted(), ['Allow', 'Cancel']);
      await workbench.modal.click('Allow');
      const popup = await workbench.popup(() => workbench.notifications.click('Answered Allow', 'Open'));
      assert.equal(popup.url(), page.address);
      await popup.close();

      await workbench.runCommand('Smoke: Sign In');
      await workbench.modal.click('Allow');
      await eventually(async () => assert.ok((await workbench.accounts.items()).includes('alice (Smoke)')));

      await workbench.openFile('fruit.yaml');
      await workbench.clickCodeLens('Show');
      await workbench.webview('latchkey-tests.smoke').getByText('Seen in a webview').waitFor();
      await workbench.screenshot(`smoke-${version}`);

      const log = await eventually(() => findLog(server.logs, 'Smoke.log'));
      assert.match(await fs.readFile(log, 'utf8'), /answer Allow pear/);
    });
  });
}

async function findLog(folder: string, name: string): Promise<string> {
  const files = await fs.readdir(folder, { recursive: true });
  const found = files.find((file) => path.basename(file) === name);
  assert.ok(found, `${name} is not in ${folder}`);
  return path.join(folder, found);
}
