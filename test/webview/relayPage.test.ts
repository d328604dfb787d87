import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { relaySchemes, relayState } from '../../src/core/oauth/relayState';
import { launchBrowser } from '../helpers/browser';
import { startQuirkServer, type QuirkServer } from '../helpers/oauth/quirkServer';
import { repositoryRoot } from '../helpers/repository';

const random = 'aZ09_-'.repeat(8).slice(0, 43);

/** A page that has been opened, and what happened on it. */
interface Visit {
  readonly page: Page;
  /** Where the page's links were followed to. */
  readonly forwarded: readonly string[];
  readonly requested: readonly string[];
  readonly complaints: readonly string[];
}

suite('the relay page', () => {
  let browser: Browser;
  let server: QuirkServer;
  before(async () => {
    const html = readFileSync(path.join(repositoryRoot, 'media', 'relay', 'index.html'), 'utf8');
    server = await startQuirkServer({
      '/relay': () => ({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: html }),
      '/frame': () => ({ body: `<iframe src="/relay?code=c&state=${relayState(random, 'vscode')}"></iframe>` }),
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  async function visit(query: string, address = '/relay'): Promise<Visit> {
    const page = await browser.newPage();
    const [forwarded, requested, complaints]: [string[], string[], string[]] = [[], [], []];
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.exposeFunction('follow', (href: string) => forwarded.push(href));
    // Headless browsers do not say that they would open another program, so the click is caught before.
    await page.addInitScript(() => {
      addEventListener('click', (event) => {
        if (!(event.target instanceof HTMLAnchorElement)) return;
        event.preventDefault();
        (window as unknown as { follow(href: string): void }).follow(event.target.href);
      });
    });
    await page.goto(`${server.origin}${address}${query}`);
    return { page, forwarded, requested, complaints };
  }

  for (const scheme of relaySchemes) {
    test(`forwards to ${scheme}, and only to Latchkey there [A8 R2]`, async () => {
      const query = `?code=a%2Bb&state=${relayState(random, scheme)}&iss=https%3A%2F%2Flogin.example`;
      const { page, forwarded, requested, complaints } = await visit(query);
      await page.getByRole('heading', { name: 'Back to the editor' }).waitFor();
      assert.deepEqual(forwarded, [`${scheme}://latchkey.latchkey/callback${query}`]);
      assert.deepEqual(requested, [`${server.origin}/relay${query}`]);
      assert.deepEqual(complaints, [], 'the policy lets its own style and script through');
      await page.getByRole('link', { name: /^Open / }).click();
      assert.equal(forwarded.length, 2, 'again, by hand');
      await page.close();
    });
  }

  for (const [what, state] of [
    ['no editor', random],
    ['a web address', `${random}.https`],
    ['a script', `${random}.javascript`],
    ['an editor that it does not know', `${random}.evil`],
    ['a name of JavaScript’s own', `${random}.constructor`],
    ['another way of writing', `${random}.VSCODE`],
    ['more than a name', `${random}.vscode://evil.example/`],
    ['a path', `${random}.vscode/../../evil`],
    ['a line break', `${random}.vscode%0A`],
    ['two names', `${random}.evil.vscode`],
    ['too short a random part', 'short.vscode'],
    ['two states', `${random}.vscode&state=${random}.cursor`],
  ] as const) {
    test(`a state with ${what} forwards nowhere: the address is for pasting [A8]`, async () => {
      const { page, forwarded } = await visit(`?code=c0de&state=${state}`);
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
      assert.deepEqual(forwarded, []);
      assert.equal(await page.getByLabel('Address').inputValue(), `${server.origin}/relay?code=c0de&state=${state}`);
      await page.close();
    });
  }

  test('a refusal comes back too, and nothing of it becomes part of the page [R9]', async () => {
    const refusal = `?error=access_denied&error_description=<img src=x onerror=alert(1)>&state=${random}`;
    const { page, complaints, requested } = await visit(refusal);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    assert.equal(await page.locator('img').count(), 0);
    assert.deepEqual([complaints, requested.length], [[], 1]);
    await page.close();
    const known = await visit(`${refusal}.vscode`);
    await known.page.getByRole('heading', { name: 'Back to the editor' }).waitFor();
    assert.match(known.forwarded[0] ?? '', /^vscode:\/\/latchkey\.latchkey\/callback\?error=access_denied&/);
    await known.page.close();
  });

  test('the code is in neither address bar nor history, and can be copied with its address [R8]', async () => {
    const { page } = await visit(`?code=c0de&state=${random}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, `${server.origin}/relay?code=c0de&state=${random}`);
    assert.equal(page.url(), `${server.origin}/relay`);
    const session = await page.context().newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    assert.ok(entries.every(({ url }) => !url.includes('c0de')));
    await page.reload();
    await page.getByRole('heading', { name: 'Nothing to do here' }).waitFor();
    await page.close();
  });

  test('does nothing without an answer, or inside another page', async () => {
    for (const query of ['', '?', `?state=${relayState(random, 'vscode')}`]) {
      const { page, forwarded } = await visit(query);
      await page.getByRole('heading', { name: 'Nothing to do here' }).waitFor();
      assert.deepEqual(forwarded, []);
      await page.close();
    }
    const { page, forwarded } = await visit('', '/frame');
    await page.frameLocator('iframe').getByRole('heading', { name: 'Nothing to do here' }).waitFor();
    assert.deepEqual(forwarded, []);
    await page.close();
  });

  test('knows the same editors as the extension', () => {
    const html = readFileSync(path.join(repositoryRoot, 'media', 'relay', 'index.html'), 'utf8');
    const listed = [...html.matchAll(/\['([a-z-]+)', '[^']+'\]/g)].map(([, scheme]) => scheme);
    assert.deepEqual(listed, [...relaySchemes]);
  });
});
