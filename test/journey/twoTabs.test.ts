import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { eventually } from '../helpers/eventually';
import { signInAsAlice } from '../helpers/playgroundPages';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Browser tabs share no secrets and no events: the other tab is told to reload, and then has the account. */
test('a second browser tab hears of a sign-in and uses it after a reload', { timeout: 240_000 }, async () => {
  await using parent = await temporaryFolder('two-tabs');
  const folder = path.join(parent.path, 'latchkey-playground');
  await fs.mkdir(folder);
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix], trusting: true });
  await withBrowser('two-tabs', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
    const first = await Workbench.open(context, server.address(folder));
    await first.runCommand('Latchkey: Start Playground');
    await first.tab('profile.http.yaml').waitFor();
    const second = await Workbench.open(context, server.address(folder));
    await second.openFile('profile.http.yaml');
    await second.codeLens('Send').first().waitFor();

    await first.page.bringToFront();
    await first.runCommand('Latchkey: Sign In');
    const login = await first.popup(() => first.modal.click('Allow'));
    await signInAsAlice(first, login);
    await eventually(async () => assert.match((await first.accounts.items()).join('\n'), /alice/i));

    await second.page.bringToFront();
    await second.notifications.waitFor('Accounts changed in another browser tab');
    await second.screenshot('two-tabs');
    assert.doesNotMatch((await second.accounts.items()).join('\n'), /alice/i);
    const reloaded = second.page.waitForEvent('load');
    await second.notifications.click('Accounts changed in another browser tab', 'Reload');
    await reloaded;
    await second.clickCodeLens('Send');
    await second.webview('latchkey.latchkey').getByText('Alice Archer').first().waitFor();
  });
});
