import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { allowAsAlice } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { eventually } from '../helpers/eventually';
import { failedCallback } from '../helpers/failedCallback';
import { refusedPort } from '../helpers/localServers';
import { startAuthServer } from '../helpers/oauth/authServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const waiting = /^Signing in to Acme: finish at login\.localhost:\d+ in your browser\./;

/** What goes wrong on the way in, in one window, one after the other: nothing of it may get in the way of the next. */
test('every sign-in that fails says why and what to do', { timeout: 240_000 }, async (t) => {
  await using login = await startAuthServer({ host: 'login.localhost' });
  const closedPort = await refusedPort(t);
  await using folder = await temporaryFolder('bad-sign-in');
  await fs.writeFile(path.join(folder.path, 'orders.http.yaml'), requestFile);
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix] });

  await withBrowser('bad-sign-in', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { notifications, quickInput, page } = workbench;
    const runner = workbench.webview('latchkey.latchkey');
    const step = async (name: string, run: () => Promise<void>): Promise<void> => {
      try {
        await run();
        assert.deepEqual(await notifications.messages(), [], 'nothing of it is left');
      } catch (error) {
        throw new Error(`The step failed: ${name}`, { cause: error });
      }
    };
    const shot = (name: string): Promise<void> => workbench.screenshot(`bad-sign-in-${name}`);
    /** The one notification there is; it is closed. */
    const complaint = async (name: string): Promise<string> => {
      // The notification of the sign-in that has just ended takes a moment to go.
      const messages = await eventually(async () => {
        const shown = await notifications.messages();
        assert.equal(shown.length, 1, shown.join('\n'));
        assert.doesNotMatch(shown[0] ?? '', waiting);
        return shown;
      });
      await shot(name);
      await workbench.runCommand('Notifications: Clear All Notifications');
      await notifications.toasts.first().waitFor({ state: 'hidden' });
      return messages[0] ?? '';
    };
    const signInTo = async (label: string): Promise<void> => {
      await workbench.runCommand('Latchkey: Sign In');
      await quickInput.pick(label);
    };

    await step('a folder that is not trusted', async () => {
      await workbench.openFile('orders.http.yaml');
      await workbench.clickCodeLens('Send');
      await runner.getByRole('heading', { name: /^This workspace is not trusted/ }).waitFor();
      await runner.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
      await shot('1-untrusted');
    });

    await step('no latchkey.yaml', async () => {
      await workbench.trustFolder();
      await workbench.runCommand('Latchkey: Sign In');
      const text = await complaint('2-no-project');
      assert.match(text, /There is no latchkey\.yaml in this workspace\. Start the playground .* or add a connection/);
    });

    await step('a connection that nobody has described', async () => {
      await fs.writeFile(path.join(folder.path, 'latchkey.yaml'), projectFile(login.issuer, closedPort));
      await workbench.clickCodeLens('Send');
      await runner.getByRole('heading', { name: /There is no connection acme2 .* did you mean acme\?/ }).waitFor();
      await shot('3-unknown-connection');
    });

    await step('an issuer that is down', async () => {
      await signInTo('Down');
      const text = await complaint('4-down');
      assert.match(text, new RegExp(`The authorization server sso\\.localhost:${closedPort} cannot be reached`));
    });

    await step('access denied', async () => {
      await signInTo('Acme');
      const popup = await workbench.popup(() => workbench.modal.click('Allow'));
      await popup.getByText('[ Cancel ]').click();
      await backIn(workbench, popup);
      const text = await complaint('5-denied');
      assert.match(text, /^Access was denied at login\.localhost:\d+: End-User aborted interaction\. Sign in again/);
    });

    await step('the login page is closed', async () => {
      const popup = await workbench.popup(() => signInTo('Acme'));
      await popup.close();
      await page.bringToFront();
      const toast = notifications.withText(waiting);
      await toast.hover();
      await shot('6-closed');
      for (const link of ['Paste the URL instead', 'Copy sign-in URL']) await toast.getByText(link).waitFor();
      await toast.getByRole('button', { name: 'Cancel' }).click();
      await toast.waitFor({ state: 'hidden' });
    });

    assert.doesNotMatch((await workbench.accounts.items()).join('\n'), /alice/i);

    await step('the browser cannot come back: the address is pasted', async () => {
      const popup = await workbench.popup(() => signInTo('Acme'));
      const final = await failedCallback(popup, allowAsAlice);
      await popup.close();
      await page.bringToFront();
      await notifications.withText(waiting).getByText('Paste the URL instead').click();
      await quickInput.input.fill('this is not it');
      await page.keyboard.press('Enter');
      await page.getByText('There is no code in this text').waitFor();
      await shot('7-paste-wrong');
      await quickInput.input.fill(final.replace(/state=[^&]+/, 'state=of-another'));
      await page.keyboard.press('Enter');
      await page.getByText('This address belongs to another sign-in').waitFor();
      await shot('8-paste-other');
      await quickInput.enter(final);
      await notifications.withText(waiting).waitFor({ state: 'hidden' });
      await eventually(async () => assert.match((await workbench.accounts.items()).join('\n'), /alice/i));
      await shot('9-signed-in');
    });
  });
});

const requestFile = 'auth: acme2\nrequests:\n  orders:\n    get: http://127.0.0.1/orders\n';

function projectFile(issuer: string, closedPort: number): string {
  const lines = [
    'connections:',
    `  acme: { label: Acme, issuer: "${issuer}", scopes: [openid, offline_access], origins: [http://127.0.0.1] }`,
    `  down: { label: Down, issuer: "http://sso.localhost:${closedPort}", origins: [http://127.0.0.1] }`,
  ];
  return `${lines.join('\n')}\n`;
}

async function backIn(workbench: Workbench, popup: Page): Promise<void> {
  await popup.waitForURL(/\/callback\?/);
  await popup.close();
  await workbench.page.bringToFront();
}
