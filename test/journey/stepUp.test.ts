import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { startHttp } from '../helpers/localServers';
import { startAuthServer } from '../helpers/oauth/authServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** An API that wants a scope the connection does not ask for: one button, one more consent, and the order is there. */
test('a request that lacks a scope gets it by one button [F8]', { timeout: 120_000 }, async (t) => {
  await using login = await startAuthServer({ host: 'login.localhost' });
  let wanted = 'orders.write';
  const methods: string[] = [];
  const api = await startHttp(t, (request, response) => {
    methods.push(request.method ?? '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    void login.provider.AccessToken.find(token).then((found) => {
      const isEnough = found?.scope?.split(' ').includes(wanted) === true;
      const challenge = `Bearer error="insufficient_scope", scope="${wanted}"`;
      response.writeHead(isEnough ? 201 : 403, {
        'content-type': 'application/json',
        ...(isEnough ? {} : { 'www-authenticate': challenge }),
      });
      response.end(JSON.stringify({ order: isEnough ? 'ordered' : 'not ordered' }));
    });
  });
  await using folder = await temporaryFolder('step-up');
  await writeProject(folder.path, login.issuer, api.origin);
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix] });

  await withBrowser('step-up', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const runner = workbench.webview('latchkey.latchkey');
    const button = runner.getByRole('button', { name: 'Sign In Again with orders.write' });
    await workbench.trustFolder();
    await workbench.openFile('orders.http.yaml');
    await workbench.runCommand('Latchkey: Sign In');
    await signIn(workbench, await workbench.popup(() => workbench.modal.click('Allow')));
    await workbench.clickCodeLens('Send');
    await button.waitFor();
    await runner.getByText('"not ordered"').waitFor();
    await workbench.screenshot('step-up-1-offer');

    await signIn(workbench, await workbench.popup(() => button.click()));
    await runner.getByText('"ordered"').waitFor();
    assert.equal(await button.count(), 0);
    assert.deepEqual(methods, ['POST', 'POST']);
    await workbench.screenshot('step-up-2-done');

    wanted = 'admin';
    await workbench.clickCodeLens('Send');
    const admin = runner.getByRole('button', { name: 'Sign In Again with admin' });
    await signIn(workbench, await workbench.popup(() => admin.click()));
    await admin.waitFor({ state: 'detached' });
    await runner.getByText('"not ordered"').waitFor();
    assert.deepEqual(methods.slice(2), ['POST', 'POST'], 'a second refusal is the answer, and makes no new offer');
  });
});

async function writeProject(folder: string, issuer: string, api: string): Promise<void> {
  const project = [
    'connections:',
    '  acme:',
    '    label: Acme',
    `    issuer: ${issuer}`,
    '    scopes: [openid, offline_access, orders.read]',
    `    origins: ["${api}"]`,
    `defaults: { baseUrl: "${api}", auth: acme }`,
  ];
  await fs.writeFile(path.join(folder, 'latchkey.yaml'), `${project.join('\n')}\n`);
  const requests = 'requests:\n  order:\n    post: /orders\n    json: { sku: A-1 }\n';
  await fs.writeFile(path.join(folder, 'orders.http.yaml'), requests);
}

/** On the plain pages of the authorization server, which remembers who has signed in. */
async function signIn(workbench: Workbench, page: Page): Promise<void> {
  const name = page.locator('input[name=login]');
  const allow = page.getByRole('button', { name: 'Continue' });
  await name.or(allow).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('alice');
    await page.locator('input[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }
  await allow.click();
  await page.getByText('You can close this page now').waitFor();
  await page.close();
  await workbench.page.bringToFront();
}
