import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { ArrivingBody } from '../helpers/arrivingBody';
import { axeAudit } from '../helpers/axeAudit';
import { launchBrowser } from '../helpers/browser';
import { eventually } from '../helpers/eventually';
import { RunnerPage } from './runnerPage';
import { arrivingModel, orders, PROFILE, responseSample, type Answer } from './samples';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

let opened = 0;

async function open(answer: Answer): Promise<RunnerPage> {
  const runner = await RunnerPage.open(browser);
  // The thread that filters keeps a body by its id, and serves all of these tests.
  const { model, body } = await responseSample({ id: `exchange-${++opened}`, ...answer });
  await runner.show(model, body);
  await runner.page.locator('.row').first().waitFor();
  return runner;
}

const rowsOf = ({ page }: RunnerPage): Promise<string[]> => page.locator('.row .text').allInnerTexts();

void test('nodes are folded and unfolded by keyboard', async () => {
  await using runner = await open({ text: '{"a":{"b":[1,2]},"c":3}' });
  const { page } = runner;
  await page.locator('latchkey-row-list .scroller').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  await page.getByText('6 lines').or(page.getByText('5 lines')).first().waitFor();
  assert.deepEqual(await rowsOf(runner), ['{', '  "a": {…},', '  "c": 3', '}']);
  assert.deepEqual(await axeAudit(page), []);
  await page.keyboard.press('ArrowRight');
  await page.getByText('"b": [').waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  await page.locator('.row', { hasText: '"b": […]' }).waitFor();
});

void test('nodes are folded by mouse, all of them by the button, and by the menu of a row', async () => {
  await using runner = await open({ text: PROFILE });
  const { page } = runner;
  const whole = await rowsOf(runner);
  await page.locator('.row', { hasText: '"roles": [' }).getByTitle('Fold').click();
  await page.getByText('"roles": […],').waitFor();
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await page.getByText('"orders.read"').waitFor();
  assert.deepEqual(await rowsOf(runner), whole);
  await page.getByRole('button', { name: 'Fold all' }).click();
  await page.getByText('"address": {…},').waitFor();
  await page.locator('.row', { hasText: '"address"' }).click({ button: 'right' });
  assert.deepEqual(await axeAudit(page), []);
  await page.getByRole('menuitem', { name: 'Unfold', exact: true }).click();
  await page.getByText('"Oxford"').waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('value and path of a row are copied by menu and keyboard', async () => {
  await using runner = await open({ text: PROFILE });
  const { page } = runner;
  await page.locator('.row', { hasText: '"orders.write"' }).click({ button: 'right' });
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.getByText('Copied').waitFor({ state: 'attached' });
  await page.locator('.row', { hasText: '"balance"' }).click();
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu', { name: 'Line 6' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.row', { hasText: '"street"' }).click();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+c');
  await page.waitForFunction(() => true);
  for (let turn = 0; turn < 50 && runner.clipboard.length < 3; turn++) await runner.settle();
  assert.deepEqual(runner.clipboard, [
    '$.roles[1]',
    '1240.5',
    '{\n  "street": "12 Rabbit Hole Lane",\n  "city": "Oxford",\n  "country": "GB"\n}',
  ]);
});

void test('what is found is unfolded', async () => {
  await using runner = await open({ text: orders(300) });
  const { page } = runner;
  await page.getByRole('button', { name: 'Fold all' }).click();
  await page.getByText('{…},').first().waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('A-000250');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await page.locator('.current', { hasText: 'A-000250' }).waitFor();
  assert.ok((await rowsOf(runner)).includes('  {…},'), 'the others stay folded');
});

void test('a path filters the body while it is typed, says what is wrong with it, and Escape shows all again', async () => {
  await using runner = await open({ text: orders(3000) });
  const { page } = runner;
  await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
  await page.keyboard.type('[?@.id > 2998]["id","total"]');
  await page.getByText('4 found').waitFor();
  assert.deepEqual(await rowsOf(runner), ['[', '  2999,', '  "4498.50",', '  3000,', '  "4500.00"', ']']);
  assert.deepEqual(await axeAudit(page), []);
  await page.getByRole('textbox').fill('$[?@.id >');
  await page.getByText(/^At character 10: /).waitFor();
  assert.equal(await page.getByRole('textbox').getAttribute('aria-invalid'), 'true');
  assert.deepEqual(await axeAudit(page), []);
  await page.getByRole('textbox').fill('$[*]');
  await page.getByText('3,000 found').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('search').count(), 0);
  await page.locator('.row', { hasText: '"reference": "A-000001"' }).waitFor();
  assert.equal(await page.locator('latchkey-row-list .scroller:focus').count(), 1);
  assert.deepEqual(runner.problems, []);
});

