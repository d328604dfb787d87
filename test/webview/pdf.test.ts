import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axeAudit } from '../helpers/axeAudit';
import { launchBrowser } from '../helpers/browser';
import { eventually } from '../helpers/eventually';
import { encryptedPdf, endlessPdf, hostilePdf, invoice, laboriousPdf, numberedPages, pdf } from '../helpers/samplePdf';
import { RunnerPage } from './runnerPage';
import { PROFILE, responseSample } from './samples';
import type { ViewPageOptions } from './viewPage';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function open(bytes: Uint8Array, options: ViewPageOptions = {}): Promise<RunnerPage> {
  const runner = await RunnerPage.open(browser, options);
  await show(runner, bytes);
  return runner;
}

async function show(runner: RunnerPage, bytes: Uint8Array, id = 'exchange-1'): Promise<void> {
  const { model, body } = await responseSample({ id, contentType: 'application/pdf', text: bytes });
  await runner.show(model, body);
}

const pageOf = (page: Page, label: string): ReturnType<Page['locator']> => page.getByRole('group', { name: label });

/** How many pixels of the page's picture are dark. */
function darkPixels(page: Page, label: string): Promise<number> {
  return pageOf(page, label)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return data.filter((value, index) => index % 4 === 0 && value < 128).length;
    });
}

async function isInSight(text: ReturnType<Page['getByText']>): Promise<boolean> {
  const view = await text.page().getByRole('region', { name: 'PDF' }).boundingBox();
  const box = await text.boundingBox();
  return view !== null && box !== null && box.y >= view.y && box.y + box.height <= view.y + view.height;
}

/** What is marked as found on the pages that are drawn. */
function marked(page: Page): Promise<{ readonly all: number; readonly current: string | undefined }> {
  return page.evaluate(() => {
    const [current] = CSS.highlights.get('latchkey-match-current') ?? [];
    return {
      all: CSS.highlights.get('latchkey-match')?.size ?? 0,
      current: current instanceof Range ? current.toString().toLowerCase() : undefined,
    };
  });
}

void test('what draws PDFs is loaded with the first one, and once', async () => {
  await using runner = await RunnerPage.open(browser);
  const scripts: string[] = [];
  runner.page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
  });
  const { model, body } = await responseSample({ text: PROFILE });
  await runner.show(model, body);
  assert.deepEqual(scripts, []);
  for (const id of ['one', 'two']) {
    await show(runner, pdf([{ lines: [`Document ${id}`] }]), id);
    await runner.page.getByText(`Document ${id}`).waitFor();
  }
  assert.deepEqual(scripts, ['/pdf.js']);
});

void test('what could not be loaded is tried again', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await page.route('**/pdf.js', (route) => route.abort());
  await show(runner, pdf([{ lines: ['After all'] }]));
  await page.getByText('What draws PDFs could not be loaded').waitFor();
  await page.unroute('**/pdf.js');
  await page.getByRole('button', { name: 'Hex' }).click();
  await page.getByRole('button', { name: 'PDF' }).click();
  await page.getByText('After all').waitFor();
});

