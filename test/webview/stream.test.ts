import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { StreamView } from '../../src/shared/viewModel';
import { launchBrowser } from '../helpers/browser';
import { eventually } from '../helpers/eventually';
import { axeAudit } from '../helpers/axeAudit';
import { RunnerPage } from './runnerPage';
import { modelWith, PROFILE, responseSample } from './samples';
import { chat, prices, type StreamSample } from './streamSamples';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

test('events come as rows, the list follows its end until somebody scrolls', async () => {
  await using runner = await RunnerPage.open(browser);
  const stream = prices(200);
  const { model, body } = await stream.sample();
  await runner.show(model, body, stream.exchange);
  const rows = runner.page.locator('latchkey-stream-list .row');
  await eventually(async () => assert.equal(await rows.count(), 200));
  const list = runner.page.locator('latchkey-stream-list .list');
  const fromEnd = (): Promise<number> =>
    list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await eventually(async () => assert.ok((await fromEnd()) < 8));
  stream.add('{"last":1}');
  await eventually(async () => assert.equal(await rows.count(), 201));
  await eventually(async () => assert.ok((await fromEnd()) < 8));
  await list.evaluate((element) => (element.scrollTop = 0));
  await runner.page.getByRole('button', { name: 'Jump to the latest' }).waitFor();
  stream.add('{"last":2}');
  await eventually(async () => assert.equal(await rows.count(), 202));
  assert.equal(await list.evaluate((element) => element.scrollTop), 0);
  await runner.page.getByRole('button', { name: 'Jump to the latest' }).click();
  await eventually(async () => assert.ok((await fromEnd()) < 8));
  assert.deepEqual(runner.problems, []);
});

test('an event opens by the keyboard, laid out and masked; very many stay bounded', async () => {
  await using runner = await RunnerPage.open(browser);
  const stream = prices(1500);
  stream.add('{"token":"the-very-secret-token"}');
  const { model, body } = await stream.sample();
  await runner.show(model, body, stream.exchange);
  const rows = runner.page.locator('latchkey-stream-list .row');
  await eventually(async () => assert.equal(await rows.count(), 1000));
  await runner.page.getByText(/are not shown any more/).waitFor();
  await rows.last().focus();
  await runner.page.keyboard.press('ArrowUp');
  await runner.page.keyboard.press('Enter');
  const opened = runner.page.locator('latchkey-stream-list pre');
  await eventually(async () => assert.match((await opened.textContent()) ?? '', /\n {2}"price": 1599/));
  await runner.page.keyboard.press('End');
  await runner.page.keyboard.press('Enter');
  await eventually(async () => assert.match((await opened.last().textContent()) ?? '', /••••••/));
  assert.ok(!(await runner.page.content()).includes('very-secret'));
  assert.ok(!JSON.stringify(runner.posted).includes('very-secret'));
});

test('a message is sent with Ctrl+Enter, and does not send the request', async () => {
  await using runner = await RunnerPage.open(browser);
  const stream = chat();
  const { model, body } = await stream.sample();
  await runner.show(model, body, stream.exchange);
  await runner.page.getByRole('tab', { name: 'Messages' }).waitFor();
  const box = runner.page.getByRole('textbox', { name: 'Message' });
  await box.fill('hello');
  await box.press('Control+Enter');
  await eventually(() => assert.deepEqual(stream.typed, ['hello']));
  await runner.page.locator('.sent .text', { hasText: 'hello' }).waitFor();
  assert.deepEqual(runner.calls, []);
  assert.equal(await box.inputValue(), '');
  await runner.page.getByRole('button', { name: 'Stop' }).click();
  await eventually(() => assert.deepEqual(runner.calls, ['cancel']));
  assert.deepEqual(await axeAudit(runner.page), []);
});

test('after a reload all rows are there again; an ordinary response shows its body', async () => {
  await using runner = await RunnerPage.open(browser);
  const stream = prices(3);
  const { model, body } = await stream.sample({ text: 'The server ended it.', isGood: true });
  await runner.show(model, body, stream.exchange);
  await runner.reload();
  const rows = runner.page.locator('latchkey-stream-list .row');
  await eventually(async () => assert.equal(await rows.count(), 3));
  await runner.page.getByText('The server ended it.').waitFor();
  const next = await responseSample({ id: 'exchange-2', text: PROFILE });
  await runner.show(next.model, next.body);
  await runner.page.getByRole('tab', { name: 'Body', selected: true }).waitFor();
  assert.equal(await runner.page.getByRole('tab', { name: 'Events' }).count(), 0);
});

test('a message that is not sent yet outlives its connection, other requests and a reload', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const show = async (stream: StreamSample, ending?: StreamView['ending']): Promise<void> => {
    const { model, body } = await stream.sample(ending);
    await runner.show(model, body, stream.exchange);
  };
  const box = page.getByRole('textbox', { name: 'Message' });
  const first = chat();
  await show(first);
  await box.fill('half a thought');
  await show(first, { text: 'The server closed it.', isGood: true });
  assert.equal(await box.inputValue(), 'half a thought');
  assert.equal(await page.getByRole('button', { name: 'Send Message' }).count(), 0);
  await page.getByText('The connection is closed. Send (Ctrl+Enter) opens it again').waitFor();
  assert.deepEqual(await axeAudit(page), []);
  await box.press('Control+Enter');
  await eventually(() => assert.deepEqual(runner.calls, ['send showProfile']));

  await runner.show(modelWith({ request: { name: 'other', method: 'GET', url: '/', description: undefined } }));
  await box.waitFor({ state: 'detached' });
  await runner.reload();
  const second = chat('exchange-2');
  await show(second);
  await eventually(async () => assert.equal(await box.inputValue(), 'half a thought'));
  await box.press('Control+Enter');
  await eventually(() => assert.deepEqual(second.typed, ['half a thought']));
  await show(second, { text: 'The server closed it.', isGood: true });
  await box.waitFor({ state: 'detached' });
  assert.deepEqual(runner.problems, []);
});
