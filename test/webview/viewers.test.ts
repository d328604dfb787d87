import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { axeAudit } from '../helpers/axeAudit';
import { eventually } from '../helpers/eventually';
import { launchBrowser } from '../helpers/browser';
import { invoice } from '../helpers/samplePdf';
import { CSV, HOSTILE, png, SVG, wav, ZIP } from './sampleBodies';
import { RunnerPage } from './runnerPage';
import { modelWith, PROFILE, REDIRECTED, responseSample, type Answer } from './samples';
import { auditScope, themes } from './themes';
import type { ThemeName, ViewPageOptions } from './viewPage';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function open(answer: Answer, options: ViewPageOptions = {}): Promise<RunnerPage> {
  const runner = await RunnerPage.open(browser, options);
  const { model, body } = await responseSample(answer);
  await runner.show(model, body);
  return runner;
}

const bodies: Readonly<Record<string, { readonly answer: Answer; readonly ready: string }>> = {
  xml: { answer: { contentType: 'text/xml', text: '<a b="1"><c>d</c></a>' }, ready: 'latchkey-row-list .key' },
  hex: { answer: { contentType: 'application/zip', text: ZIP }, ready: 'latchkey-hex .ascii' },
  image: { answer: { contentType: 'image/png', text: png(40, 30) }, ready: 'latchkey-media img' },
  audio: { answer: { contentType: 'audio/wav', text: wav() }, ready: 'latchkey-media audio' },
  table: { answer: { contentType: 'text/csv', text: CSV }, ready: 'latchkey-table .cell' },
  preview: { answer: { contentType: 'text/markdown', text: '# Hello' }, ready: 'latchkey-preview iframe' },
  pdf: { answer: { contentType: 'application/pdf', text: invoice() }, ready: 'latchkey-pdf .text-layer' },
  'zip said to be text': { answer: { contentType: 'text/plain', text: ZIP }, ready: 'latchkey-hex .ascii' },
};

for (const theme of Object.keys(themes) as ThemeName[]) {
  void test(`every viewer in ${theme} is accessible and keeps to the policy`, async () => {
    await using runner = await open({ text: PROFILE }, { theme });
    for (const [name, { answer, ready }] of Object.entries(bodies)) {
      const { model, body } = await responseSample({ ...answer, id: name });
      await runner.show(model, body);
      await runner.page.locator(ready).first().waitFor();
      assert.deepEqual(await axeAudit(runner.page, auditScope(theme)), [], name);
      assert.deepEqual(runner.problems, [], name);
    }
  });
}

void test('the views of a body are chosen by button and by keyboard, and the choice is kept for its kind', async () => {
  await using runner = await open({ text: PROFILE });
  const { page } = runner;
  const names = await page.getByRole('group', { name: 'View of the body' }).getByRole('button').allInnerTexts();
  assert.deepEqual(names, ['Pretty', 'Raw', 'Hex']);
  await page.getByRole('button', { name: 'Pretty' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.locator('latchkey-hex .row').first().waitFor();
  const csv = await responseSample({ id: 'csv', contentType: 'text/csv', text: CSV });
  await runner.show(csv.model, csv.body);
  await page.locator('latchkey-table .cell').first().waitFor();
  const again = await responseSample({ id: 'again', text: PROFILE });
  await runner.show(again.model, again.body);
  await page.locator('latchkey-hex .row').first().waitFor();
  await runner.reload();
  await page.locator('latchkey-hex .row').first().waitFor();
});

void test('bytes are listed with their offset and characters, to the end of a large body, and no answer is large', async () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, index) => index % 251);
  await using runner = await open({ contentType: 'application/octet-stream', text: bytes }, { width: 760 });
  const { page } = runner;
  const rows = page.locator('latchkey-hex .row');
  await rows.first().getByText('.....').waitFor();
  assert.match(
    (await rows.nth(2).innerText()).replace(/\s+/g, ' '),
    /^00000020 20 21 22 23 24 .* 2f !"#\$%&'\(\)\*\+,-\.\/$/,
  );
  await page.locator('latchkey-hex .scroller').focus();
  await page.keyboard.press('End');
  await page.getByText('002dc6c0', { exact: true }).waitFor();
  await page.locator('latchkey-hex .row', { hasText: '002dc6c0' }).locator('.bytes').waitFor();
  const last = await page.locator('latchkey-hex .row', { hasText: '002dc6c0' }).locator('.bytes').innerText();
  assert.equal(last.trim(), (3_000_000 % 251).toString(16).padStart(2, '0'));
  assert.ok((await rows.count()) < 120);
  const largest = Math.max(...runner.posted.map((message) => JSON.stringify(message).length));
  assert.ok(largest < 100_000, `a message of ${largest} characters`);
});

