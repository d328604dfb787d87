import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axeAudit } from '../helpers/axeAudit';
import { launchBrowser } from '../helpers/browser';
import { repositoryRoot } from '../helpers/repository';
import { eventually } from '../helpers/eventually';
import { RunnerPage } from './runnerPage';
import { ArrivingBody } from '../helpers/arrivingBody';
import {
  arrivingModel,
  modelWith,
  notSignedIn,
  orders,
  PROBLEM,
  PROFILE,
  refused,
  responseSample,
  type Sample,
} from './samples';
import { chat } from './streamSamples';
import { auditScope, themes } from './themes';
import type { ThemeName, ViewPageOptions } from './viewPage';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function open(sample: Sample, options: ViewPageOptions = {}): Promise<RunnerPage> {
  const runner = await RunnerPage.open(browser, options);
  await runner.show(sample.model, sample.body);
  return runner;
}

/** Holds back every timer that the page sets from now on, until the function that it resolves to is called. */
async function holdTimers(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const tasks = new Map<number, () => void>();
    const clear = window.clearTimeout.bind(window);
    let last = 1_000_000;
    Object.assign(window, {
      setTimeout: (task: () => void) => {
        tasks.set(++last, task);
        return last;
      },
      clearTimeout: (id: number | undefined) => {
        if (id === undefined || !tasks.delete(id)) clear(id);
      },
    });
    return tasks;
  });
  return () =>
    held.evaluate((tasks) => {
      for (const [id, task] of tasks) {
        tasks.delete(id);
        task();
      }
    });
}

const only = (model: Sample['model']): Promise<Sample> => Promise.resolve({ model });
const sending = (): Sample['model'] => modelWith({ state: { kind: 'sending', startedAt: Date.now() } });

const states: Readonly<Record<string, () => Promise<Sample>>> = {
  idle: () => only(modelWith({})),
  'not signed in': () => only(modelWith({ auth: notSignedIn })),
  'no request': () => only(modelWith({ request: undefined, requests: [], auth: { kind: 'none' } })),
  'unknown connection': () => only(modelWith({ auth: { kind: 'unknownConnection', connection: 'acme' } })),
  'credentials of the file': () => only(modelWith({ auth: { kind: 'credentials', label: 'API key' } })),
  sending: () => only(sending()),
  'sending something else first': () =>
    only(modelWith({ state: { kind: 'sending', startedAt: Date.now(), note: 'login first · attempt 2 of 5' } })),
  'waiting for the user': () => only(modelWith({ state: { kind: 'sending', startedAt: undefined } })),
  notes: () =>
    responseSample({
      text: PROFILE,
      notes: [
        { ok: true, text: 'login first: 200' },
        { ok: false, text: '997 of 1000 rows went well' },
      ],
    }),
  json: () => responseSample({ text: PROFILE }),
  problem: () =>
    responseSample({ status: 404, statusText: 'Not Found', contentType: 'application/problem+json', text: PROBLEM }),
  notice: () =>
    responseSample({
      status: 401,
      text: '{}',
      notice: { message: 'Sign in to this API?', action: { action: 'signIn', label: 'Sign In' } },
    }),
  unverified: () => responseSample({ text: PROFILE, unverified: ['api.acme.dev'] }),
  'server error': () => responseSample({ status: 503, contentType: 'text/plain', text: 'unavailable' }),
  empty: () => responseSample({ status: 204, statusText: 'No Content', text: '' }),
  binary: () => responseSample({ contentType: 'image/png', text: Uint8Array.of(0, 1, 2) }),
  failure: () => only(modelWith({ state: refused })),
  cancelled: () => only(modelWith({ state: { kind: 'cancelled', sent: undefined } })),
};

