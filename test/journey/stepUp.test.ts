import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeAcmeProject } from '../helpers/acmeProject';
import { signInAtServer } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { startHttp } from '../helpers/localServers';
import { startAuthServer } from '../helpers/oauth/authServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** An API that wants a scope the connection does not ask for: one button, one more consent, and the order is there. */
test('a request that lacks a scope gets it by one button [F8]', { timeout: 240_000 }, async (t) => {
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
  await writeAcmeProject(
    folder.path,
    { issuer: login.issuer, api: api.origin },
    { 'orders.http.yaml': 'requests:\n  order:\n    post: /orders\n    json: { sku: A-1 }\n' },
  );
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix], trusting: true });

  await withBrowser('step-up', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const runner = workbench.webview('latchkey.latchkey');
    const button = runner.getByRole('button', { name: 'Sign In Again with orders.write' });
    await workbench.openFile('orders.http.yaml');
    await workbench.runCommand('Latchkey: Sign In');
    await signInAtServer(workbench, await workbench.popup(() => workbench.modal.click('Allow')));
    await workbench.statusBarItem('alice').first().waitFor();
    await workbench.clickCodeLens('Send');
    await button.waitFor();
    await runner.getByText('"not ordered"').waitFor();
    await workbench.screenshot('step-up-1-offer');

    await signInAtServer(workbench, await workbench.popup(() => button.click()));
    await runner.getByText('"ordered"').waitFor();
    assert.equal(await button.count(), 0);
    assert.deepEqual(methods, ['POST', 'POST']);
    await workbench.screenshot('step-up-2-done');

    wanted = 'admin';
    await workbench.clickCodeLens('Send');
    const admin = runner.getByRole('button', { name: 'Sign In Again with admin' });
    await signInAtServer(workbench, await workbench.popup(() => admin.click()));
    await admin.waitFor({ state: 'detached' });
    await runner.getByText('"not ordered"').waitFor();
    assert.deepEqual(methods.slice(2), ['POST', 'POST'], 'a second refusal is the answer, and makes no new offer');
  });
});