void test('a body in a file is folded and filtered as well, outside of this thread', async () => {
  await using arriving = await ArrivingBody.create();
  const line = JSON.stringify({ id: 1, name: 'order', tags: ['a', 'b'] });
  await arriving.arrive(`[${`${line},`.repeat(120_000)}{"id":2}]`);
  await arriving.finish();
  const body = await arriving.open('application/json');
  await using runner = await RunnerPage.open(browser);
  await runner.show(arrivingModel(body, false), body);
  const { page } = runner;
  await page.locator('.row', { hasText: '"tags": [' }).first().getByTitle('Fold').click();
  await page.getByText('"tags": […]').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Unfold all' }).isEnabled(), true);
  await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
  await page.keyboard.type('[?@.id==2]');
  await page.getByText('1 found').waitFor();
  assert.deepEqual(await rowsOf(runner), ['[', '  {', '    "id": 2', '  }', ']']);
  await page.keyboard.press('Escape');
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('End');
  await page.locator('.row', { hasText: '"id": 2' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await page.getByText('Copied').waitFor({ state: 'attached' });
  assert.deepEqual(runner.clipboard, ['$[120000].id']);
});

void test('a path that is typed while a body arrives is looked for when all of it is there', async () => {
  await using arriving = await ArrivingBody.create();
  const line = JSON.stringify({ id: 1, name: 'order', tags: ['a', 'b'] });
  await arriving.arrive(`[${`${line},`.repeat(120_000)}`);
  const body = await arriving.open('application/json');
  await using runner = await RunnerPage.open(browser);
  await runner.show(arrivingModel(body, true), body);
  const { page } = runner;
  await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
  await page.keyboard.type('[?@.id==2]');
  await page.getByText('The path is looked for when all of the body has arrived.').waitFor();
  await arriving.arrive('{"id":2}]');
  await arriving.finish();
  await page.getByText('1 found').waitFor();
});

void test('an XPath filters XML while it is typed: nodes are laid out, values are lines', async () => {
  const order = (id: number): string => `<o:order id="${id}"><sku>A-${id}</sku></o:order>`;
  const xml = `<orders xmlns="urn:s" xmlns:o="urn:o">${[1, 2, 3].map(order).join('')}</orders>`;
  await using runner = await open({ contentType: 'application/xml', text: xml });
  const { page } = runner;
  await page.getByRole('button', { name: 'Filter by XPath' }).click();
  await page.getByText('_: stands for its default namespace').waitFor();
  const field = page.getByRole('textbox', { name: 'Filter by XPath' });
  assert.equal(await field.inputValue(), '/');
  await page.keyboard.type('/o:order[@id>1]');
  await page.getByText('2 found').waitFor();
  await eventually(async () =>
    assert.deepEqual(await rowsOf(runner), [
      '<o:order id="2">',
      '  <sku>A-2</sku>',
      '</o:order>',
      '<o:order id="3">',
      '  <sku>A-3</sku>',
      '</o:order>',
    ]),
  );
  assert.deepEqual(await axeAudit(page), []);
  await page.locator('latchkey-row-list .scroller').focus();
  for (const key of ['ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  await page.locator('.row', { hasText: '<o:order id="2">…</o:order>' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await eventually(() => assert.match(runner.clipboard.at(-1) ?? '', /^<o:order id="2">\n[^]*A-3[^]*<\/o:order>$/));
  await field.fill('//@id');
  await page.getByText('3 found').waitFor();
  await eventually(async () => assert.deepEqual(await rowsOf(runner), ['1', '2', '3']));
  await field.fill('count(//_:sku)');
  await page.getByText('1 found').waitFor();
  await eventually(async () => assert.deepEqual(await rowsOf(runner), ['3']));
  await field.fill('//sku');
  await page.getByText('0 found. Prefixes are those of the body').waitFor();
  await field.fill('//x:sku');
  await page.getByText('the document does not declare the prefix x').waitFor();
  await field.fill('//o:order[');
  await page.getByText(/^At character 11: /).waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await page.keyboard.press('Escape');
  await page.locator('.row', { hasText: '<orders' }).waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('XML that cannot be read says where it stops, in the filter and for paths', async () => {
  await using runner = await open({ contentType: 'text/xml', text: '<a>\n<b>x</b><c>&nbsp;</c></a>' });
  const { page } = runner;
  await page.getByRole('button', { name: 'Filter by XPath' }).click();
  await page.keyboard.type('/b');
  await page.getByText('Line 2, column 12 of the raw XML cannot be read: the entity &nbsp; is not known.').waitFor();
  assert.deepEqual(await axeAudit(page), []);
  await page.keyboard.press('Escape');
  await page.locator('.row', { hasText: '<b>' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await eventually(() => assert.deepEqual(runner.failures, ['response.xmlUnreadable']));
  await page.locator('.row', { hasText: '<c>' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy value' }).click();
  await eventually(() => assert.equal(runner.clipboard.at(-1), '<c>&nbsp;</c>'));
});

void test('XML in a file is laid out, folded and filtered as well, outside of this thread', async () => {
  await using arriving = await ArrivingBody.create();
  const order = (id: number): string => `<order id="${id}"><sku>A-${id}</sku><note/></order>`;
  await arriving.arrive(`<orders>${Array.from({ length: 120_000 }, (_, id) => order(id)).join('\n')}`);
  const body = await arriving.open('application/xml');
  await using runner = await RunnerPage.open(browser);
  await runner.show(arrivingModel(body, true), body);
  const { page } = runner;
  await page.locator('.row', { hasText: '<sku>A-1</sku>' }).waitFor();
  await arriving.arrive('</orders>');
  await arriving.finish();
  await runner.show(arrivingModel(body, false), body);
  await page.locator('.row', { hasText: '<order id="1">' }).getByTitle('Fold').click();
  await page.locator('.row', { hasText: '<order id="1">…</order>' }).waitFor();
  assert.equal(await page.locator('.row .key', { hasText: '<sku' }).first().isVisible(), true);
  await page.getByRole('button', { name: 'Filter by XPath' }).click();
  await page.keyboard.type('/order[@id=119999]');
  await page.getByText('1 found').waitFor();
  await eventually(async () =>
    assert.deepEqual(await rowsOf(runner), ['<order id="119999">', '  <sku>A-119999</sku>', '  <note/>', '</order>']),
  );
  await page.keyboard.press('Escape');
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('End');
  await page.locator('.row', { hasText: 'A-119999' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await eventually(() => assert.equal(runner.clipboard.at(-1), '/orders/order[120000]/sku'));
  assert.deepEqual(runner.problems, []);
});

void test('XML is laid out, coloured and folded as well; its rows give their XPath', async () => {
  const xml = '<!-- all --><orders><order id="1"><sku>A-1</sku></order><order id="2"><sku>B-2</sku></order></orders>';
  await using runner = await open({ contentType: 'application/xml', text: xml });
  const { page } = runner;
  await page.getByText('<sku').first().waitFor();
  assert.equal(await page.locator('latchkey-row-list .row').count(), 9);
  await page.getByText('"1"').click();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.row', { hasText: '<order id="1">…</order>' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await eventually(() => assert.equal(runner.clipboard.at(-1), '/orders/order[1]'));
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy path' }).click();
  await eventually(() => assert.deepEqual(runner.failures, ['response.noElement']));
  assert.deepEqual(await axeAudit(page), []);
});
