import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { AuthView, RunState } from '../../src/shared/viewModel';
import { launchBrowser } from '../helpers/browser';
import { eventually } from '../helpers/eventually';
import { RunnerPage } from './runnerPage';
import { editSample, modelWith, PROFILE, responseSample } from './samples';
import { chat, prices } from './streamSamples';

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

void test('a button that sends and goes away with what it was for leaves the focus on Send, which becomes Cancel', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const failed = { code: 'http.refused', message: 'Refused.', next: 'Start it.' };
  const states: Readonly<Record<string, RunState>> = {
    Send: { kind: 'idle' },
    'Send Again': { kind: 'cancelled', sent: undefined },
    'Try Again': {
      kind: 'failure',
      failure: { ...failed, action: { action: 'retry', label: 'Try Again' } },
      sent: undefined,
    },
  };
  for (const [name, state] of Object.entries(states)) {
    await runner.show(modelWith({ state }));
    await page.locator('main').getByRole('button', { name, exact: true }).press('Enter');
    assert.deepEqual(await focused(page), ['latchkey-runner', 'button#send'], name);
    await eventually(() => assert.equal(runner.calls.pop(), 'send showProfile'));
    await runner.show(modelWith({ state: { kind: 'sending', startedAt: Date.now() } }));
    await page.locator('main[data-state=sending]').waitFor();
    assert.equal(
      await page.getByRole('button', { name: 'Cancel' }).evaluate((button) => button.matches(':focus')),
      true,
    );
  }
  const { model, body } = await responseSample({ text: PROFILE });
  await runner.show(model, body);
  assert.deepEqual(await focused(page), ['latchkey-runner', 'button#send']);
});

void test('whoever sends from within a response is at Cancel while it takes its time, and then back in the response', async () => {
  const places: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    'latchkey-row-list': (page) => page.locator('latchkey-row-list .scroller').focus(),
    'button#tab-body': (page) => page.getByRole('button', { name: 'Raw' }).focus(),
  };
  const sending = modelWith({ state: { kind: 'sending', startedAt: Date.now() } });
  for (const [place, focus] of Object.entries(places)) {
    await using runner = await RunnerPage.open(browser);
    const { page } = runner;
    const first = await responseSample({ text: PROFILE });
    await runner.show(first.model, first.body);
    await focus(page);
    await page.keyboard.press('Control+Enter');
    await runner.show(sending);
    await page.locator('main[data-state=sending]').waitFor();
    assert.deepEqual(await focused(page), ['latchkey-runner', 'button#send']);
    const next = await responseSample({ id: 'exchange-2', text: PROFILE });
    await runner.show(next.model, next.body);
    await eventually(async () => assert.equal((await focused(page))[1], place));

    // Nobody is fetched back from where they went.
    await page.keyboard.press('Control+Enter');
    await runner.show(sending);
    await page.locator('main[data-state=sending]').waitFor();
    await page.getByRole('combobox', { name: 'Choose a request' }).focus();
    await runner.show(first.model, first.body);
    await page.locator('main[data-state=response]').waitFor();
    await runner.settle();
    assert.equal((await focused(page))[1], 'latchkey-request-picker');
  }
});

void test('the focus stays on the button of the account, and on that of an empty runner, while people sign in', async () => {
  const connection = 'example';
  const states: readonly AuthView[] = [
    { kind: 'notSignedIn', connection },
    { kind: 'signingIn', connection },
    { kind: 'signedIn', connection, account: 'alice', expiresAt: undefined, refreshable: true, endsAt: undefined },
    { kind: 'signInAgain', connection, account: 'alice' },
    { kind: 'notSignedIn', connection },
  ];
  for (const place of ['.chips', 'main']) {
    await using runner = await RunnerPage.open(browser);
    await runner.show(modelWith({ auth: { kind: 'notSignedIn', connection }, state: { kind: 'idle' } }));
    const button = runner.page.locator(place).getByRole('button', { name: `Sign In to ${connection}` });
    await button.focus();
    for (const auth of states) {
      await runner.show(modelWith({ auth, state: { kind: 'idle' } }));
      assert.deepEqual(await focused(runner.page), ['latchkey-runner', 'button'], `${place} ${auth.kind}`);
    }
    assert.equal(await button.evaluate((element) => element.matches(':focus')), true);
    assert.deepEqual(runner.calls, []);
  }
});

void test('whoever chooses another request while fields are open stays at the list of requests', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await runner.show(modelWith({}));
  await page.getByRole('button', { name: 'Edit request' }).click();
  await page.getByRole('textbox', { name: 'URL' }).waitFor();
  await page.getByRole('combobox', { name: 'Choose a request' }).focus();
  await runner.show(modelWith({ request: { name: 'other', method: 'GET', url: '/', description: undefined } }));
  await page.getByRole('textbox', { name: 'URL' }).waitFor({ state: 'detached' });
  await runner.settle();
  assert.equal((await focused(page))[1], 'latchkey-request-picker');
});

void test('fields that show the new text have the focus', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await runner.show(modelWith({}));
  await page.getByRole('button', { name: 'Edit request' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill('/mine');
  await runner.fileChanges({ base: '2', written: { ...editSample.written, url: '/second' } });
  await page.getByRole('button', { name: 'Show the New Text' }).press('Enter');
  await runner.settle();
  await page.keyboard.type('x');
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).inputValue(), '/secondx');
});

void test('the focus stays in a stream whose rows go, and when its box and buttons do', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const stream = prices(1000);
  const { model, body } = await stream.sample();
  await runner.show(model, body, stream.exchange);
  const rows = page.locator('latchkey-stream-list .row');
  const inFocus = page.locator('latchkey-stream-list .row[tabindex="0"]:focus');
  await rows.nth(1).click();
  for (let count = 0; count < 20; count++) stream.add('{}');
  await eventually(async () => assert.equal(await rows.first().getAttribute('data-index'), '20'));
  await inFocus.and(rows.first()).waitFor();
  await page.getByRole('button', { name: 'Jump to the latest' }).press('Enter');
  await inFocus.and(rows.last()).waitFor();

  const socket = chat();
  const open = await socket.sample();
  await runner.show(open.model, open.body, socket.exchange);
  await page.getByRole('textbox', { name: 'Message' }).focus();
  const closed = await socket.sample({ text: 'The server closed it.', isGood: true });
  await runner.show(closed.model, closed.body, socket.exchange);
  await page.getByRole('textbox', { name: 'Message' }).waitFor({ state: 'detached' });
  await inFocus.and(rows.last()).waitFor();
});