void test('what is said to be text and is none is said so, and can be seen as bytes and as text', async () => {
  await using runner = await open({ contentType: 'text/plain', text: ZIP });
  const { page } = runner;
  await page.getByText('Said to be text/plain, but these bytes are no text.').waitFor();
  await page.locator('latchkey-hex .row').first().getByText('PK').waitFor();
  await page.getByRole('button', { name: 'Raw' }).click();
  await page.locator('latchkey-row-list .row').first().getByText('PK').waitFor();
});

void test('a picture is drawn from its bytes, with its size, fitted or as it is', async () => {
  await using runner = await open({ contentType: 'image/png', text: png(1200, 900) });
  const { page } = runner;
  await page.getByText('1,200 × 900 pixels').waitFor();
  const image = page.getByRole('img', { name: 'Image, 1,200 × 900 pixels' });
  assert.ok(((await image.boundingBox())?.width ?? 9999) < 480);
  await page.getByRole('button', { name: '100%' }).click();
  assert.equal((await image.boundingBox())?.width, 1200);
  assert.deepEqual(runner.problems, []);
});

void test('an SVG is a picture: nothing in it runs or loads', async () => {
  await using runner = await open({ contentType: 'image/svg+xml', text: SVG });
  const { page } = runner;
  await page.getByText('120 × 80 pixels').waitFor();
  await runner.settle();
  assert.equal(await page.title(), 'Latchkey Runner');
  assert.deepEqual(runner.problems, []);
  await page.getByRole('button', { name: 'Raw' }).click();
  await page.getByText("document.title = 'svg'").first().waitFor();
});

void test('a damaged picture and one that is too large are told in words', async () => {
  await using runner = await open({ contentType: 'image/png', text: png(40, 30).slice(0, 20) });
  await runner.page.getByText('It cannot be shown here').waitFor();
  const large = Buffer.concat([png(2, 2), Buffer.alloc(33 * 1024 * 1024)]);
  const { model, body } = await responseSample({ id: 'large', contentType: 'image/png', text: large });
  await runner.show(model, body);
  await runner.page.getByText('It has 35 MB; up to 34 MB are drawn or played here.').waitFor();
});

void test('what claims to be a picture and is text is shown as text, with a word about it', async () => {
  await using runner = await open({ contentType: 'image/png', text: '{"error":"no such picture"}' });
  await runner.page.getByText('Said to be image/png, but it is text.').waitFor();
  await runner.page.locator('.row .text').first().waitFor();
});

void test('a table has names, cells, and marks for rows that have more or fewer', async () => {
  await using runner = await open({ contentType: 'text/csv', text: CSV }, { width: 760 });
  const { page } = runner;
  await page.getByRole('columnheader', { name: 'balance' }).waitFor();
  await page.getByRole('cell', { name: 'Dodgson, Charles' }).waitFor();
  await page.getByRole('cell', { name: 'say "hello"' }).waitFor();
  await page.getByRole('cell', { name: 'two ⏎ lines' }).waitFor();
  assert.equal(await page.getByTitle('4 cells, where the first row has 5').count(), 1);
  assert.equal(await page.getByTitle('6 cells, where the first row has 5').count(), 1);
  await page.getByRole('button', { name: 'First row has names' }).click();
  await page.getByRole('columnheader', { name: 'Column 4' }).waitFor();
  await page.getByRole('cell', { name: 'balance' }).waitFor();
  await page.locator('latchkey-table .scroller').focus();
  await page.keyboard.press('End');
  await page.getByRole('cell', { name: 'Alice 400' }).waitFor();
});

