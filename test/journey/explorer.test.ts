import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { signInAsAlice } from '../helpers/playgroundPages';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Everything from the activity bar: from an empty folder to a send, its trace, and signing out. */
test('somebody works from the views of the activity bar alone', { timeout: 240_000 }, async () => {
  await using parent = await temporaryFolder('explorer');
  const folder = path.join(parent.path, 'latchkey-playground');
  await fs.mkdir(folder);
  await using server = await CodeServer.start(latestVersion, {
    vsix: [testedVsix],
    settings: { 'editor.minimap.enabled': false, 'window.commandCenter': false, ...systemThemeSetting(latestVersion) },
  });
  await withBrowser('explorer', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder));
    const { page, sideBar } = workbench;
    const shots = async (name: string): Promise<void> => {
      for (const scheme of ['dark', 'light'] as const) {
        await workbench.preferScheme(scheme);
        await workbench.screenshot(`explorer-${name}-${scheme}`);
      }
    };
    await page.locator('.activitybar [aria-label="Latchkey"]').first().waitFor();
    await workbench.runCommand('Latchkey: Focus on Requests View');
    await sideBar.view('Requests').getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await shots('untrusted');
    await workbench.trustFolder();

    await sideBar.view('Requests').getByRole('button', { name: 'New Request File' }).waitFor();
    await sideBar.view('Connections').getByRole('button', { name: 'Add Connection' }).waitFor();
    await shots('empty');
    await sideBar.view('Requests').locator('a', { hasText: 'start the playground' }).press('Enter');
    await workbench.tab('profile.http.yaml').waitFor({ timeout: 60_000 });
    await sideBar.item('Connections', /^Playground server, running/).waitFor();

    await sideBar.open('Requests', /^profile\.http\.yaml/);
    await sideBar.focus('Requests', /^GET me/);
    await page.keyboard.press('ControlOrMeta+Enter');
    const runner = workbench.webview('latchkey.latchkey');
    await runner.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await page.getByRole('button', { name: 'Nobody is signed in to Playground. Select to sign in.' }).waitFor();

    await sideBar.press('Connections', /^Playground, not signed in/, 'Sign In');
    const login = await workbench.popup(() => workbench.modal.click('Allow'));
    await signInAsAlice(workbench, login);
    await sideBar.item('Connections', /^alice@playground\.localhost, .*renews itself/).waitFor();
    await page.getByRole('button', { name: 'Signed in to Playground as alice@playground.localhost' }).waitFor();

    await sideBar.focus('Requests', /^GET me/);
    await page.keyboard.press('ControlOrMeta+Enter');
    await sideBar.item('Requests', /^GET me, passed: 200/).waitFor();
    await runner.getByText('Alice Archer').first().waitFor();
    await sideBar.expand('History');
    await sideBar.item('History', /^GET me, 200/).waitFor();
    await shots('used');

    await sideBar.item('History', /^GET me, 200/).press('Enter');
    await runner.getByText('Alice Archer').first().waitFor();
    await sideBar.press('Connections', /^alice@/, 'Sign Out');
    await sideBar.item('Connections', /^Playground, not signed in/).waitFor();
    await page.getByRole('button', { name: 'Nobody is signed in to Playground. Select to sign in.' }).waitFor();

    // Beside another editor there would be no room for the pictures.
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Latchkey: Open Walkthrough');
    await page.locator('h2', { hasText: 'Get Started with Latchkey' }).waitFor();
    await page.locator('.getting-started-step iframe, .gettingStartedContainer iframe').first().waitFor();
    // Requests were sent before it was ever opened.
    await page.locator('[data-done-step-id$="#playground"][aria-checked="true"]').waitFor();
    await shots('walkthrough');
  });
});