for (const theme of Object.keys(themes) as ThemeName[]) {
  void test(`every state in ${theme} is accessible and keeps to the policy`, async () => {
    await using runner = await open({ model: modelWith({}) }, { theme });
    for (const [name, sample] of Object.entries(states)) {
      const { model, body } = await sample();
      await runner.show(model, body);
      await runner.page.locator(`main[data-state=${model.state.kind}]`).waitFor();
      assert.deepEqual(await axeAudit(runner.page, auditScope(theme)), [], name);
      assert.deepEqual(runner.problems, [], name);
    }
  });

  void test(`every tab in ${theme} is accessible`, async () => {
    await using runner = await open(await responseSample({ text: PROFILE }), { theme });
    for (const tab of await runner.page.getByRole('tab').all()) {
      await tab.click();
      assert.deepEqual(await axeAudit(runner.page, auditScope(theme)), [], (await tab.textContent()) ?? '');
    }
    await runner.page.getByRole('combobox').click();
    assert.deepEqual(await axeAudit(runner.page, auditScope(theme)), [], 'picker');
  });
}

void test('shows the response: status, time, size, pretty body, headers, tests', async () => {
  await using runner = await open(await responseSample({ text: '{"a":[1.10]}' }));
  const { page } = runner;
  const status = await page.locator('.status').innerText();
  assert.deepEqual(status.split('\n').filter(Boolean), ['200 OK', '123 ms', '12 B']);
  assert.deepEqual(await page.locator('.row .text').allInnerTexts(), ['{', '  "a": [', '    1.10', '  ]', '}']);
  await page.getByRole('button', { name: 'Raw' }).click();
  await page.getByText('{"a":[1.10]}', { exact: true }).waitFor();
  await page.getByRole('tab', { name: /Headers/ }).click();
  assert.equal(await page.getByRole('row', { name: /Cache-Control no-store/ }).count(), 1);
  await page.getByRole('tab', { name: /Tests/ }).click();
  assert.match(await page.locator('.tests').innerText(), /status is 200/);
  const captured = page.getByRole('region', { name: 'Tests' });
  assert.match(await captured.innerText(), /Captured\s+token\s+•{6} from \$\.access_token/);
});

void test('says what is sent first, and what belongs to a send beside its exchange', async () => {
  const note = 'login first · attempt 2 of 5';
  await using runner = await open({ model: modelWith({ state: { kind: 'sending', startedAt: Date.now(), note } }) });
  assert.match(await runner.page.locator('.sending').innerText(), /login first · attempt 2 of 5/);
  const notes = [
    { ok: true, text: 'login first: 200' },
    { ok: false, text: '997 of 1000 rows went well' },
  ];
  const { model, body } = await responseSample({ text: PROFILE, notes });
  await runner.show(model, body);
  assert.deepEqual(
    await runner.page.locator('.status .note').allInnerTexts(),
    notes.map(({ text }) => text),
  );
  assert.equal(await runner.page.locator('.status .note.failed').count(), 1);
});

void test('tells waiting for the user from waiting for a server, in sight and to screen readers', async () => {
  await using runner = await open({ model: modelWith({ state: { kind: 'sending', startedAt: undefined } }) });
  const { page } = runner;
  await page.getByRole('heading', { name: 'Waiting for your answer' }).waitFor();
  assert.equal(await page.getByRole('status').innerText(), 'Waiting for your answer');
  assert.equal(await page.locator('.progress-bit, .spinner, main latchkey-ticking-text').count(), 0);
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await runner.show(sending());
  await page.getByRole('heading', { name: 'Waiting for 127.0.0.1:9321' }).waitFor();
  assert.equal(await page.getByRole('status').innerText(), 'Sending…');
});

void test('says the result to screen readers, once and in words', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  const live = runner.page.getByRole('status');
  assert.equal(await live.innerText(), '200 OK, 123 ms, 478 B. 1 of 1 expectations held');
  await runner.show(modelWith({ state: refused }));
  assert.equal(await live.innerText(), 'Not sent through. Nothing listens at 127.0.0.1:9321.');
});

void test('marks a response that anybody may have sent, in words and to screen readers', async () => {
  await using runner = await open(await responseSample({ text: PROFILE, unverified: ['api.acme.dev:8443'] }));
  const mark = runner.page.locator('.unverified');
  assert.equal((await mark.innerText()).trim(), 'Certificate not verified');
  assert.match((await mark.getAttribute('title')) ?? '', /certificate of api\.acme\.dev:8443 was not checked/);
  const live = await runner.page.getByRole('status').innerText();
  assert.equal(live, '200 OK, 123 ms, 478 B. Certificate not verified. 1 of 1 expectations held');
  const [own, failed] = await runner.page.evaluate(() => {
    const pill = document.querySelector('latchkey-runner')?.shadowRoot?.querySelector('.unverified');
    const expected = getComputedStyle(document.documentElement).getPropertyValue(
      '--vscode-inputValidation-errorBorder',
    );
    return [pill ? getComputedStyle(pill).borderColor : '', expected];
  });
  assert.notEqual(own, 'rgba(0, 0, 0, 0)');
  assert.notEqual(failed, '');
});