void test('text is found in the cells of a table, and the one that people are at comes into sight', async () => {
  const note = (row: number): string => (row % 1000 === 999 ? '"The Key, here"' : '');
  const rows = Array.from(
    { length: 5000 },
    (_, row) => `${row},"n ""${row}""",${'w'.repeat(30)},${','.repeat(18)},${note(row)}\n`,
  );
  const text = `id,name,${'wide,'.repeat(20)}note\n${rows.join('')}`;
  await using runner = await open({ contentType: 'text/csv', text }, { width: 760 });
  const { page } = runner;
  const box = page.getByRole('textbox', { name: 'Find in body' });
  const current = page.locator('latchkey-table .cell.current');
  const inSight = (row: number): Promise<void> =>
    eventually(async () => {
      assert.equal(await current.locator('..').getAttribute('aria-rowindex'), String(row));
      assert.deepEqual(await current.locator('.match').allInnerTexts(), ['The Key']);
      const isSeen = await current.evaluate((cell) => {
        const { left, right, top, bottom } = cell.getBoundingClientRect();
        const room = cell.closest('.scroller')?.getBoundingClientRect();
        return room && left >= room.left && right <= room.right + 1 && top > room.top && bottom < room.bottom;
      });
      assert.equal(isSeen, true);
    });
  await page.getByRole('cell', { name: 'n "0"' }).waitFor();
  await page.locator('latchkey-table .scroller').focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('the key');
  await page.getByText('1 of 5', { exact: true }).waitFor();
  await inSight(1001);
  assert.deepEqual(await axeAudit(page), []);
  await page.keyboard.press('Enter');
  await inSight(2001);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await page.getByText('5 of 5', { exact: true }).waitFor();
  await inSight(5001);
  await box.fill('n "42"');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await eventually(async () => assert.equal(await current.innerText(), 'n "42"'));
  await box.fill('wide');
  await page.getByText('1 of 20', { exact: true }).waitFor();
  await eventually(async () => assert.equal(await current.getAttribute('role'), 'columnheader'));
  await box.fill('nowhere');
  await page.getByText('No results').waitFor();
  assert.equal(await page.locator('latchkey-table .found').count(), 0);
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
  assert.equal(await page.locator('latchkey-table .scroller').evaluate((list) => list.matches(':focus')), true);
  assert.deepEqual(runner.problems, []);
});

void test('what is looked for in a table is looked for in the next response as well', async () => {
  await using runner = await open({ contentType: 'text/csv', text: 'id,name\n1,Ann\n' }, { width: 760 });
  const { page } = runner;
  await page.getByRole('button', { name: 'Find' }).click();
  await page.keyboard.type('ann');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  const next = await responseSample({ id: 'next', contentType: 'text/csv', text: 'id,name\n1,Ann\n2,Anna\n' });
  await runner.show(next.model, next.body);
  await page.getByText('1 of 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Raw' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Find in body' }).count(), 0);
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByText('1 of 2', { exact: true }).waitFor();
});

void test('a cell that is cut says so, and opens all of it in an editor, also where its record is very long', async () => {
  const text = `id,note\n1,${'z'.repeat(600)}\n2,"${'0123456789 ""x""\n'.repeat(5000)}",after\n3,short\n`;
  await using runner = await open({ contentType: 'text/csv', text }, { width: 760 });
  const { page } = runner;
  await page.getByRole('cell', { name: 'short' }).waitFor();
  const button = (row: number, column: number): Locator =>
    page.getByRole('button', { name: `The beginning of the value in row ${row}, column ${column}.` });
  await button(2, 2).press('Enter');
  await eventually(() => assert.deepEqual(runner.calls, [`open cell 1:1 ${'z'.repeat(600)}`]));
  await button(3, 2).click();
  await eventually(() => assert.equal(runner.calls.length, 2));
  assert.equal(runner.calls[1], `open cell 2:1 ${'0123456789 "x"\n'.repeat(5000)}`);
  assert.deepEqual(runner.failures, []);
  assert.equal(await page.getByRole('row').filter({ hasText: 'short' }).getByRole('button').count(), 0);
  assert.deepEqual(await axeAudit(page), []);
  assert.deepEqual(runner.problems, []);
});

void test('a table of hundreds of thousands of rows has its last row one key away', async () => {
  const text = `id,name\n${Array.from({ length: 500_000 }, (_, row) => `${row},n${row}\n`).join('')}`;
  await using runner = await open({ contentType: 'text/csv', text }, { width: 760 });
  const { page } = runner;
  await page.getByRole('cell', { name: 'n0' }).waitFor();
  await page.locator('latchkey-table .scroller').focus();
  await page.keyboard.press('End');
  await page.getByRole('cell', { name: 'n499999' }).waitFor();
  assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '500001');
});

