import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** What VS Code gives to a view's frame may never come to life, and the view is empty for good, whatever is put into it. */
test('a runner whose frame does not come to life gets another one', { timeout: 240_000 }, async () => {
  await using folder = await temporaryFolder('blank-view');
  const settings = { 'security.workspace.trust.enabled': false };
  await using server = await CodeServer.start(latestVersion, { vsix: [testedVsix], settings });
  const file = `requests: { health: { get: "${server.origin}/healthz", auth: none } }\n`;
  await fs.writeFile(path.join(folder.path, 'health.http.yaml'), file);
  await withBrowser('blank-view', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
    await holdFirstView(context);
    const workbench = await Workbench.open(context, server.address(folder.path));
    await workbench.openFile('health.http.yaml');
    await workbench.clickCodeLens('Send');
    await workbench.webview('latchkey.latchkey').getByText('"lastHeartbeat"').first().waitFor();
    await workbench.screenshot('blank-view');
  });
});

/** The worker that hands out the scripts of views never takes the first one over, as on a machine short of something. */
async function holdFirstView(context: BrowserContext): Promise<void> {
  let count = 0;
  await context.exposeFunction('countView', () => ++count);
  await context.addInitScript(() => {
    if (!location.pathname.endsWith('/webview/browser/pre/index.html')) return;
    const { countView } = globalThis as unknown as { countView: () => Promise<number> };
    const workers = navigator.serviceWorker;
    const register = workers.register.bind(workers);
    workers.register = async (...args) =>
      (await countView()) === 1 ? new Promise(() => undefined) : register(...args);
  });
}