void test('pages are drawn near what is in sight only, and the reader is told where they are', async () => {
  await using runner = await open(pdf(numberedPages(300)));
  const { page } = runner;
  await page.getByText('1 of 300', { exact: true }).waitFor();
  await page.getByText('Chapter 1', { exact: true }).waitFor();
  assert.ok((await darkPixels(page, 'Page 1 of 300')) > 100, 'it is drawn');
  await page.getByRole('region', { name: 'PDF' }).focus();
  await page.keyboard.press('End');
  await page.getByText('Line 30 of chapter 300').waitFor();
  await page.getByText('300 of 300', { exact: true }).waitFor();
  assert.ok((await page.locator('latchkey-pdf canvas').count()) < 8);
  assert.equal(await pageOf(page, 'Page 1 of 300').count(), 0);
  await eventually(async () => {
    const kept = await page.evaluate(() => sessionStorage.getItem('state'));
    assert.match(kept ?? '', /"row":29\d/);
  });
  await runner.reload();
  await page.getByText('Line 30 of chapter 300').waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('text can be selected and copied as it reads', async () => {
  await using runner = await open(pdf(numberedPages(2)), { width: 760 });
  const { page } = runner;
  const first = page.getByText('Line 1 of chapter 1:');
  await first.waitFor();
  const from = await first.boundingBox();
  const to = await page.getByText('Line 3 of chapter 1:').boundingBox();
  assert.ok(from && to);
  await page.mouse.move(from.x + 1, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width - 1, to.y + to.height / 2, { steps: 5 });
  await page.mouse.up();
  const selected = await page.evaluate(() => getSelection()?.toString() ?? '');
  assert.deepEqual(
    selected.split('\n').filter((line) => line !== ''),
    [1, 2, 3].map((line) => `Line ${line} of chapter 1: quick brown foxes jump.`),
  );
});

void test('text is found on any page, by key, from the page in sight on and round the end', async () => {
  await using runner = await open(pdf(numberedPages(300)), { width: 760 });
  const { page } = runner;
  await page.getByText('Chapter 1', { exact: true }).waitFor();
  const passedOn = await page.evaluateHandle(() => {
    const keys: string[] = [];
    window.addEventListener('keydown', ({ key }) => keys.push(key));
    return keys;
  });
  await page.keyboard.press('ControlOrMeta+f');
  assert.ok(!(await passedOn.jsonValue()).includes('f'), 'VS Code would open the search of the editor beside');
  const field = page.getByRole('textbox', { name: 'Find in body' });
  await field.fill('OF CHAPTER 250: QUICK');
  await page.getByText('1 of 30', { exact: true }).waitFor();
  await page.getByText('250 of 300', { exact: true }).waitFor();
  const first = page.getByText('Line 1 of chapter 250:');
  await first.waitFor();
  assert.ok(await isInSight(first));
  assert.deepEqual(await marked(page), { all: 29, current: 'of chapter 250: quick' });
  await field.press('Shift+Enter');
  await page.getByText('30 of 30', { exact: true }).waitFor();
  await eventually(async () => assert.ok(await isInSight(page.getByText('Line 30 of chapter 250:'))));
  await field.fill('chapter 1:');
  await page.getByText('Line 1 of chapter 1:').waitFor();
  await field.fill('foxes jump. line 2 of chapter 7:');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await page.getByText('7 of 300', { exact: true }).waitFor();
  await field.fill('nowhere');
  await page.getByText('No results').waitFor();
  assert.deepEqual(await axeAudit(page), []);
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  assert.deepEqual(await marked(page), { all: 0, current: undefined });
  await page.keyboard.press('End');
  await page.getByText('300 of 300', { exact: true }).waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('pages fit the width, and are larger or smaller by button and by key', async () => {
  await using runner = await open(pdf(numberedPages(3)), { width: 640 });
  const { page } = runner;
  const text = page.getByText('Chapter 1', { exact: true });
  await text.waitFor();
  const width = async (): Promise<number> => Math.round((await pageOf(page, 'Page 1 of 3').boundingBox())?.width ?? 0);
  const fitted = await width();
  assert.ok(fitted > 560 && fitted < 640, `${fitted} pixels`);
  const textWidth = async (): Promise<number> => (await text.boundingBox())?.width ?? 0;
  const before = await textWidth();
  await page.getByRole('button', { name: 'Fit to width' }).click();
  await page.getByText('100%').waitFor();
  assert.equal(await width(), 793);
  await page.getByRole('region', { name: 'PDF' }).focus();
  for (const key of ['+', '+', '+']) await page.keyboard.press(key);
  await page.getByText('150%').waitFor();
  assert.equal(await width(), 1190);
  assert.ok(Math.abs((await textWidth()) / before - 1190 / fitted) < 0.02, 'the text lies on its picture');
  await eventually(async () =>
    assert.equal(
      await pageOf(page, 'Page 1 of 3')
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.width),
      1190,
    ),
  );
  await page.keyboard.press('-');
  await page.getByText('125%').waitFor();
  await page.keyboard.press('0');
  assert.equal(await width(), fitted);
  await page.setViewportSize({ width: 480, height: 640 });
  await eventually(async () => assert.ok((await width()) < 470));
});

void test('pages of other sizes each have their own, and the place stays when they become known', async () => {
  const pages = numberedPages(8).map((each, index) =>
    index % 2 === 0 ? each : { ...each, size: [842, 595] as const },
  );
  await using runner = await open(pdf(pages));
  const { page } = runner;
  await page.getByText('Chapter 1', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'PDF' }).focus();
  await page.keyboard.press('End');
  await page.getByText('Line 25 of chapter 8').waitFor();
  const box = await pageOf(page, 'Page 8 of 8').boundingBox();
  assert.ok(box && box.width > box.height);
});

void test('what cannot be shown is told in words', async () => {
  const whole = pdf(numberedPages(3));
  await using runner = await open(encryptedPdf());
  const { page } = runner;
  await page.getByText('It is protected by a password').waitFor();
  await show(runner, Buffer.from('%PDF-1.7\nnothing of the kind'), 'broken');
  await page.getByText('It is damaged').waitFor();
  await show(runner, Buffer.concat([whole, Buffer.alloc(129 * 1024 * 1024)]), 'large');
  await page.getByText('up to 134 MB are drawn').waitFor();
  await show(runner, whole.subarray(0, whole.length * 0.6), 'truncated');
  await page.getByText('It is damaged').waitFor();
  const oneLost = Buffer.from(whole).toString('latin1').replace('/Kids [6 0 R 8 0 R', '/Kids [6 0 R 7 0 R');
  await show(runner, Buffer.from(oneLost, 'latin1'), 'one page lost');
  await pageOf(page, 'Page 2 of 2').getByText('This page is damaged').waitFor();
  await page.getByText('Chapter 1', { exact: true }).waitFor();
  assert.deepEqual(await axeAudit(page), []);
  assert.deepEqual(runner.problems, []);
});

void test('nothing in a PDF runs, loads or leads away', async () => {
  await using runner = await open(hostilePdf());
  const { page } = runner;
  await page.getByText('A hostile page').click();
  await page.getByText('with a link over all of it').waitFor();
  await page.mouse.click(150, 400);
  await runner.settle();
  assert.equal(await page.title(), 'Latchkey Runner');
  assert.equal(await page.locator('latchkey-pdf a, latchkey-pdf input, latchkey-pdf button.pdf').count(), 0);
  assert.equal(page.context().pages().length, 1);
  assert.deepEqual(runner.problems, [], 'nothing was even tried');
});

void test('a page that is drawn without end is left out after half a minute, and others are shown', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await page.clock.install();
  await show(runner, endlessPdf());
  await pageOf(page, 'Page 1 of 2').locator('canvas').waitFor({ state: 'attached' });
  await page.clock.fastForward(31_000);
  await pageOf(page, 'Page 1 of 2').getByText('This page has too much in it').waitFor();
  await page.getByText('Harmless').waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('a page that has too much in it is left out before it fills the memory', async () => {
  await using runner = await open(laboriousPdf());
  await pageOf(runner.page, 'Page 1 of 2').getByText('This page has too much in it').waitFor();
  await runner.page.getByText('Harmless').waitFor();
});

void test('threads end with what they draw, even when they are busy', async () => {
  await using runner = await open(endlessPdf());
  const { page } = runner;
  await eventually(() => assert.equal(page.workers().length, 2));
  await page.getByRole('button', { name: 'Hex' }).click();
  await eventually(() => assert.equal(page.workers().length, 0));
  await page.getByRole('button', { name: 'PDF' }).click();
  await page.locator('latchkey-pdf .page').first().waitFor();
  const { model, body } = await responseSample({ id: 'other', text: PROFILE });
  await runner.show(model, body);
  await eventually(() => assert.equal(page.workers().length, 0));
});

void test('a file that shows no sign of life for half a minute is given up', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  await page.clock.install();
  const { model, body } = await responseSample({ contentType: 'application/pdf', text: invoice() });
  assert.ok(body);
  Object.assign(body, { bytes: () => new Promise(() => undefined) });
  await runner.show(model, body);
  await eventually(() => assert.ok(runner.sent.some(({ type }) => type === 'requestBytes')));
  await page.clock.fastForward(31_000);
  await page.getByText('It cannot be read in reasonable time').waitFor();
  await eventually(() => assert.equal(page.workers().length, 0));
});
