import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { eventually } from '../helpers/eventually';
import { signInAsAlice } from '../helpers/playgroundPages';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion, minimumVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

const lookSettings = { 'editor.minimap.enabled': false, 'window.commandCenter': false };

/** What a new user does, with the packaged extension, from an empty folder to being signed out again. */
for (const version of [latestVersion, minimumVersion]) {
  test(`a new user signs in and sends in code-server ${version} [A1]`, { timeout: 240_000 }, async () => {
    await using parent = await temporaryFolder('new-user');
    const folder = path.join(parent.path, 'latchkey-playground');
    await fs.mkdir(folder);
    await using server = await CodeServer.start(version, {
      vsix: [testedVsix],
      settings: { ...lookSettings, ...systemThemeSetting(version) },
    });
    await withBrowser(`new-user-${version}`, async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
      const workbench = await Workbench.open(context, server.address(folder));
      const shot = (name: string): Promise<void> => workbench.screenshot(`${version}-${name}`);
      await workbench.trustFolder();

      await workbench.runCommand('Latchkey: Start Playground');
      await workbench.tab('profile.http.yaml').waitFor();
      await workbench.codeLens('Send').first().waitFor();
      await shot('1-sample');

      await workbench.runCommand('Latchkey: Sign In');
      const trust = await workbench.modal.text();
      assert.match(trust, /playground\.localhost:\d+/);
      assert.match(trust, /127\.0\.0\.1:\d+/);
      await shot('2-trust');
      const login = await workbench.popup(() => workbench.modal.click('Allow'));
      await shot('3-waiting');
      await signInAsAlice(workbench, login);
      await eventually(async () => assert.match((await workbench.accounts.items()).join('\n'), /alice.*Playground/i));
      await shot('4-signed-in');

      await workbench.clickCodeLens('Send');
      const runner = workbench.webview('latchkey.latchkey');
      // Time for the views that take the place of one that VS Code brings up empty.
      await runner.getByText('alice@playground.localhost').first().waitFor({ timeout: 60_000 });
      await runner.getByText('200').first().waitFor();
      await shot('5-profile');
      for (const scheme of ['dark', 'light'] as const) {
        await workbench.preferScheme(scheme);
        await shot(`runner-${scheme}`);
      }

      await signOut(workbench);
      await workbench.clickCodeLens('Send');
      await runner.getByRole('heading', { name: 'You are not signed in' }).waitFor();
      await shot('6-signed-out');
      const again = await workbench.popup(() => runner.getByRole('button', { name: 'Sign In', exact: true }).click());
      await signInAsAlice(workbench, again);
      await runner.getByText('Alice Archer').first().waitFor();

      await workbench.reload();
      const restored = workbench.webview('latchkey.latchkey');
      // As it was before, out of the history.
      await restored.getByText('Alice Archer').first().waitFor();
      await restored.getByText(/^Sent .* ago/).waitFor();
      await workbench.clickCodeLens('Send');
      await restored.getByText(/^Sent .* ago/).waitFor({ state: 'detached' });
      await restored.getByText('Alice Archer').first().waitFor();
    });
    await assertNoSecretsIn(server.logs);
  });
}

async function signOut(workbench: Workbench): Promise<void> {
  const account = (await workbench.accounts.items()).find((label) => /alice/i.test(label)) ?? 'alice';
  await eventually(async () => {
    await workbench.accounts.choose(account, 'Sign Out');
    await workbench.modal.box.waitFor({ timeout: 2_000 });
  });
  await workbench.modal.click('Sign Out');
  await eventually(async () => assert.doesNotMatch((await workbench.accounts.items()).join('\n'), /alice/i));
}

async function assertNoSecretsIn(folder: string): Promise<void> {
  const names = await fs.readdir(folder, { recursive: true });
  const logs = names.filter((name) => path.basename(name) === 'Latchkey.log');
  assert.ok(logs.length > 0, 'there is a log');
  for (const name of logs) {
    const text = await fs.readFile(path.join(folder, name), 'utf8');
    assert.doesNotMatch(text, /access_token|refresh_token|code_verifier|[?&]code=/, name);
  }
}