void test('sends by key from anywhere, and cancels by the button that was Send', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  const { page } = runner;
  await page.getByRole('tab', { name: 'Timing' }).focus();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send' }).focus();
  await runner.show(sending());
  await page.getByText('Waiting for 127.0.0.1:9321').waitFor();
  await page.keyboard.press('Enter');
  await runner.settle();
  assert.deepEqual(runner.calls, ['send showProfile', 'cancel']);
});

void test('a double click and a key that is held send once, and cancel nothing', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  const { page } = runner;
  const send = page.getByRole('button', { name: 'Send' });
  await send.dblclick();
  await runner.settle();
  assert.deepEqual(runner.calls, ['send showProfile']);
  const held = { key: 'Enter', repeat: true, bubbles: true, cancelable: true };
  assert.equal(
    await send.evaluate((button, init) => button.dispatchEvent(new KeyboardEvent('keydown', init)), held),
    false,
  );
  await page.evaluate((init) => document.dispatchEvent(new KeyboardEvent('keydown', { ...init, ctrlKey: true })), held);
  await runner.settle();
  assert.deepEqual(runner.calls, ['send showProfile']);
});

void test('a quick answer replaces the last one without anything in between; one that is waited for is told', async () => {
  await using runner = await open(await responseSample({ text: '{"n":1}' }));
  const { page } = runner;
  // However slow the machine is: what the page waits for ends when the test says so.
  const runTimers = await holdTimers(page);
  const main = page.locator('main');
  const seen = await main.evaluateHandle((element) => {
    const states: (string | undefined)[] = [];
    new MutationObserver(() => states.push(element.dataset['state'])).observe(element, { attributes: true });
    return states;
  });
  const next = await responseSample({ id: 'exchange-2', text: '{"m":2}' });
  await runner.show(sending());
  await page.getByText('"n": 1').waitFor();
  await runner.show(next.model, next.body);
  await page.getByText('"m": 2').waitFor();
  await runTimers();
  await runner.settle();
  assert.deepEqual(await seen.jsonValue(), []);
  await runner.show(sending());
  await runTimers();
  await page.locator('main[data-state=sending]').waitFor();
});

void test('the tabs are one stop; arrows, Home and End move between them', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  const { page } = runner;
  await page.getByRole('tab', { name: 'Body' }).focus();
  const chosen: string[] = [];
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Home', 'End']) {
    await page.keyboard.press(key);
    chosen.push((await page.locator('[role=tab]:focus').innerText()).split('\n')[0] ?? '');
    assert.equal(await page.locator('[role=tab][aria-selected=true]:focus').count(), 1);
  }
  assert.deepEqual(chosen, ['Headers', 'Body', 'Tests', 'Body', 'Tests']);
  assert.equal(await page.locator('[role=tab][tabindex="0"]').count(), 1);
});

void test('a request is pinned and let go by one button', async () => {
  await using runner = await open({ model: modelWith({}) });
  const pin = runner.page.getByRole('button', { name: 'Keep this request on show when the cursor moves' });
  await pin.click();
  await runner.show(modelWith({ isPinned: true }));
  await runner.page.locator('button[aria-pressed=true]').and(pin).waitFor();
  await pin.press('Enter');
  await runner.settle();
  assert.deepEqual(runner.calls, ['pin true', 'pin false']);
});

void test('the picker is operated by keyboard and by pointer, and names requests only', async () => {
  await using runner = await open({ model: modelWith({}) });
  const { page } = runner;
  await page.getByRole('combobox').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  for (const key of ['ArrowDown', 'd', 'Enter']) await page.keyboard.press(key);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').click();
  await page.getByRole('option', { name: /createOrder/ }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['select listOrders', 'select deleteOrder', 'select createOrder']);
});

