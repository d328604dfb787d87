import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { axeAudit } from '../helpers/axeAudit';
import { launchBrowser } from '../helpers/browser';
import { RunnerPage } from './runnerPage';
import { editSample, modelWith, PROFILE, responseSample } from './samples';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function editing(): Promise<RunnerPage> {
  const runner = await RunnerPage.open(browser);
  const { model, body } = await responseSample({ text: PROFILE });
  await runner.show(model, body);
  await runner.page.getByRole('button', { name: 'Edit request' }).click();
  await runner.page.getByRole('textbox', { name: 'URL' }).waitFor();
  return runner;
}

/** What was asked to be written last. */
function written(runner: RunnerPage): Record<string, unknown> {
  const call = runner.calls.findLast((each) => each.startsWith('edit '));
  assert.ok(call !== undefined, 'an edit was applied');
  return JSON.parse(call.slice('edit '.length)) as Record<string, unknown>;
}

void test('the fields show what is written, the URL has the focus, and nobody is shut out', async () => {
  await using runner = await editing();
  const { page } = runner;
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).inputValue(), editSample.written.url);
  assert.equal(await page.getByRole('textbox', { name: 'Value of Query row 1' }).inputValue(), 'true');
  assert.equal(await page.getByRole('textbox', { name: 'Value of Query row 2' }).getAttribute('readonly'), '');
  assert.match(await page.getByRole('textbox', { name: 'Body' }).inputValue(), /^sku: A-1 # the article/);
  await page.keyboard.type('x');
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).inputValue(), `${editSample.written.url}x`);
  assert.deepEqual(await axeAudit(page), []);
  assert.deepEqual(runner.problems, []);
});

void test('rows are changed, added and removed, and Enter writes them', async () => {
  await using runner = await editing();
  const { page } = runner;
  await page.getByRole('textbox', { name: 'Value of Query row 1' }).fill('false');
  await page.getByRole('button', { name: 'Remove If-Match' }).click();
  await page.getByRole('button', { name: 'Add to Headers' }).click();
  await page.keyboard.type('X-Trace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('on');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.deepEqual(written(runner), {
    method: 'POST',
    url: editSample.written.url,
    query: [
      { name: 'dryRun', value: 'false', from: 0 },
      { name: 'tag', value: 'new, gift', from: 1 },
    ],
    headers: [{ name: 'X-Trace', value: 'on' }],
    body: editSample.written.body,
  });
});

void test('another kind of body begins empty, and Ctrl+S writes it', async () => {
  await using runner = await editing();
  const { page } = runner;
  await page.getByRole('combobox', { name: 'Kind of body' }).selectOption('text');
  await page.getByRole('textbox', { name: 'Body' }).fill('two\nlines');
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.deepEqual(written(runner)['body'], { kind: 'text', text: 'two\nlines', isYaml: false });
});

