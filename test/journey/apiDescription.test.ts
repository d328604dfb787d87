import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { signInAtServer } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { startAuthServer } from '../helpers/oauth/authServer';
import { startProtectedApi } from '../helpers/oauth/protectedApi';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Somebody explores an API of which they have nothing but the address of its description. */
test('from an API description to an answer, signed in', { timeout: 180_000 }, async () => {
  await using login = await startAuthServer({ host: 'login.localhost', configuration: { features } });
  await using api = await startProtectedApi({ accepts: (token) => login.accepts(token) });
  api.routes['/openapi.json'] = () => ({ body: description(api.origin, login.issuer) });
  await using folder = await temporaryFolder('api-description');
  await using server = await CodeServer.start(latestVersion, {
    trusting: true,
    vsix: [testedVsix],
    settings: systemThemeSetting(latestVersion),
  });
  const written = (name: string): Promise<string> => fs.readFile(path.join(folder.path, name), 'utf8');

  await withBrowser('api-description', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 800 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { modal, quickInput, sideBar } = workbench;
    const runner = workbench.webview('latchkey.latchkey');
    const shot = (name: string): Promise<void> => workbench.screenshot(`api-description-${name}`);

    await workbench.runCommand('Latchkey: Open API Description…');
    await quickInput.title.getByText('Open API Description').waitFor();
    await shot('1-sources');
    await quickInput.pick('From a Web Address…');
    await quickInput.enter(`${api.origin}/openapi.json`);
    await sideBar.open('APIs', /Order Service, operations: 3/);
    await sideBar.open('APIs', /^orders, operations: 2/);
    await sideBar.item('APIs', /GET \/orders, Lists orders/).waitFor();
    await workbench.preferScheme('dark');
    await shot('2-view-dark');
    await workbench.preferScheme('light');

    await sideBar
      .item('APIs', /GET \/orders, Lists orders/)
      .first()
      .click();
    await quickInput.title.getByText('Which request file').waitFor();
    await shot('3-file');
    await quickInput.pick('New Request File');
    await quickInput.title.getByText('Order Service wants a sign-in').waitFor();
    await shot('4-connection');
    await quickInput.pick('Add a Connection');
    await quickInput.title.getByText('Client id').waitFor();
    await shot('5-client');
    // The server registers clients by itself.
    await quickInput.enter('');
    await workbench.tab('order-service.http.yaml').waitFor();
    await runner.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await shot('6-written');
    assert.match(
      await written('latchkey.yaml'),
      new RegExp(`order-service:\\n +issuer: ${login.issuer}\\n +scopes: \\[openid, orders.read]`),
    );
    assert.match(
      await written('order-service.http.yaml'),
      /listOrders:\n {4}description: Lists orders\n {4}get: \/orders\n {4}auth: order-service\n/,
    );

    await runner.getByRole('button', { name: 'Send', exact: true }).click();
    await runner.getByRole('button', { name: 'Sign In', exact: true }).click();
    await signInAtServer(workbench, await workbench.popup(() => modal.click('Allow')));
    await runner.getByText('200', { exact: true }).first().waitFor();
    await shot('7-answer');

    await workbench.runCommand('Latchkey: Find Operation…');
    await quickInput.input.fill('cancel');
    await shot('8-find');
    await quickInput.pick('DELETE /orders/{id}');
    await eventually(async () =>
      assert.match(await written('order-service.http.yaml'), /delete: \/orders\/\$\{id\|url\}/),
    );
    await runner.getByRole('button', { name: 'cancelOrder' }).waitFor();
    await workbench.preferScheme('dark');
    await shot('9-second-dark');
  });
});

const features = {
  devInteractions: { enabled: true },
  registration: { enabled: true },
  resourceIndicators: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
};

function description(origin: string, issuer: string): unknown {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', example: 'o-7' } };
  return {
    openapi: '3.1.0',
    info: { title: 'Order Service', version: '2.4' },
    servers: [{ url: origin }],
    tags: [{ name: 'orders', description: 'What customers have ordered' }, { name: 'service' }],
    security: [{ login: ['orders.read'] }],
    paths: {
      '/orders': {
        get: {
          operationId: 'listOrders',
          summary: 'Lists orders',
          tags: ['orders'],
          parameters: [{ name: 'status', in: 'query', example: 'open', schema: { type: 'string' } }],
        },
      },
      '/orders/{id}': {
        delete: { operationId: 'cancelOrder', summary: 'Cancels an order', tags: ['orders'], parameters: [id] },
      },
      '/health': { get: { summary: 'Says whether it runs', tags: ['service'], deprecated: true, security: [] } },
    },
    components: {
      securitySchemes: {
        login: { type: 'openIdConnect', openIdConnectUrl: `${issuer}/.well-known/openid-configuration` },
      },
    },
  };
}