void test('the picker says how each request ended, to those who see no colors and no icons, too', async () => {
  await using runner = await open({ model: modelWith({}) });
  const { page } = runner;
  await page.getByRole('combobox').click();
  const options = await page.getByRole('option').allInnerTexts();
  const words = options.map((text) => text.replace(/\s+/g, ' ').trim());
  assert.deepEqual(words, [
    ...['GET showProfile 200 · 12 ms', 'GET listOrders', 'POST createOrder 403 · 8 ms , failed', 'PUT replaceOrder'],
    'DELETE deleteOrder failed',
  ]);
  assert.deepEqual(await axeAudit(page), []);
});

void test('an environment that is protected is marked, for everybody', async () => {
  const environment = { active: 'production', available: true, isProtected: true };
  await using runner = await open({ model: modelWith({ environment }) });
  const chip = runner.page.getByRole('button', { name: 'Environment: production, protected' });
  assert.match((await chip.getAttribute('title')) ?? '', /asks before a request changes data/);
  assert.deepEqual(await axeAudit(runner.page), []);
});

void test('chips and the button of a failure ask for what they say', async () => {
  await using runner = await open({ model: modelWith({ state: refused, auth: notSignedIn }) });
  const { page } = runner;
  await page.getByRole('button', { name: 'Environment: local' }).click();
  await page.getByRole('button', { name: 'Sign in to Playground' }).click();
  await page.getByRole('button', { name: 'Send Again' }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['selectEnvironment', 'signIn', 'send showProfile']);
  assert.match(await page.locator('.failure').innerText(), /Nothing listens.*Start the server.*connectionRefused/s);
});

void test('what can be done about a response stays in sight beside its body', async () => {
  const notice = { message: 'Sign in to this API?', action: { action: 'signIn', label: 'Sign In' } } as const;
  await using runner = await open(await responseSample({ status: 401, text: '{"title":"No token"}', notice }));
  const { page } = runner;
  await page.getByText('"No token"').waitFor();
  assert.match(await page.getByRole('status').innerText(), /^401.*Sign in to this API\?$/);
  await page.getByRole('tab', { name: /Headers/ }).click();
  await page.getByRole('region', { name: notice.message }).getByRole('button', { name: 'Sign In' }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['signIn']);
});

void test('the token of the account is one button away', async () => {
  const auth = {
    kind: 'signedIn',
    connection: 'P',
    account: 'alice',
    expiresAt: undefined,
    refreshable: true,
    endsAt: undefined,
  } as const;
  await using runner = await open({ model: modelWith({ auth }) });
  await runner.page.getByRole('button', { name: 'Inspect the token' }).click();
  await runner.settle();
  assert.deepEqual(runner.calls, ['inspectToken']);
});

void test('the time that is left of a token counts down', async () => {
  const auth = { kind: 'signedIn', connection: 'P', account: 'alice', refreshable: false, endsAt: undefined } as const;
  await using runner = await open({ model: modelWith({ auth: { ...auth, expiresAt: Date.now() + 600_000 } }) });
  const chip = runner.page.getByText(/expires in 9:\d\d/);
  const first = (await chip.textContent()) ?? '';
  await chip.filter({ hasNotText: first.trim() }).waitFor();
  await runner.show(modelWith({ auth: { ...auth, expiresAt: Date.now() + 1_000 } }));
  await runner.page.getByText('expired').waitFor();
});

void test('the end of a sign-in that nothing but the user can put off is told within its last day', async () => {
  const now = Date.now();
  const auth = {
    kind: 'signedIn',
    connection: 'P',
    account: 'alice',
    refreshable: true,
    expiresAt: now + 240_000,
  } as const;
  for (const [endsAt, text] of [
    [now + 3 * 3_600_000 + 30_000, 'sign-in ends in 3 h 0 min'],
    [now + 48 * 3_600_000, /expires in [34]:/],
    [undefined, /expires in [34]:/],
  ] as const) {
    await using runner = await open({ model: modelWith({ auth: { ...auth, endsAt } }) });
    await runner.page.locator('.expiry').getByText(text).waitFor();
  }
  await using runner = await open({
    model: modelWith({ auth: { ...auth, expiresAt: undefined, endsAt: now + 48 * 3_600_000 } }),
  });
  await runner.page.getByRole('button', { name: 'alice' }).waitFor();
  assert.equal(await runner.page.locator('.expiry').count(), 0, 'no empty clock');
});