void test('the table of another response begins at its first row', async () => {
  const rowsOf = (name: string): string => Array.from({ length: 1000 }, (_, row) => `${name}${row},x`).join('\n');
  await using runner = await open({ contentType: 'text/csv', text: rowsOf('a') });
  const { page } = runner;
  await page.getByRole('cell', { name: 'a1', exact: true }).waitFor();
  await page.locator('latchkey-table .scroller').focus();
  await page.keyboard.press('End');
  await page.getByRole('cell', { name: 'a999' }).waitFor();
  const next = await responseSample({ id: 'next', contentType: 'text/csv', text: rowsOf('b') });
  await runner.show(next.model, next.body);
  await page.getByRole('cell', { name: 'b1', exact: true }).waitFor();
});

void test('a table has room for what its later rows hold', async () => {
  const text = Array.from(
    { length: 500 },
    (_, row) => `${row},${row < 300 ? 'short' : `name-${'x'.repeat(20)}-${row}`}`,
  );
  await using runner = await open({ contentType: 'text/csv', text: text.join('\n') }, { width: 760 });
  await runner.page.getByRole('cell', { name: 'short' }).first().waitFor();
  await runner.page.locator('latchkey-table .scroller').focus();
  await runner.page.keyboard.press('End');
  const last = runner.page.getByRole('cell', { name: '-499' });
  await last.waitFor();
  assert.ok(await last.evaluate((cell) => cell.scrollWidth <= cell.clientWidth));
});

void test('where there is little room, every button is still in sight', async () => {
  await using runner = await open({ text: PROFILE }, { width: 240 });
  const { page } = runner;
  await page.getByRole('button', { name: 'Pretty' }).waitFor();
  const outside = await page
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.getBoundingClientRect().right > innerWidth).map((button) => button.ariaLabel),
    );
  assert.deepEqual(outside, []);
});

void test('the words of a button wrap where there is little room, however long a name is in them', async () => {
  const connection = 'Identity of the Whole Company, Production';
  const label = `Sign In Again with orders.write, orders.read at ${connection}`;
  const notice = { message: 'More is needed.', action: { action: 'signIn', label } } as const;
  await using runner = await open({ status: 403, text: '{}', notice }, { width: 260 });
  const isInSight = (): Promise<boolean> =>
    runner.page
      .locator('button.secondary')
      .first()
      .evaluate((button) => {
        const { left, right } = button.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && button.scrollWidth <= button.clientWidth;
      });
  assert.ok(await isInSight());
  await runner.show(modelWith({ auth: { kind: 'notSignedIn', connection } }));
  await runner.page.locator('main[data-state=idle]').waitFor();
  assert.ok(await isInSight());
});

void test('a page of a server is seen and does nothing: no script, no request, no way out', async () => {
  await using runner = await open({ contentType: 'text/html', text: HOSTILE });
  const { page } = runner;
  await page.getByRole('button', { name: 'Preview' }).click();
  const frame = page.frameLocator('latchkey-preview iframe');
  await frame.getByText('the end').waitFor();
  const heading = await frame.locator('h1').evaluate((element) => getComputedStyle(element).color);
  assert.equal(heading, 'rgb(1, 2, 3)', 'its own styles count');
  const inline = await frame.getByText('of text').evaluate((element) => getComputedStyle(element).color);
  assert.equal(inline, 'rgb(4, 5, 6)', 'those of style attributes, too');
  for (const link of ['away', 'js', 'command']) await frame.getByText(link, { exact: true }).click();
  assert.equal(await frame.getByText('away', { exact: true }).getAttribute('title'), 'http://elsewhere.test/link');
  await frame.getByRole('button', { name: 'send' }).click({ force: true });
  await runner.settle();
  assert.equal(await page.title(), 'Latchkey Runner');
  assert.equal(
    await frame
      .locator('img')
      .last()
      .evaluate((image: HTMLImageElement) => image.naturalWidth),
    1,
    'its own picture',
  );
  // Reading a page complains of what is in it, and the frame of this test's own questions; of nothing else.
  const tried = runner.problems.filter(
    (problem) => !/^(?:Setting the|Applying inline|Executing inline|Blocked script execution)/.test(problem),
  );
  assert.deepEqual(tried, [], 'nothing was even tried');
  assert.equal(page.frames().length, 2);
});

