import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { eventually } from '../helpers/eventually';
import { onlyExtensionHost } from '../helpers/extensionHost';
import { JsonBodyServer, lastRecord, middleRecord } from '../helpers/jsonBodyServer';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const MB = 1_000_000;
const size = 200 * MB;
/** Below the body: it is not held. The thread of the bodies and garbage that waits on a busy machine are in it. */
const memoryBound = 190 * MB;
const variable = 'LATCHKEY_LARGE_BODIES=1';
const isLinux = process.platform === 'linux';

/** A body of 200 MB in a window as users have it: from its first screen to the last file that it leaves. */
test('a body of 200 MB is shown, searched, cancelled and cleaned up', { timeout: 300_000 }, async () => {
  await using bodies = await JsonBodyServer.start();
  await using folder = await temporaryFolder('large-bodies');
  await fs.writeFile(
    path.join(folder.path, 'large.http.yaml'),
    `requests:\n  large:\n    get: ${bodies.origin}/json/${size}\n`,
  );
  await using server = await CodeServer.start(latestVersion, {
    trusting: true,
    vsix: [testedVsix],
    env: { LATCHKEY_LARGE_BODIES: '1' },
  });
  const spooled = (): Promise<readonly string[]> => filesIn(path.join(server.userData, 'User', 'globalStorage'));

  await withBrowser('large-bodies', async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const workbench = await Workbench.open(context, server.address(folder.path));
    await workbench.openFile('large.http.yaml');
    let runner = workbench.webview('latchkey.latchkey');
    const send = async (marker: string): Promise<void> => {
      bodies.marker = marker;
      await runner.getByRole('button', { name: 'Send', exact: true }).first().click();
      await runner.getByText(`"${marker}"`).first().waitFor({ timeout: 30_000 });
    };
    bodies.marker = 'warm-up';
    bodies.bytes = 2_000;
    await workbench.clickCodeLens('Send');
    await runner.getByText('"warm-up"').waitFor({ timeout: 30_000 });
    bodies.bytes = undefined;
    const host = isLinux ? await onlyExtensionHost(variable) : undefined;

    // The first screen is there while the rest is still to come.
    await host?.watchMemory();
    bodies.holdAfter = 20 * MB;
    await send('first');
    await eventually(async () => assert.equal((await spooled()).length, 1));
    await workbench.screenshot('large-bodies-arriving');
    bodies.release();

    await scrolledToEnd(runner);
    await workbench.screenshot('large-bodies-end');
    await runner.locator('latchkey-row-list .scroller').focus();
    await workbench.page.keyboard.press('ControlOrMeta+f');
    await runner.locator('latchkey-find-bar input').fill(middleRecord);
    await runner.locator('latchkey-row-list .match, latchkey-row-list .current').first().waitFor({ timeout: 60_000 });
    await workbench.page.keyboard.press('Escape');
    if (host) assert.ok((await host.addedMemory()) < memoryBound, `${await host.addedMemory()} bytes were added`);

    // Cancelled in the middle, nothing of it is left.
    bodies.holdAfter = 20 * MB;
    await send('second');
    await runner.getByRole('button', { name: 'Cancel', exact: true }).click();
    await runner.getByText('The request was cancelled').waitFor();
    await eventually(async () => assert.deepEqual(await spooled(), []));
    bodies.release();

    // Reloaded in the middle: the connection is closed, and the file goes with the window or at the next start.
    bodies.holdAfter = 20 * MB;
    await send('third');
    const abandoned = await eventually(async () => {
      const [file] = await spooled();
      assert.ok(file !== undefined);
      return file;
    });
    await workbench.reload();
    bodies.release();
    runner = workbench.webview('latchkey.latchkey');
    await runner.getByRole('heading', { name: 'The window was reloaded' }).waitFor({ timeout: 60_000 });
    if (isLinux) await onlyExtensionHost(variable);
    await send('fourth');
    await eventually(async () => {
      const files = await spooled();
      assert.ok(files.length === 1 && files[0] !== abandoned, files.join());
    });

    // With the runner closed there is nothing to keep it for.
    await scrolledToEnd(runner);
    await workbench.runCommand('View: Close All Editors');
    await eventually(async () => assert.deepEqual(await spooled(), []));
  });
  await eventually(async () => assert.equal(await bodies.openConnections(), 0), 30_000);
});

/** Scrolls down for as long as there is more to come, until the last record is in sight. */
async function scrolledToEnd(runner: FrameLocator): Promise<void> {
  const scroller = runner.locator('latchkey-row-list .scroller');
  await eventually(async () => {
    await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await runner.getByText(lastRecord).first().waitFor({ timeout: 1_000 });
  }, 60_000);
}

/** Files that bodies are kept in. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => path.basename(name).startsWith('body-'));
}