void test('a response of a million rows is drawn by the page: its end is one jump away', async () => {
  const text = `[${'0,'.repeat(2_000_000)}1]`;
  await using runner = await open(await responseSample({ text }));
  const { page } = runner;
  await page.locator('.row').first().waitFor();
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('End');
  await page.locator('.line[data-line="2000003"]').waitFor();
  assert.equal(await page.locator('.row .text').last().innerText(), ']');
  await page.keyboard.press('ArrowUp');
  for (let page = 0; page < 2; page++) await runner.page.keyboard.press('PageUp');
  await page.locator('.line[data-line="1999960"]').waitFor();
  assert.ok((await page.locator('.row').count()) < 120);
  const largest = Math.max(...runner.posted.map((message) => JSON.stringify(message).length));
  assert.ok(largest < 100_000, `a message of ${largest} characters`);
});

void test('scrolls line by line with the wheel even where the scroll bar stands for millions', async () => {
  await using runner = await open(await responseSample({ text: `[${'0,'.repeat(1_000_000)}1]` }));
  const { page } = runner;
  await page.locator('.line[data-line="1"]').waitFor();
  await page.locator('latchkey-row-list').hover();
  const top = (): Promise<number> =>
    page.locator('latchkey-row-list').evaluate((list) => {
      const lines = [...(list.shadowRoot?.querySelectorAll('.line') ?? [])];
      const edge = list.getBoundingClientRect().top;
      const first = lines.find((line) => line.getBoundingClientRect().bottom > edge + 1);
      return Number(first?.getAttribute('data-line'));
    });
  await page.mouse.wheel(0, 2000);
  await page.locator('.line[data-line="120"]').waitFor();
  assert.ok(Math.abs((await top()) - 101) <= 1, `at line ${await top()}`);
});

void test('what a server sends is text, whatever it looks like', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script><a href="command:x">y</a>';
  const text = JSON.stringify({ title: hostile, detail: hostile, [hostile]: hostile });
  const sample = await responseSample({
    status: 400,
    statusText: hostile,
    contentType: 'application/problem+json',
    text,
  });
  await using runner = await open(sample);
  await runner.page.locator('.row').first().waitFor();
  assert.equal(await runner.page.title(), 'Latchkey Runner');
  assert.equal(await runner.page.locator('img, a, latchkey-runner script').count(), 0);
  assert.deepEqual(runner.problems, []);
});

void test('comes back as it was after having been hidden: the tab, the form, the place', async () => {
  await using runner = await open(await responseSample({ text: orders(500) }));
  const { page } = runner;
  const list = page.locator('latchkey-row-list .scroller');
  await list.evaluate((scroller) => (scroller.scrollTop = 40_000));
  await page.locator('.line[data-line="2001"]').waitFor();
  await page.getByRole('button', { name: 'Wrap lines' }).click();
  await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"row"'));
  await runner.reload();
  await page.locator('.line[data-line="2001"]').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Wrap lines' }).getAttribute('aria-pressed'), 'false');
  await page.getByRole('tab', { name: 'Timing' }).click();
  await runner.reload();
  await page.getByRole('tab', { name: 'Timing', selected: true }).waitFor();
});

void test('what it persists is the state of the page and the key to resume with, nothing of the response', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  const kept = await runner.page.evaluate(() => sessionStorage.getItem('state'));
  assert.deepEqual(JSON.parse(kept ?? ''), {
    tab: 'body',
    form: 'pretty',
    wrap: true,
    viewers: {},
    tableNames: true,
    resume: modelWith({}).resume,
  });
});

void test('persisted nonsense is as good as none', async () => {
  const state = { tab: 7, form: {}, wrap: 'x', scroll: { bodyId: 1 } };
  await using runner = await open(await responseSample({ text: PROFILE }), { state });
  await runner.page.getByRole('tab', { name: 'Body', selected: true }).waitFor();
  assert.deepEqual(runner.problems, []);
});

