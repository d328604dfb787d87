import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { withBrowser } from '../helpers/browser';
import { CodeServer } from '../helpers/codeServer';
import { systemThemeSetting } from '../helpers/colorTheme';
import { deferred } from '../helpers/deferred';
import { eventually } from '../helpers/eventually';
import { invoice } from '../helpers/samplePdf';
import { temporaryFolder } from '../helpers/temporaryFolder';
import { Workbench } from '../helpers/workbench';
import { latestVersion } from '../tools/provision/vsCode';
import { testedVsix } from '../tools/run/testedVsix';

/** Nobody has typed anything yet, and nothing is wrong. */
const requestsText = `import: ./login.http.yaml
variables: { status: open }
requests:
  list:
    description: Orders, newest first
    get: \${api}/orders
    query: { status: "\${status}" }
    headers: { X-Key: "\${secret:demo-key}" }
    expect: { status: 200 }
    capture: { firstId: "$.items[0].id" }
  show:
    get: \${api}/orders/\${list.firstId}
    expect: { status: 201 }
  again:
    get: \${api}/slow
`;

interface Api extends AsyncDisposable {
  readonly origin: string;
  /** Has it answer what it was holding back. */
  readonly release: () => void;
}

/** A page of an API that holds back one of its answers. */
async function startApi(): Promise<Api> {
  const held = deferred();
  const server = http.createServer((request, response) => {
    const answer = (): unknown => response.end(JSON.stringify({ items: [{ id: 'o-1' }, { id: 'o-2' }] }));
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/invoice') response.setHeader('Content-Type', 'application/pdf').end(invoice());
    else if (request.url?.startsWith('/slow') === true) void held.promise.then(answer);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release: held.resolve,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('request files are written and sent in the editor', { timeout: 240_000 }, async () => {
  await using api = await startApi();
  await using folder = await temporaryFolder('request-language');
  const write = (name: string, text: string): Promise<void> => fs.writeFile(path.join(folder.path, name), text);
  await write('latchkey.yaml', `variables: { api: ${api.origin}, ofProject: 1 }\n`);
  await write('.env', 'ONLY_IN_ENV=1\n');
  await write('login.http.yaml', 'requests:\n  imported: { get: "${api}/login", capture: { code: $.code } }\n');
  await write('orders.http.yaml', requestsText);
  await write('invoice.http.yaml', 'requests:\n  invoice: { get: "${api}/invoice" }\n');
  const orders = path.join(folder.path, 'orders.http.yaml');
  const saved = (): Promise<string> => fs.readFile(orders, 'utf8');
  await using server = await CodeServer.start(latestVersion, {
    vsix: [testedVsix],
    settings: systemThemeSetting(latestVersion),
  });

  await withBrowser('request-language', async (browser) => {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const workbench = await Workbench.open(context, server.address(folder.path));
    const { page, modal, notifications } = workbench;
    const shot = (name: string): Promise<void> => workbench.screenshot(`request-language-${name}`);
    const hand = new Hand(page);
    page.setDefaultTimeout(40_000);

    // Before the folder is trusted, only what stands in the open file is known.
    await workbench.openFile('orders.http.yaml');
    // VS Code asks for completions while one types only who is there by then.
    await workbench.codeLens('Send').first().waitFor();
    await hand.typeAtEnd('\n    query: { q: "${');
    const offered = await hand.suggestions();
    assert.ok(offered.includes('status'), offered.join());
    for (const name of ['api', 'ofProject', 'ONLY_IN_ENV', 'imported.code']) {
      assert.ok(!offered.includes(name), `${name} is read in restricted mode`);
    }
    await shot('1-restricted');
    await hand.rewrite(requestsText);
    await workbench.trustFolder();
    await workbench.openFile('orders.http.yaml');

    // Now the project, its settings and the imported file are.
    await hand.typeAtEnd('\n    query: { q: "${');
    await eventually(async () => {
      const all = await hand.suggestions();
      for (const name of ['status', 'api', 'ofProject', 'imported.code']) {
        assert.ok(all.includes(name), `${name} in ${all.join()}`);
      }
    });
    await page.keyboard.press('ControlOrMeta+Space');
    await shot('2-completion');
    await hand.rewrite(requestsText);

    // A command from the clipboard becomes a request; its token stays out of the file.
    const token = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
    const command = `curl '${api.origin}/items?page=2' -H 'Accept: application/json' -H 'Authorization: Bearer ${token}'`;
    await hand.copy(command);
    await hand.goToEnd();
    await page.keyboard.press('ControlOrMeta+V');
    assert.match(await modal.text(), /Keep the secrets of the cURL command/);
    await shot('3-keep-secrets');
    await modal.click('Keep');
    await hand.save();
    await eventually(async () => assert.match(await saved(), /\n {2}getItems:\n {4}get: \S+\/items\?page=2\n/));
    const pasted = await saved();
    assert.ok(!pasted.includes(token) && !pasted.includes('curl'), pasted);
    assert.match(pasted, /bearer: .*\$\{secret:/);
    await shot('3-pasted');
    await hand.rewrite(requestsText);

    // A mistake is marked, and put right with the keyboard.
    await hand.typeAtEnd('\n    heders: {}');
    await page.locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('ControlOrMeta+.');
    await page.locator('.action-widget:visible').first().waitFor();
    await shot('4-quick-fix');
    await page.keyboard.press('Enter');
    await page.locator('.squiggly-error').first().waitFor({ state: 'hidden' });
    await hand.save();
    await eventually(async () => assert.match(await saved(), /\n {4}headers: \{\}/));
    await hand.rewrite(requestsText);

    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      if (theme === 'dark') await workbench.preferScheme('dark');
      if (theme === 'high-contrast') await useHighContrast(page);
      await hand.goTo(6, 13);
      await hand.chord('K', 'I');
      const hover = page.locator('.monaco-hover:visible').filter({ hasText: api.origin }).first();
      await hover.waitFor();
      await shot(`5-hover-${theme}`);
      await page.keyboard.press('Escape');
      await hand.typeAtEnd('\n    ');
      await page.keyboard.press('ControlOrMeta+Space');
      assert.ok((await hand.suggestions()).includes('headers'));
      // They open by themselves where they were open before, a moment later: the key would close them then.
      await eventually(async () => {
        const details = page.locator('.suggest-details:visible').first();
        if (!(await details.isVisible())) await page.keyboard.press('ControlOrMeta+Space');
        await details.waitFor({ timeout: 2_000 });
      }, 40_000);
      await shot(`6-completion-${theme}`);
      await hand.rewrite(requestsText);
    }

    // What leaves for where is asked once; then everything is sent, each after what it needs.
    await workbench.clickCodeLens('Send');
    assert.match(await modal.text(), new RegExp(api.origin.replaceAll('.', '\\.')));
    await shot('7-release');
    await workbench.webview('latchkey.latchkey').getByRole('heading', { name: 'Waiting for your answer' }).waitFor();
    await modal.click('Allow');
    await workbench.quickInput.enter('canary-key');
    await workbench.webview('latchkey.latchkey').getByText('o-1').first().waitFor();
    await workbench.clickCodeLens('Send all');
    await notifications
      .withText(/Sending all of/)
      .first()
      .waitFor();
    await shot('8-send-all');
    api.release();
    await page
      .locator('.tab', { hasText: /Results|Send all/i })
      .first()
      .waitFor();
    await shot('9-results');

    // What draws a PDF is loaded with the first one, into a page that may load and start next to nothing.
    await workbench.openFile('invoice.http.yaml');
    await workbench.clickCodeLens('Send');
    await workbench.webview('latchkey.latchkey').getByText('Invoice 2026-0042').waitFor();
    await shot('10-pdf');
  });
});

/** As an operating system tells that it is wanted. */
async function useHighContrast(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await page.locator('.monaco-workbench.hc-black').waitFor();
}

/** Somebody at the keyboard of the open editor. */
class Hand {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goToEnd(): Promise<void> {
    await this.#page.locator('.editor-instance .view-lines').first().click();
    await this.#page.keyboard.press('ControlOrMeta+End');
  }

  /** Types behind the last line that says something; a line break keeps its indentation. */
  async typeAtEnd(text: string): Promise<void> {
    await this.goToEnd();
    await this.#page.keyboard.press('ArrowUp');
    await this.#page.keyboard.press('End');
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.#page.keyboard.press('Enter');
      await this.#page.keyboard.type(line.trimStart());
    }
  }

  async goTo(line: number, column: number): Promise<void> {
    await this.#page.keyboard.press('Control+G');
    await this.#page.keyboard.type(`${line}:${column}`);
    await this.#page.keyboard.press('Enter');
  }

  async chord(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(`ControlOrMeta+${key}`);
  }

  /** What the open list offers. */
  async suggestions(): Promise<readonly string[]> {
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((all) => all.map((row) => (row.getAttribute('aria-label') ?? '').split(',', 1)[0] ?? ''));
  }

  /** Pastes a text over everything. */
  async rewrite(text: string): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#page.keyboard.press('Escape');
    await this.copy(text);
    await eventually(async () => {
      // A click might meet a lens or a link.
      await this.#page.keyboard.press('ControlOrMeta+1');
      await this.#page.keyboard.press('ControlOrMeta+A');
      await this.#page.keyboard.press('ControlOrMeta+V');
      // VS Code gives a paste up when the cursor moves before it is done.
      await eventually(async () => assert.ok(text.trimEnd().endsWith(await this.#shown())), 2_000).catch(
        () => undefined,
      );
      // The end is on show after it, and the beginning need not be.
      await this.#page.keyboard.press('ControlOrMeta+Home');
      await eventually(async () => assert.equal(await this.#shown(), text.trimEnd()), 2_000);
    }, 20_000);
    await this.#page.keyboard.press('ControlOrMeta+End');
  }

  copy(text: string): Promise<void> {
    return this.#page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /** The visible lines, which are not in order in the page. */
  async #shown(): Promise<string> {
    const lines = await this.#page.locator('.editor-instance .view-line').evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
        .sort((one, other) => one.top - other.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return lines.join('\n').trimEnd();
  }

  async save(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+S');
  }
}
