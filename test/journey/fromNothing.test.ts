import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { allowAsAlice, signInAtServer } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { failedCallback } from '../helpers/failedCallback';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { desktopClient, startAuthServer } from '../helpers/oauth/authServer';
import { startProtectedApi } from '../helpers/oauth/protectedApi';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Nothing is written down: the API is asked, what it says is kept, and connections are added step by step. */
test('from a 401 and from questions to connections [A11]', { timeout: 240_000 }, async () => {
  await using login = await startAuthServer({ host: 'login.localhost', configuration: { features } });
  await using strict = await startAuthServer({ host: 'strict.localhost', registration: false, clients: [pasteClient] });
  await using api = await startProtectedApi({
    metadata: () => ({ authorization_servers: [login.issuer], scopes_supported: ['orders.read', 'orders.write'] }),
    challenge: (origin) => `resource_metadata="${origin}/.well-known/oauth-protected-resource", scope="orders.read"`,
    accepts: (token) => login.accepts(token),
  });
  await using folder = await temporaryFolder('from-nothing');
  const requests = `requests:\n  orders: { get: "${api.origin}/orders", auth: none }\n`;
  await fs.writeFile(path.join(folder.path, 'orders.http.yaml'), requests);
  const projectText = (): Promise<string> => fs.readFile(path.join(folder.path, 'latchkey.yaml'), 'utf8');
  await using server = await CodeServer.start(latestVersion, {
    vsix: [testedVsix],
    settings: systemThemeSetting(latestVersion),
  });

  await withBrowser('from-nothing', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 800 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { modal, quickInput, notifications, page } = workbench;
    const runner = workbench.webview('latchkey.latchkey');
    const shot = (name: string): Promise<void> => workbench.screenshot(`from-nothing-${name}`);
    await workbench.trustFolder();
    await workbench.openFile('orders.http.yaml');

    await workbench.clickCodeLens('Send');
    const offer = runner.getByRole('button', { name: 'Sign In to This API…' });
    await offer.waitFor();
    await shot('1-offer');
    await offer.click();
    assert.match(await modal.text(), /The API itself named these servers/);
    await shot('2-trust');
    await signInAtServer(workbench, await workbench.popup(() => modal.click('Allow')));
    const save = runner.getByRole('button', { name: 'Save as Connection' });
    await save.waitFor();
    await workbench.preferScheme('dark');
    await shot('3-signed-in-dark');
    await workbench.preferScheme('light');
    await save.click();
    await workbench.tab('latchkey.yaml').waitFor();
    await eventually(async () => assert.ok((await projectText()).includes(`issuer: ${login.issuer}`)));
    assert.doesNotMatch(
      await projectText(),
      /clientId/,
      'a client that was registered for one sign-in is nobody else’s',
    );
    await shot('4-saved');

    await workbench.runCommand('Latchkey: Sign Out');
    await quickInput.pick((await quickInput.labels()).find((label) => label.includes('alice')) ?? 'alice');
    await notifications.waitFor(/^Signed out alice.*still be signed in at login\.localhost/);
    await shot('5-signed-out');
    const logout = await workbench.popup(() => notifications.click('Signed out', 'Also Sign Out in the Browser'));
    await logout.getByText('Do you want to sign-out from').waitFor();
    await logout.close();
    await page.bringToFront();

    await addByIssuer(workbench, strict.issuer, api.origin);
    await eventually(async () => assert.match(await projectText(), /clientId: pasting/));
    await notifications.waitFor('Register these redirect URIs at the server:');
    await shot('9-added');

    // Without registration the address of a browser window cannot be known to the server: pasting comes first.
    await notifications.click('Added the connection', 'Sign In');
    const popup = await workbench.popup(() => modal.click('Allow'));
    await popup.close();
    await page.bringToFront();
    const waiting = notifications.withText(/then paste the address it ends on/);
    await waiting.hover();
    await shot('10-paste-first');
    const other = await workbench.popup(() => waiting.getByText('Try another way').click());
    await other.getByText('redirect_uri').first().waitFor();
    await other.close();
    await page.bringToFront();
    const elsewhere = notifications.withText(/It comes back through the address of this window/);
    await elsewhere.hover();
    await shot('11-another-way');
    await elsewhere.getByRole('button', { name: 'Cancel' }).click();
    await elsewhere.waitFor({ state: 'hidden' });

    const again = await workbench.popup(async () => {
      await workbench.runCommand('Latchkey: Sign In');
      await quickInput.pick('strict-localhost');
    });
    const address = await failedCallback(again, allowAsAlice);
    await again.close();
    await page.bringToFront();
    await notifications
      .withText(/then paste/)
      .getByText('Paste the URL')
      .click();
    await quickInput.enter(address);
    await eventually(async () =>
      assert.match((await workbench.accounts.items()).join('\n'), /alice.*strict-localhost/),
    );

    await addByProvider(workbench);
    await eventually(async () => assert.match(await projectText(), /preset: github\n\s+clientId: Iv1\.abc/));
  });
});

const features = {
  devInteractions: { enabled: true },
  registration: { enabled: true },
  // It takes any `resource` that a client names (RFC 8707), and makes nothing of it.
  resourceIndicators: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
};

/** Registered for an address that nothing listens on. */
const pasteClient = { ...desktopClient, client_id: 'pasting' };

/** With a mistake on the way, and a step back. */
async function addByIssuer(workbench: Workbench, issuer: string, api: string): Promise<void> {
  const { quickInput, page } = workbench;
  const next = async (text: string): Promise<void> => {
    await quickInput.input.fill(text);
    await page.keyboard.press('Enter');
  };
  const shot = (name: string): Promise<void> => workbench.screenshot(`from-nothing-${name}`);
  await workbench.runCommand('Latchkey: Add Connection');
  await shot('6-sources');
  await quickInput.pick('By provider');
  await quickInput.input.waitFor();
  await quickInput.press('Back');
  await quickInput.pick('By issuer URL');
  await next(`${issuer}/nowhere`);
  await quickInput.problem.getByText('strict.localhost').waitFor();
  await shot('7-no-issuer');
  await next(issuer);
  await quickInput.title.getByText('Client id').waitFor();
  await next('');
  await quickInput.problem.getByText('This server does not register clients by itself.').waitFor();
  await next('pasting');
  await quickInput.title.getByText('Origins').waitFor();
  await next(api);
  await quickInput.title.getByText('Scopes').waitFor();
  assert.ok((await quickInput.labels()).includes('orders.read'));
  await shot('8-scopes');
  await page.keyboard.press('Enter');
  await quickInput.input.waitFor({ state: 'hidden' });
}

/** One whose endpoints and origins are known. */
async function addByProvider(workbench: Workbench): Promise<void> {
  const { quickInput, page } = workbench;
  await workbench.runCommand('Latchkey: Add Connection');
  await quickInput.pick('By provider');
  await quickInput.pick('GitHub', 'git');
  await quickInput.title.getByText('Client id').waitFor();
  await quickInput.input.fill('Iv1.abc');
  await page.keyboard.press('Enter');
  await quickInput.title.getByText('Scopes').waitFor();
  await quickInput.enter('repo gist');
}