void test('a message that is not understood changes nothing and is reported', async () => {
  await using runner = await open(await responseSample({ text: PROFILE }));
  await runner.post({ type: 'update', model: { ...modelWith({}), state: { kind: 'exploded' } } });
  await runner.post({ type: 'bodyRows', requestId: 999, rows: { bodyId: 'x' } });
  await runner.settle();
  assert.equal(runner.sent.filter(({ type }) => type === 'problem').length, 2);
  assert.match(await runner.page.locator('.status').innerText(), /200 OK/);
});

void test('wraps anew when the width changes, and keeps to it', async () => {
  await using runner = await open(await responseSample({ text: JSON.stringify({ note: 'word '.repeat(60) }) }), {
    width: 700,
  });
  const { page } = runner;
  const rows = page.locator('.row .text');
  await rows.first().waitFor();
  const wide = await rows.count();
  await page.setViewportSize({ width: 340, height: 640 });
  await page.waitForFunction((count) => {
    const list = document.querySelector('latchkey-runner')?.shadowRoot?.querySelector('latchkey-row-list');
    return (list?.shadowRoot?.querySelectorAll('.row .text').length ?? 0) > count;
  }, wide);
  const overflow = await page
    .locator('latchkey-row-list .scroller')
    .evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth);
  assert.equal(overflow, 0);
});

for (const width of [320, 480]) {
  void test(`all tabs are reached by mouse and keyboard at ${width} pixels, the chosen one in sight`, async () => {
    await using runner = await RunnerPage.open(browser, { width });
    const stream = chat();
    const { model, body } = await stream.sample();
    await runner.show(model, body, stream.exchange);
    const { page } = runner;
    const strip = page.getByRole('tablist');
    const isInSight = (name: RegExp): Promise<boolean> =>
      page.getByRole('tab', { name }).evaluate((tab) => {
        const { left, right } = tab.getBoundingClientRect();
        const { left: from, right: to } = (tab.parentElement ?? tab).getBoundingClientRect();
        return left >= from - 1 && right <= to + 1;
      });
    assert.ok(await isInSight(/Messages/));
    assert.ok(!(await isInSight(/Tests/)), 'there is not room for all');
    await page.getByRole('tab', { selected: true }).press('End');
    assert.ok(await isInSight(/Tests/));
    await strip.hover();
    await page.mouse.wheel(0, -1_000);
    await eventually(async () => assert.ok(await isInSight(/Body/)));
    stream.add('{"one":"more"}');
    await runner.settle();
    assert.ok(await isInSight(/Body/), 'what comes meanwhile moves nothing');
    await page.mouse.wheel(0, 1_000);
    await eventually(async () => assert.ok(await isInSight(/Tests/)));
    await page.mouse.wheel(0, -1_000);
    await eventually(async () => assert.ok(await isInSight(/Body/)));
    await page.setViewportSize({ width: width - 60, height: 640 });
    await eventually(async () => assert.ok(await isInSight(/Tests/)));
    assert.deepEqual(await axeAudit(page), []);
    assert.deepEqual(runner.problems, []);
  });
}

void test('finds in the whole body and goes from match to match', async () => {
  await using runner = await open(await responseSample({ text: orders(3000) }));
  const { page } = runner;
  await page.keyboard.press('Control+f');
  await page.keyboard.type('A-00299');
  await page.getByText('1 of 10').waitFor();
  await page.locator('.current', { hasText: 'A-00299' }).waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.getByText('10 of 10').waitFor();
  await page.keyboard.type('x');
  await page.getByText('No results').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('search').count(), 0);
  const last = runner.sent.findLast(({ type }) => type === 'find');
  assert.ok(last?.type === 'find' && last.text === '', 'the host is told that nobody waits for matches any more');
});

void test('keys that the view has taken go no further: the editor beside would open its own search', async () => {
  await using runner = await open(await responseSample({ text: orders(30) }));
  const { page } = runner;
  const passedOn = await page.evaluateHandle(() => {
    const keys: string[] = [];
    window.addEventListener('keydown', ({ key }) => keys.push(key));
    return keys;
  });
  await page.locator('.row').first().waitFor();
  await page.locator('latchkey-row-list .scroller').focus();
  for (const key of ['Control+f', 'Enter', 'Escape', 'Control+Enter', 'F1']) await page.keyboard.press(key);
  assert.deepEqual(await passedOn.jsonValue(), ['Control', 'Control', 'F1']);
});

