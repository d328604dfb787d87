import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { packageTestExtension } from '../helpers/packageTestExtension';
import { signInAsAlice } from '../helpers/playgroundPages';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const manifest = {
  name: 'consumer',
  publisher: 'latchkey-tests',
  version: '1.0.0',
  license: 'MIT',
  repository: 'https://example.com/consumer.git',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  contributes: {
    commands: [
      { command: 'consumer.look', title: 'Look', category: 'Consumer' },
      { command: 'consumer.signIn', title: 'Sign In', category: 'Consumer' },
    ],
  },
};

test(
  'another extension gets a session by the pseudo-scope, once the user has allowed it',
  { timeout: 240_000 },
  async () => {
    await using consumer = await temporaryFolder('consumer');
    await using parent = await temporaryFolder('other-extension');
    const folder = path.join(parent.path, 'latchkey-playground');
    await fs.mkdir(folder);
    const vsix = [testedVsix, await packageTestExtension(consumer.path, manifest, 'otherExtension')];
    await using server = await CodeServer.start(latestVersion, { vsix, trusting: true });
    await withBrowser('other-extension', async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
      const workbench = await Workbench.open(context, server.address(folder));
      await workbench.runCommand('Latchkey: Start Playground');
      await workbench.tab('profile.http.yaml').waitFor();
      await workbench.runCommand('Consumer: Look');
      await workbench.notifications.waitFor('Got nothing');

      await workbench.runCommand('Consumer: Sign In');
      assert.match(await workbench.modal.text(), /wants to sign in using Latchkey/);
      await workbench.modal.click('Allow');
      await workbench.page.locator('.monaco-dialog-box', { hasText: 'Token is sent only to' }).waitFor();
      const login = await workbench.popup(() => workbench.modal.click('Allow'));
      await signInAsAlice(workbench, login);
      const got = /alice@playground\.localhost.* \[connection:playground orders\.read\] token yes/;
      await workbench.notifications.waitFor(got);

      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.runCommand('Consumer: Look');
      await workbench.notifications.waitFor(got);
    });
  },
);
