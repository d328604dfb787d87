import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { signInAtServer } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { colorThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { startHttp } from '../helpers/localServers';
import { startAuthServer, type AuthServer } from '../helpers/oauth/authServer';
import { startDpopApi } from '../helpers/oauth/dpopApi';
import { ecKey } from '../helpers/oauth/keyPair';
import { isClientToken, machineClient } from '../helpers/oauth/machineClient';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** A client that proves itself with a key from a file, the list of stored secrets, and tokens bound to a key. */
test('keys: one for the client, kept and listed; one for each session', { timeout: 240_000 }, async (t) => {
  const [key, next] = [ecKey('k1'), ecKey('k2')];
  await using login = await startLogin([key, next].flatMap(({ jwks }) => jwks.keys));
  const jobs = await startHttp(t, (request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    void isClientToken(login, token).then((isKnown) => response.writeHead(isKnown ? 200 : 401).end('{"jobs":"none"}'));
  });
  const orders = await startDpopApi(t, async (token) => (await login.provider.AccessToken.find(token))?.jkt);
  orders.nonce = 'n-1';
  orders.handle = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"orders":[]}');
  };
  await using folder = await temporaryFolder('own-keys');
  await using elsewhere = await temporaryFolder('keys');
  const file = path.join(elsewhere.path, 'client.pem');
  await fs.writeFile(file, key.pem);
  await writeProject(folder.path, login.issuer, jobs.origin, orders.origin);
  await using server = await CodeServer.start(latestVersion, {
    trusting: true,
    vsix: [testedVsix],
    settings: colorThemeSetting(latestVersion, 'highContrast'),
  });

  await withBrowser('own-keys', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 800 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { modal, quickInput, notifications, page } = workbench;
    const runner = workbench.webview('latchkey.latchkey');
    const shot = (name: string): Promise<void> => workbench.screenshot(`own-keys-${name}`);
    await workbench.openFile('all.http.yaml');

    await workbench.clickCodeLens('Send');
    await runner.getByRole('button', { name: 'Sign In', exact: true }).click();
    assert.match(await modal.text(), /Private key: “signing”, which stays in SecretStorage/);
    await shot('1-trust');
    await modal.click('Allow');
    await quickInput.title.getByText('Secret “signing” for the folder').waitFor();
    await quickInput.input.fill('not a key');
    await page.keyboard.press('Enter');
    await quickInput.problem.getByText(/not a private key|key/i).waitFor();
    await shot('2-no-key');
    await quickInput.press('Choose a File…');
    await chooseFile(workbench, file);
    await runner.getByText('"jobs"').waitFor();
    await shot('3-sent');
    assert.deepEqual(await notifications.messages(), []);

    await workbench.runCommand('Latchkey: Manage Trusted Connections');
    await shot('4-manage');
    await quickInput.pick('Stored secrets');
    assert.deepEqual(await quickInput.labels(), ['signing']);
    await shot('5-secrets');
    await quickInput.pick('signing');
    await fs.writeFile(file, next.pem);
    await quickInput.pick('Replace');
    await quickInput.title.getByText('Secret “signing” for the folder').waitFor();
    await shot('6-replace');
    await quickInput.press('Choose a File…');
    await chooseFile(workbench, file);
    await quickInput.input.waitFor({ state: 'hidden' });

    await workbench.runCommand('Latchkey: Manage Trusted Connections');
    await quickInput.pick('Stored secrets');
    await quickInput.pick('signing');
    await quickInput.pick('Forget');
    await quickInput.input.waitFor({ state: 'hidden' });
    await workbench.runCommand('Latchkey: Sign In');
    await quickInput.pick('Nightly');
    await quickInput.title.getByText('Secret “signing” for the folder').waitFor();
    await quickInput.dismiss();
    assert.deepEqual(await notifications.messages(), [], 'whoever closes the question is told nothing');

    await workbench.clickCodeLens('Send', 1);
    await runner.getByRole('button', { name: 'Sign In', exact: true }).click();
    await signInAtServer(workbench, await workbench.popup(() => modal.click('Allow')));
    await runner.getByText('"orders"').waitFor();
    assert.equal(orders.proofs.length, 1);
    assert.deepEqual(orders.answers.slice(-2), ['GET /orders 401 use_dpop_nonce', 'GET /orders 200']);
    await runner.getByRole('button', { name: 'Inspect the token' }).click();
    await workbench
      .webview('latchkey.latchkey')
      .getByText(/^A key of this session \(DPoP\)/)
      .waitFor();
    await shot('7-bound');
    await eventually(async () => assert.match((await workbench.accounts.items()).join('\n'), /alice.*Bound/));
  });
});

function startLogin(keys: ReturnType<typeof ecKey>['jwks']['keys']): Promise<AuthServer> {
  const nightly = machineClient({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } });
  const features = {
    devInteractions: { enabled: true },
    registration: { enabled: true },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
  };
  return startAuthServer({ host: 'login.localhost', clients: [nightly], configuration: { features } });
}

async function writeProject(folder: string, issuer: string, jobs: string, orders: string): Promise<void> {
  const project = [
    'connections:',
    '  nightly:',
    '    label: Nightly',
    `    issuer: ${issuer}`,
    '    clientId: nightly',
    '    grant: clientCredentials',
    '    clientAuth: privateKeyJwt',
    '    privateKey: ${secret:signing}',
    '    scopes: [orders.read]',
    `    origins: ["${jobs}"]`,
    '  bound:',
    '    label: Bound',
    `    issuer: ${issuer}`,
    '    scopes: [openid, offline_access, orders.read]',
    '    dpop: true',
    `    origins: ["${orders}"]`,
  ];
  await fs.writeFile(path.join(folder, 'latchkey.yaml'), `${project.join('\n')}\n`);
  const requests = [
    'requests:',
    `  jobs: { get: "${jobs}/jobs", auth: nightly }`,
    `  orders: { get: "${orders}/orders", auth: bound }`,
  ];
  await fs.writeFile(path.join(folder, 'all.http.yaml'), `${requests.join('\n')}\n`);
}

/** In the file dialog of a window without one of the system's. */
async function chooseFile({ quickInput, page }: Workbench, file: string): Promise<void> {
  await quickInput.title.getByText('Choose a Key or Certificate').waitFor();
  // It puts a folder into the box when it is ready, over or before what has been typed.
  await eventually(async () => {
    await quickInput.input.fill('/');
    await quickInput.input.fill(file);
    await quickInput.rows
      .filter({ hasText: path.basename(file) })
      .first()
      .waitFor({ timeout: 3_000 });
    assert.equal(await quickInput.input.inputValue(), file);
  }, 30_000);
  await page.keyboard.press('Enter');
}