void test('copies what is selected as lines of the body, and everything through the host', async () => {
  const note = 'word '.repeat(40);
  await using runner = await open(await responseSample({ text: JSON.stringify({ note, end: 1 }) }), { width: 400 });
  const { page } = runner;
  await page.locator('.row').first().waitFor();
  const copied = await page.locator('latchkey-row-list').evaluate((list) => {
    const window = list.shadowRoot?.querySelector('.window');
    if (window) getSelection()?.selectAllChildren(window);
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    window?.dispatchEvent(event);
    return event.clipboardData?.getData('text/plain');
  });
  assert.equal(copied, `{\n  "note": "${note}",\n  "end": 1\n}`);
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await runner.settle();
  assert.deepEqual(runner.clipboard, [`{\n  "note": "${note}",\n  "end": 1\n}`]);
});

void test('with nothing to copy, what is on the clipboard stays', async () => {
  await using runner = await open(await responseSample({ text: 'plain', contentType: 'text/plain' }));
  const { page } = runner;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.row').first().waitFor();
  await page.getByRole('button', { name: 'Edit request' }).click();
  const url = page.getByRole('textbox', { name: 'URL' });
  await url.fill('from elsewhere');
  for (const key of ['Control+a', 'Control+c']) await url.press(key);
  await page.locator('latchkey-row-list .scroller').focus();
  await page.keyboard.press('Control+c');
  await url.fill('');
  await url.press('Control+v');
  assert.equal(await url.inputValue(), 'from elsewhere');
});

void test('uses no color but those that VS Code has', async () => {
  const source = await readFile(path.join(repositoryRoot, 'dist', 'webview', 'runner.js'), 'utf8');
  const used = new Set(source.match(/--vscode-[\w-]+/g));
  // Newer than the editor that the themes were taken from; the page has a fallback for it.
  const newer = ['--vscode-button-secondaryBorder'];
  const known = new Set([...newer, ...Object.values(themes).flatMap(({ variables }) => Object.keys(variables))]);
  const fonts = /^--vscode-(?:editor-)?font-(?:family|size|weight)$/;
  assert.deepEqual(
    [...used].filter((name) => !known.has(name) && !fonts.test(name)),
    [],
  );
  assert.doesNotMatch(source.replace(/&#\w+;|#[\w]+ in |\.#|#private/g, ''), /[:\s]#[0-9a-f]{3,8};/i);
});

void test('a body is shown while it arrives, grows without moving, and can be searched and seen to its end', async () => {
  await using arriving = await ArrivingBody.create();
  const line = JSON.stringify({ id: 1, name: 'order', tags: ['a', 'b'] });
  await arriving.arrive(`[${`${line},`.repeat(500)}`);
  const body = await arriving.open('application/json');
  await using runner = await open({ model: arrivingModel(body, true), body });
  const { page } = runner;
  await page.getByText('Receiving…').waitFor();
  assert.equal(await page.locator('#send').innerText(), 'Cancel');
  assert.deepEqual((await page.locator('.row .text').allInnerTexts()).slice(0, 3), ['[', '  {', '    "id": 1,']);

  await arriving.arrive(`${line},`.repeat(200_000));
  await page
    .locator('.status')
    .getByText(/^[\d.,]+ [kM]?B\/s$/)
    .waitFor();
  await arriving.arrive(`{"last":true}]`);
  await arriving.finish();
  await page.getByRole('region', { name: `${(200_500 * 8 + 5).toLocaleString('en')} lines` }).waitFor();
  assert.equal(await page.locator('.row .text').first().innerText(), '[', 'nothing has moved');
  await runner.show(arrivingModel(body, false), body);
  await page.locator('#send', { hasText: 'Send' }).waitFor();
  assert.equal(await page.locator('.status').getByText('/s').count(), 0);
  await page.getByRole('region').focus();
  await page.keyboard.press('End');
  await page.getByText('"last": true').waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('LAST');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  assert.deepEqual(runner.problems, []);
});