void test('a link within a page of a server leads nowhere, since the frame may not go there; it says where it would', async () => {
  const text = '<a href="#end">to the end</a><svg><a href="#end"><text y="20">here too</text></a></svg><p id="end">end';
  await using runner = await open({ contentType: 'text/html', text });
  const { page } = runner;
  await page.getByRole('button', { name: 'Preview' }).click();
  const frame = page.frameLocator('latchkey-preview iframe');
  for (const link of ['to the end', 'here too']) await frame.getByText(link).click();
  await runner.settle();
  assert.deepEqual(runner.problems, []);
  assert.equal(await frame.getByText('to the end').getAttribute('title'), '#end');
});

void test('the frame and the policy alone keep such a page from everything', async () => {
  await using runner = await open({ contentType: 'text/html', text: '<p>' });
  const { page } = runner;
  await page.evaluate((hostile) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', '');
    frame.srcdoc = hostile;
    document.body.append(frame);
    return new Promise((resolve) => (frame.onload = resolve));
  }, HOSTILE);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.title(), 'Latchkey Runner');
  assert.deepEqual(
    runner.problems.filter((problem) => problem.startsWith('The page asks for')),
    [],
  );
  assert.ok(
    runner.problems.some((problem) => /script/i.test(problem)),
    'it was tried',
  );
});

void test('saving is asked of the host when all of the body is there', async () => {
  await using runner = await open({ contentType: 'application/zip', text: ZIP });
  await runner.page.getByRole('button', { name: 'Save as…' }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['save']);
});

void test('headers are filtered, and copied one by one', async () => {
  await using runner = await open({ text: PROFILE });
  const { page } = runner;
  await page.getByRole('tab', { name: /Headers/ }).click();
  await page.getByRole('textbox', { name: 'Filter headers' }).fill('CACHE');
  assert.equal(await page.locator('latchkey-headers tbody tr').count(), 1);
  await page.getByRole('button', { name: 'Copy the value of Cache-Control' }).click();
  await page.getByText('Copied').waitFor({ state: 'attached' });
  assert.deepEqual(runner.clipboard, ['no-store']);
  await page.getByRole('textbox').fill('nothing of the kind');
  await page.getByText('No header matches.').waitFor();
  assert.deepEqual(await axeAudit(page), []);
});

void test('what was typed to filter many headers leaves out none of a response with few', async () => {
  await using runner = await RunnerPage.open(browser);
  const { page } = runner;
  const show = async (id: string, count: number): Promise<void> => {
    const { model, body } = await responseSample({ id, text: PROFILE });
    assert.ok(model.state.kind === 'response');
    const headers = Array.from({ length: count }, (_, index) => ({ name: `X-${index}`, value: 'v' }));
    await runner.show({ ...model, state: { ...model.state, exchange: { ...model.state.exchange, headers } } }, body);
  };
  const rows = page.locator('latchkey-headers tbody tr');
  await show('many', 8);
  await page.getByRole('tab', { name: /Headers/ }).click();
  await page.getByRole('textbox', { name: 'Filter headers' }).fill('X-7');
  assert.equal(await rows.count(), 1);
  await show('few', 3);
  assert.equal(await rows.count(), 3);
});

void test('the trail of redirects tells each hop, and what was not sent on and why', async () => {
  const { model, body } = await responseSample({ text: PROFILE });
  await using runner = await RunnerPage.open(browser);
  assert.ok(model.state.kind === 'response');
  const state = { ...model.state, exchange: { ...model.state.exchange, hops: REDIRECTED } };
  await runner.show({ ...model, state }, body);
  const { page } = runner;
  await page.getByRole('tab', { name: 'Timing' }).click();
  const heads = (await page.locator('.hop').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  assert.match(heads[0] ?? '', /POST https:\/\/api\.acme\.dev\/v1\/reports 303$/);
  assert.match(
    heads[1] ?? '',
    /GET .*acme-cdn\.net.* 200 HTTP\/2 To another origin\. Not sent on: Authorization, Cookie, Content-Type, the body\.$/,
  );
  assert.deepEqual(await axeAudit(page), []);
});
