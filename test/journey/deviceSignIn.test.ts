import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { startPlayground } from '../helpers/playground';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** With a code instead of a way back: shown, copied, entered by hand, confirmed; and cancelled, and denied. */
test('signs in with a code that is confirmed in the browser [F12 #device]', { timeout: 240_000 }, async () => {
  await using playground = await startPlayground(['--issuer-host', 'playground.localhost']);
  await using folder = await temporaryFolder('device-sign-in');
  await fs.writeFile(path.join(folder.path, 'latchkey.yaml'), projectFile(playground.issuer, playground.api));
  await using server = await CodeServer.start(latestVersion, {
    trusting: true,
    vsix: [testedVsix],
    settings: systemThemeSetting(latestVersion),
  });

  await withBrowser('device-sign-in', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 760 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { modal, notifications, page } = workbench;
    const shot = (name: string): Promise<void> => workbench.screenshot(`device-${name}`);
    const { host } = new URL(playground.issuer);
    const button = `Copy Code and Open ${host}`;

    await workbench.runCommand('Latchkey: Sign In');
    await modal.click('Allow');
    await modal.box.getByText('Your code for Playground').waitFor();
    await modal.click('Cancel');
    await modal.box.waitFor({ state: 'hidden' });
    assert.deepEqual(await notifications.messages(), [], 'cancelled without a word');

    await workbench.runCommand('Latchkey: Sign In');
    await modal.box.getByText('Your code for Playground').waitFor();
    const [code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec(await modal.text()) ?? [];
    await shot('1-modal');
    const popup = await workbench.popup(() => modal.click(button));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    const question = (view: Page): Promise<void> => view.getByRole('heading', { name: 'Is this your code?' }).waitFor();
    await question(popup);
    await popup.getByText(code, { exact: true }).waitFor();
    await popup.close();
    await page.bringToFront();

    const toast = notifications.withText(`enter the code ${code} at ${host}`);
    await toast.hover();
    await shot('2-waiting');
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await toast.getByText('Copy code').click();
    await eventually(async () => assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code));
    const again = await workbench.popup(() => toast.getByText('Open the page again').click());
    await question(again);
    await again.goto(`${playground.issuer}/device`);
    await again.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase());
    await again.getByRole('button', { name: 'Continue' }).click();
    await question(again);
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.getByRole('button', { name: /Continue as Alice/ }).click();
    await again.getByRole('button', { name: 'Allow' }).click();
    await again.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await again.close();
    await page.bringToFront();
    await toast.waitFor({ state: 'hidden' });
    await eventually(async () => assert.match((await workbench.accounts.items()).join('\n'), /alice.*Playground/i));
  });
});

function projectFile(issuer: string, api: string): string {
  const lines = [
    'connections:',
    '  playground:',
    '    label: Playground',
    `    issuer: ${issuer}`,
    '    clientId: latchkey-playground',
    '    grant: deviceCode',
    '    scopes: [openid, email, offline_access, orders.read]',
    `    origins: ["${api}"]`,
  ];
  return `${lines.join('\n')}\n`;
}
