import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../helpers/browser';
import { RunnerPage } from './runnerPage';
import { modelWith, PROFILE, responseSample } from './samples';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

/** People go on in the editor beside: a page that asks for the focus now would take it away from there. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.hasFocus = () => false;
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (at instanceof HTMLElement) at.blur();
  });
}

/** The names of what has the focus, from the outermost element inwards; none where nothing has. */
function focused(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const names: string[] = [];
    for (let at = document.activeElement; at && at !== document.body; at = at.shadowRoot?.activeElement ?? null) {
      names.push(at.id === '' ? at.localName : `${at.localName}#${at.id}`);
    }
    return names;
  });
}

void test('a response that comes while people write in the editor takes nothing away from them', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const first = await responseSample({ text: PROFILE });
  await runner.show(first.model, first.body);
  await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find in body' }).waitFor();
  await leave(page);
  await runner.show(modelWith({ state: { kind: 'sending', startedAt: Date.now() } }));
  await page.locator('main[data-state=sending]').waitFor();
  const next = await responseSample({ id: 'exchange-2', text: PROFILE });
  await runner.show(next.model, next.body);
  await page.getByRole('textbox', { name: 'Find in body' }).waitFor();
  await page.locator('.row').first().waitFor();
  await runner.settle();
  assert.deepEqual(await focused(page), []);
});

void test('an edit that ends because the cursor went to another request leaves the focus with the editor', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await runner.show(modelWith({}));
  await page.getByRole('button', { name: 'Edit request' }).click();
  await page.getByRole('textbox', { name: 'URL' }).waitFor();
  await leave(page);
  await runner.show(modelWith({ request: { name: 'other', method: 'GET', url: '/', description: undefined } }));
  await page.getByRole('textbox', { name: 'URL' }).waitFor({ state: 'detached' });
  await runner.settle();
  assert.deepEqual(await focused(page), []);
});

void test('a menu that closes because the focus went elsewhere does not fetch it back', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const { model, body } = await responseSample({ text: PROFILE });
  await runner.show(model, body);
  await page.locator('.row').nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy value' }).waitFor();
  await leave(page);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await page.getByRole('menuitem', { name: 'Copy value' }).waitFor({ state: 'detached' });
  await runner.settle();
  assert.deepEqual(await focused(page), []);
});