void test('sending writes first, and Escape writes nothing', async () => {
  await using runner = await editing();
  const { page } = runner;
  await page.getByRole('combobox', { name: 'Method' }).fill('PURGE');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.equal(written(runner)['method'], 'PURGE');
  assert.equal(runner.calls.at(-1), 'send showProfile');
  const { length } = runner.calls;
  await page.getByRole('button', { name: 'Edit request' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill('/gone');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.equal(runner.calls.length, length);
  assert.equal(runner.sent.at(-1)?.type, 'endEdit');
});

void test('when the file changes, fields that nobody has touched follow, and others are not taken away', async () => {
  await using runner = await editing();
  const { page } = runner;
  const url = page.getByRole('textbox', { name: 'URL' });
  await runner.fileChanges({ base: '2', written: { ...editSample.written, url: '/second' } });
  await page.waitForFunction(() => true);
  assert.equal(await url.inputValue(), '/second');
  await url.fill('/mine');
  await runner.fileChanges({ base: '3', written: { ...editSample.written, url: '/third' } });
  await page.getByText('The file has changed meanwhile.').waitFor();
  assert.equal(await url.inputValue(), '/mine');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Show the New Text' }).click();
  assert.equal(await url.inputValue(), '/third');
  assert.equal(await page.getByText('The file has changed meanwhile.').count(), 0);
});

void test('the kind of a body is that of the new text, whatever was chosen before', async () => {
  await using runner = await editing();
  const kind = runner.page.getByRole('combobox', { name: 'Kind of body' });
  for (const chosen of ['text', 'json', 'text']) await kind.selectOption(chosen);
  await runner.fileChanges({ base: '2', written: { ...editSample.written, url: '/second' } });
  await runner.page.getByRole('button', { name: 'Show the New Text' }).click();
  assert.equal(await kind.inputValue(), 'json');
});

void test('what is typed for a request is there again after another one was shown, and after a reload', async () => {
  await using runner = await editing();
  const { page } = runner;
  const { model, body } = await responseSample({ text: PROFILE });
  const other = modelWith({ request: { name: 'other', method: 'GET', url: '/', description: undefined } });
  const url = page.getByRole('textbox', { name: 'URL' });
  await url.fill('/mine');
  await page.getByRole('button', { name: 'Add to Headers' }).click();
  await page.keyboard.type('X-Trace');

  await runner.show(other);
  await url.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Edit request' }).click();
  await url.waitFor();
  assert.equal(await url.inputValue(), editSample.written.url, 'the other request has its own text');
  await page.keyboard.press('Escape');

  await runner.show(model, body);
  await url.waitFor();
  assert.equal(await url.inputValue(), '/mine');
  assert.equal(await page.getByRole('textbox', { name: 'Value of Query row 2' }).getAttribute('readonly'), '');
  await runner.reload();
  await url.waitFor();
  assert.equal(await url.inputValue(), '/mine');
  assert.deepEqual(await page.evaluate(() => document.activeElement?.localName), 'body', 'nobody has asked for fields');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.equal(written(runner)['url'], '/mine');
  assert.deepEqual(
    (written(runner)['headers'] as { name: string }[]).map(({ name }) => name),
    ['If-Match', 'X-Trace'],
  );

  await runner.show(other);
  await runner.show(model, body);
  await runner.settle();
  assert.equal(await url.count(), 0, 'what is written, or given up, does not come again');
  assert.deepEqual(runner.problems, []);
});

void test('fields that are there again say when their file has changed meanwhile', async () => {
  await using runner = await editing();
  const { page } = runner;
  const { model, body } = await responseSample({ text: PROFILE });
  await page.getByRole('textbox', { name: 'URL' }).fill('/mine');
  await runner.show(modelWith({ request: { name: 'other', method: 'GET', url: '/', description: undefined } }));
  await runner.fileChanges({ base: '2', written: { ...editSample.written, url: '/second' } });
  await runner.show(model, body);
  await page.getByText('The file has changed meanwhile.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).inputValue(), '/mine');
  await page.getByRole('button', { name: 'Show the New Text' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).inputValue(), '/second');
  await runner.reload();
  await page.getByRole('button', { name: 'Edit request' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).count(), 0);
});

void test('a request that fields cannot show leads to its file', async () => {
  await using runner = await RunnerPage.open(browser);
  runner.edits.view = undefined;
  await runner.show(modelWith({}));
  await runner.page.getByRole('button', { name: 'Edit request' }).click();
  await runner.page.getByRole('button', { name: 'Open Request File' }).click();
  assert.deepEqual(runner.calls, ['openRequestFile']);
  // There it is mended: fields that opened now would come between.
  await runner.fileChanges(editSample);
  await runner.settle();
  assert.equal(await runner.page.getByRole('textbox', { name: 'URL' }).count(), 0);
  await runner.page.getByRole('button', { name: 'Edit request' }).click();
  await runner.page.getByRole('textbox', { name: 'URL' }).waitFor();
  assert.equal(await runner.page.getByRole('button', { name: 'Open Request File' }).count(), 0);
});

const others = {
  'another request': { request: { name: 'other', method: 'GET', url: '/', description: undefined } },
  'one of the same name in another file': { file: 'other.http.yaml' },
} as const;
for (const [what, change] of Object.entries(others)) {
  void test(`editing ends when ${what} is shown`, async () => {
    await using runner = await editing();
    await runner.show(modelWith(change));
    await runner.page.getByRole('textbox', { name: 'URL' }).waitFor({ state: 'detached' });
  });
}

void test('the history lists earlier sends, by keyboard, too, and opens and compares them', async () => {
  await using runner = await RunnerPage.open(browser);
  await runner.show(modelWith({}));
  const { page } = runner;
  const button = page.getByRole('button', { name: 'History of showProfile' });
  await button.click();
  await page.getByText('cancelled').waitFor();
  assert.deepEqual(await axeAudit(page), []);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await runner.settle();
  await button.click();
  await page.getByText('cancelled').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await runner.settle();
  assert.deepEqual(runner.calls, ['history a-1', 'compare {"kind":"entry","id":"a-0"}']);
  await button.click();
  await page.getByText('cancelled').waitFor();
  // What is shown is neither opened nor compared with itself.
  assert.equal(await page.getByRole('button', { name: /^Compare with what is shown/ }).count(), 3);
  await page.locator('latchkey-history-menu .selected .entry').click();
  await runner.settle();
  assert.equal(runner.calls.length, 2);
  await button.click();
  await page.getByText('cancelled').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByText('cancelled').count(), 0);
  await button.click();
  await page.getByText('cancelled').waitFor();
  // On nothing that could take the focus.
  await page.locator('main').click({ position: { x: 240, y: 300 } });
  await page.getByText('cancelled').waitFor({ state: 'detached' });
});

void test('the words of the history stand beside each other in languages that need more room', async () => {
  for (const width of [260, 480]) {
    await using runner = await RunnerPage.open(browser, { width });
    await runner.show(modelWith({}));
    await runner.page.getByRole('button', { name: 'History of showProfile' }).click();
    await runner.page.getByText('cancelled').waitFor();
    const gaps = await runner.page.locator('latchkey-history-menu .entry').evaluateAll((entries) =>
      entries.map((entry) => {
        const [outcome, when] = [entry.querySelector('.outcome b'), entry.querySelector('.when')];
        if (outcome && !/\d/.test(outcome.textContent)) outcome.textContent = 'fehlgeschlagen';
        const right = outcome?.getBoundingClientRect().right ?? NaN;
        const isInSight = (when?.getBoundingClientRect().right ?? NaN) <= entry.getBoundingClientRect().right;
        return isInSight ? (when?.getBoundingClientRect().left ?? NaN) - right : NaN;
      }),
    );
    assert.ok(
      gaps.every((gap) => gap > 0),
      gaps.join(),
    );
  }
});

void test('an older send says so, and leads back to the latest', async () => {
  await using runner = await RunnerPage.open(browser);
  const past = { id: 'a-1', at: Date.now() - 720_000, environment: 'staging', isLatest: false };
  const { model, body } = await responseSample({ text: PROFILE }, { past });
  await runner.show(model, body);
  const { page } = runner;
  await page.getByText('Sent 12 min. ago in staging').waitFor();
  assert.deepEqual(await axeAudit(page), []);
  await page.getByRole('button', { name: 'Compare response' }).click();
  await page.getByRole('button', { name: 'Back to Latest' }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['compare {"kind":"ask"}', 'latest']);
  await runner.show(modelWith({ ...model, past: { ...past, isLatest: true } }), body);
  assert.equal(await page.getByRole('button', { name: 'Back to Latest' }).count(), 0);
});
