import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { test } from 'node:test';
import { writeAcmeProject } from '../helpers/acmeProject';
import { signInAtServer } from '../helpers/authServerPages';
import { withBrowser } from '../helpers/browser';
import { documentsOf, recordTraffic, storageOf } from '../helpers/browserTraces';
import { CodeServer } from '../helpers/codeServer';
import { eventually } from '../helpers/eventually';
import { filesBelow, findCanaries, type Canary, type SearchedText } from '../helpers/leakSearch';
import { startHttp } from '../helpers/localServers';
import { startAuthServer } from '../helpers/oauth/authServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Seconds. So short that every send has to refresh. */
const accessTokenTtl = 2;

const sessionCookie = 'canary-91c4e0d7a25b-session';

test('no token, code or verifier is left anywhere [F11 #noSecretsInLogs]', { timeout: 240_000 }, async (t) => {
  await using login = await startAuthServer({ host: 'login.localhost', accessTokenTtl });
  let cookiesSent = 0;
  const api = await startHttp(t, (request, response) => {
    const { authorization = '', cookie = '' } = request.headers;
    if (cookie.includes(sessionCookie)) cookiesSent++;
    const token = authorization.replace(/^Bearer /, '');
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-echo': authorization,
      'x-token': token,
      'set-cookie': `sid=${sessionCookie}; Path=/; HttpOnly`,
    });
    const base64 = Buffer.from(`user:${token}`).toString('base64');
    response.end(JSON.stringify({ arrived: authorization, cookie, base64, url: `/?t=${encodeURIComponent(token)}` }));
  });
  await using folder = await temporaryFolder('no-secrets-left');
  await writeAcmeProject(
    folder.path,
    { issuer: login.issuer, api: api.origin },
    { 'echo.http.yaml': 'requests:\n  echo:\n    get: /echo\n' },
  );
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix], env: { LOG_LEVEL: 'trace' } });

  await withBrowser('no-secrets-left', async (browser) => {
    // So wide that the runner wraps no line: a token in two rows would not be found.
    const context = await browser.newContext({
      viewport: { width: 1920, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const traffic = await recordTraffic(context);
    const workbench = await Workbench.open(context, server.address(folder.path));
    // What the runner showed before is gone from the page later on.
    const shown: SearchedText[] = [];
    const look = async (name: string): Promise<void> => {
      shown.push(...(await documentsOf(workbench.page)));
      await workbench.screenshot(`no-secrets-left-${name}`);
    };
    const everywhere = async (): Promise<readonly SearchedText[]> => [
      ...traffic,
      ...shown,
      ...(await documentsOf(workbench.page)),
      ...(await storageOf(workbench.page)),
      ...(await filesBelow(path.dirname(server.userData))),
      ...(await filesBelow(folder.path)),
    ];
    const issued = (kind: string): number => login.issued.filter((secret) => secret.kind === kind).length;

    await workbench.trustFolder();
    await workbench.openFile('echo.http.yaml');
    await workbench.runCommand('Latchkey: Sign In');
    await signInAtServer(workbench, await workbench.popup(() => workbench.modal.click('Allow')));
    await workbench.statusBarItem('alice').first().waitFor();
    const runner = workbench.webview('latchkey.latchkey');
    await workbench.clickCodeLens('Send');
    await runner.getByText('"arrived"').waitFor();
    await look('body');
    await runner.getByRole('tab', { name: /Headers/ }).click();
    await runner.getByText('x-echo').waitFor();
    await look('headers');
    await eventually(async () => {
      await workbench.clickCodeLens('Send');
      assert.ok(issued('access token') >= 3, 'it was refreshed twice');
    }, 20_000);
    await runner.getByRole('tab', { name: 'Request' }).click();
    await runner
      .getByText(/authorization/i)
      .first()
      .waitFor();
    await look('request');

    await inspect(workbench, look, () => issued('access token'));
    await workbench.runCommand('Latchkey: Copy Access Token');
    await workbench.modal.click('Copy');
    await eventually(async () => {
      const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
      assert.ok(login.issued.some(({ kind, value }) => kind === 'access token' && value === copied));
    });

    const whileSignedIn = await everywhere();
    assertSearchReaches(whileSignedIn, folder.path);
    for (const kind of ['refresh token', 'ID token', 'authorization code', 'code verifier'])
      assert.ok(issued(kind) > 0);
    assert.ok(cookiesSent > 0);
    const canaries = (): readonly Canary[] => [...login.issued, { kind: 'session cookie', value: sessionCookie }];
    assertNone(findCanaries(canaries(), whileSignedIn));

    await workbench.runCommand('Latchkey: Sign Out');
    await workbench.quickInput.pick('alice · Acme');
    await eventually(() => assert.ok(login.requests.includes('POST /token/revocation')));
    assertNone(findCanaries(canaries(), await everywhere()));
  });
});

/** Everything that the token inspector does, shown in between. */
async function inspect(
  workbench: Workbench,
  look: (name: string) => Promise<void>,
  tokens: () => number,
): Promise<void> {
  await workbench.runCommand('Latchkey: Inspect Token');
  const inspector = workbench.webview('latchkey.latchkey');
  const press = (name: string | RegExp): Promise<void> => inspector.getByRole('button', { name }).first().click();
  await inspector.getByRole('heading', { name: 'alice · Acme' }).waitFor();
  const before = tokens();
  await press('Refresh Now');
  await eventually(() => assert.ok(tokens() > before, 'it was renewed'));
  await press('Ask the Server');
  await inspector.getByRole('heading', { name: 'The server’s answer' }).waitFor();
  await look('inspector');
  await press(/^Show Values/);
  await workbench.modal.click('Show');
  await inspector.getByRole('row', { name: 'sub alice' }).first().waitFor();
  await look('inspector-revealed');
}

function assertNone(found: readonly string[]): void {
  assert.ok(found.length === 0, `Found:\n${found.join('\n')}`);
}

/** A search that finds nothing must have looked: each kind of place holds what is known to be there. */
function assertSearchReaches(texts: readonly SearchedText[], folder: string): void {
  const holds = (place: RegExp, text: string): void =>
    assert.ok(
      texts.some((each) => place.test(each.place) && each.text.includes(text)),
      `${text} was looked for in ${place}`,
    );
  holds(/^port message/, '"type":"snapshot"');
  holds(/^port message/, '"type":"ready"');
  holds(/^port message/, 'Bearer ');
  for (const text of ['x-echo', 'Bearer ••', '"arrived"', 'Where it may go']) holds(/^DOM of/, text);
  holds(/^IndexedDB vscode-web-state-db-global/, 'latchkey');
  holds(/^localStorage secrets\.provider/, 'secrets.provider');
  holds(/Latchkey\.log$/, 'Refreshed the session of alice');
  holds(/^\/.*remoteagent\.log$/, '[trace]');
  holds(/latchkey\.yaml$/, 'connections:');
  assert.ok(texts.some(({ place }) => place.startsWith(folder)));
}
