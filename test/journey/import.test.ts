import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const pair = (key: string, value: string): object => ({ key, value });

function collection(origin: string): object {
  return {
    info: { name: 'Acme', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'bearer', bearer: [pair('token', 't0ken-of-acme-2026')] },
    variable: [pair('baseUrl', origin)],
    item: [
      { name: 'List orders', request: { method: 'GET', url: '{{baseUrl}}/orders' } },
      {
        name: 'Create order',
        event: [{ listen: 'prerequest', script: { exec: ['pm.variables.set("n", 1);'] } }],
        request: { method: 'POST', url: '{{baseUrl}}/orders', body: { mode: 'raw', raw: '{"sku":"A-1"}' } },
      },
    ],
  };
}

/** From the file of another tool to a response, with nothing but what is on the screen. */
test('somebody brings a collection along and sends from it', { timeout: 180_000 }, async () => {
  const authorizations: (string | undefined)[] = [];
  const api = createServer(({ headers }, response) => {
    authorizations.push(headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"orders":["from the API"]}');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  await using parent = await temporaryFolder('import');
  const folder = path.join(parent.path, 'acme');
  await fs.mkdir(folder);
  await fs.writeFile(path.join(folder, 'acme.postman_collection.json'), JSON.stringify(collection(origin)));
  await using server = await CodeServer.start(latestVersion, {
    vsix: [testedVsix],
    settings: { 'editor.minimap.enabled': false, 'window.commandCenter': false, ...systemThemeSetting(latestVersion) },
  });
  await withBrowser('import', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder));
    const { page } = workbench;
    await workbench.preferScheme('dark');
    await workbench.trustFolder();
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'acme.postman_collection.json' });
    await file.click({ button: 'right' });
    await page.locator('.monaco-menu').getByText('Import Requests…').first().waitFor();
    await workbench.screenshot('import-1-menu');
    await page.locator('.monaco-menu').getByText('Import Requests…').first().click();

    await workbench.quickInput.rows.filter({ hasText: 'Create order' }).waitFor();
    await workbench.screenshot('import-2-choice');
    await page.keyboard.press('Enter');

    assert.match(await workbench.modal.text(), /\$\{secret:acme-token\}/);
    await workbench.screenshot('import-3-secrets');
    await workbench.modal.click('Keep');
    await workbench.tab('Acme.http.yaml').waitFor();
    await workbench.notifications.waitFor('Imported 2 requests from Acme.');
    await workbench.screenshot('import-4-done');
    await workbench.notifications.click('Imported 2 requests', 'Show Notes');
    await page.locator('.view-lines', { hasText: 'A script was left out' }).first().waitFor();
    await workbench.screenshot('import-5-notes');

    await workbench.openFile('Acme.http.yaml');
    await workbench.clickCodeLens('Send');
    await workbench.modal.click('Allow');
    await workbench.webview('latchkey.latchkey').getByText('from the API').first().waitFor();
    await workbench.screenshot('import-6-sent');
    assert.deepEqual(authorizations, ['Bearer t0ken-of-acme-2026']);
  });
  api.close();
});
