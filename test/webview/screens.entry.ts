// Draws every state of the runner in every theme, for people to look at: test-results/runner/*.png
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { withBrowser } from '../helpers/browser';
import { resultsFolder } from '../helpers/repository';
import { encryptedPdf, invoice, numberedPages, pdf } from '../helpers/samplePdf';
import { RunnerPage } from './runnerPage';
import {
  modelWith,
  notSignedIn,
  orders,
  PROBLEM,
  PROFILE,
  REDIRECTED,
  refused,
  responseSample,
  type Sample,
} from './samples';
import { CSV, HOSTILE, MARKDOWN_HTML, png, wav, ZIP } from './sampleBodies';
import { chat, prices } from './streamSamples';
import { themes } from './themes';
import type { ThemeName } from './viewPage';

interface Screen {
  readonly sample: () => Promise<Sample>;
  readonly width?: number;
  /** What a person does before the picture is taken. */
  readonly act?: (runner: RunnerPage) => Promise<void>;
}

const profile = (): Promise<Sample> => responseSample({ text: PROFILE });

const xmlSample = (): Promise<Sample> =>
  responseSample({
    contentType: 'application/atom+xml',
    text:
      '<?xml version="1.0"?><!-- the latest --><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">' +
      '<entry id="1"><title>Tea &amp; cake</title><link href="https://example.com/1"/></entry>' +
      '<entry id="2"><title>Croquet</title><content type="xhtml">With <b>flamingos</b>, and hedgehogs as balls that walk away</content></entry></feed>',
  });

function showView(name: string): (runner: RunnerPage) => Promise<void> {
  return ({ page }) => page.getByRole('button', { name, exact: true }).click();
}

function pdfSample(bytes: Uint8Array): Promise<Sample> {
  return responseSample({ contentType: 'application/pdf', text: bytes });
}

function pdfDrawn({ page }: RunnerPage): Promise<void> {
  return page.locator('latchkey-pdf .text-layer').first().waitFor();
}

const screens: Readonly<Record<string, Screen>> = {
  idle: { sample: () => Promise.resolve({ model: modelWith({}) }) },
  'not-signed-in': { sample: () => Promise.resolve({ model: modelWith({ auth: notSignedIn }) }) },
  sending: {
    sample: () => Promise.resolve({ model: modelWith({ state: { kind: 'sending', startedAt: Date.now() - 1840 } }) }),
    act: ({ page }) => page.waitForSelector('.sending').then(() => undefined),
  },
  asking: { sample: () => Promise.resolve({ model: modelWith({ state: { kind: 'sending', startedAt: undefined } }) }) },
  'json-200': { sample: profile },
  'json-200-narrow': { sample: profile, width: 320 },
  'json-200-wide': { sample: profile, width: 760 },
  raw: { sample: profile, act: ({ page }) => page.getByRole('button', { name: 'Raw' }).click() },
  find: {
    sample: profile,
    act: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.getByPlaceholder('Find in body').fill('alice');
      await page.getByText(/^1 of /).waitFor();
    },
  },
  headers: { sample: profile, act: ({ page }) => page.getByRole('tab', { name: /Headers/ }).click() },
  events: {
    sample: async () => {
      const stream = prices(14);
      return { ...(await stream.sample()), exchange: stream.exchange };
    },
    act: async ({ page }) => {
      await page.locator('latchkey-stream-list .row').nth(11).click();
      await page.locator('latchkey-stream-list pre').getByText('bid').waitFor();
    },
  },
  'events-broken-narrow': {
    width: 320,
    sample: async () => {
      const stream = prices(3);
      const ending = { text: 'It broke off. 127.0.0.1:9321 closed the connection in the middle.', isGood: false };
      return { ...(await stream.sample(ending)), exchange: stream.exchange };
    },
  },
  socket: {
    sample: async () => {
      const stream = chat();
      return { ...(await stream.sample()), exchange: stream.exchange };
    },
  },
  'socket-480': {
    width: 480,
    sample: async () => {
      const stream = chat();
      return { ...(await stream.sample()), exchange: stream.exchange };
    },
    act: async ({ page }) => {
      await page.getByRole('tab', { selected: true }).press('End');
      await page.getByRole('tablist').hover();
    },
  },
  'socket-800': {
    width: 800,
    sample: async () => {
      const stream = chat();
      return { ...(await stream.sample()), exchange: stream.exchange };
    },
  },
  'socket-320': {
    width: 320,
    sample: async () => {
      const stream = chat();
      return { ...(await stream.sample()), exchange: stream.exchange };
    },
  },
  cookies: {
    sample: () =>
      responseSample({
        text: PROFILE,
        cookies: {
          kept: true,
          sent: [
            { name: 'sid', host: '127.0.0.1:9321' },
            { name: 'theme', host: '127.0.0.1:9321' },
          ],
          received: [
            {
              ...{ name: '__Host-session', domain: 'api.example.com', subdomains: false, path: '/' },
              ...{ expiresAt: undefined, flags: ['Secure', 'HttpOnly', 'SameSite=Strict'] },
              ...{ fate: 'stored', reason: undefined },
            },
            {
              ...{ name: 'theme', domain: 'example.com', subdomains: true, path: '/' },
              ...{ expiresAt: Date.UTC(2027, 0, 1), flags: [], fate: 'stored', reason: undefined },
            },
            {
              ...{ name: 'old', domain: 'api.example.com', subdomains: false, path: '/profile' },
              ...{ expiresAt: 0, flags: [], fate: 'removed', reason: undefined },
            },
            {
              ...{ name: 'tracker', domain: 'elsewhere.example', subdomains: true, path: '/' },
              ...{ expiresAt: undefined, flags: [], fate: 'refused' },
              reason: 'Its domain is not the one that set it.',
            },
          ],
        },
      }),
    act: ({ page }) => page.getByRole('tab', { name: /Cookies/ }).click(),
  },
  timing: { sample: profile, act: ({ page }) => page.getByRole('tab', { name: 'Timing' }).click() },
  redirects: {
    sample: async () => {
      const { model, body } = await profile();
      if (model.state.kind !== 'response') return { model, body };
      const state = { ...model.state, exchange: { ...model.state.exchange, hops: REDIRECTED } };
      return { model: { ...model, state }, body };
    },
    act: ({ page }) => page.getByRole('tab', { name: 'Timing' }).click(),
  },
  request: { sample: profile, act: ({ page }) => page.getByRole('tab', { name: 'Request' }).click() },
  tests: { sample: profile, act: ({ page }) => page.getByRole('tab', { name: /Tests/ }).click() },
  picker: { sample: profile, act: ({ page }) => page.getByRole('combobox').click() },
  edit: {
    sample: profile,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Edit request' }).click();
      await page.getByRole('textbox', { name: 'URL' }).waitFor();
    },
  },
  'edit-narrow': {
    sample: profile,
    width: 320,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Edit request' }).click();
      await page.getByRole('textbox', { name: 'URL' }).fill('/other');
      await page.keyboard.press('Control+a');
    },
  },
  'edit-refused': {
    sample: profile,
    act: async (runner) => {
      await runner.page.getByRole('button', { name: 'Edit request' }).click();
      await runner.page.getByRole('textbox', { name: 'URL' }).fill('/other');
      runner.edits.view = undefined;
      await runner.page.getByRole('button', { name: 'Apply' }).click();
      await runner.page.getByRole('alert').waitFor();
    },
  },
  history: {
    sample: profile,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'History of showProfile' }).click();
      await page.getByText('cancelled').waitFor();
    },
  },
  past: {
    sample: () =>
      responseSample(
        { text: PROFILE },
        { past: { id: 'a-1', at: Date.now() - 720_000, environment: 'staging', isLatest: false } },
      ),
  },
  'past-narrow': {
    sample: () =>
      responseSample(
        { text: PROFILE },
        { past: { id: 'a-1', at: Date.now() - 720_000, environment: 'staging', isLatest: false } },
      ),
    width: 320,
  },
  'problem-404': {
    sample: () =>
      responseSample({ status: 404, statusText: 'Not Found', contentType: 'application/problem+json', text: PROBLEM }),
  },
  'error-500': {
    sample: () =>
      responseSample({
        status: 500,
        statusText: 'Internal Server Error',
        contentType: 'text/plain',
        text: 'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
      }),
  },
  'sign-in-again': {
    sample: () =>
      responseSample(
        {
          status: 401,
          statusText: 'Unauthorized',
          text: '{"error":"invalid_token","error_description":"The access token was revoked"}',
        },
        { auth: { kind: 'signInAgain', connection: 'Playground', account: 'alice' } },
      ),
  },
  'notice-401': {
    sample: () =>
      responseSample(
        {
          status: 401,
          statusText: 'Unauthorized',
          contentType: 'application/problem+json',
          text: '{"type":"about:blank","title":"Unauthorized","detail":"No access token was sent."}',
          notice: {
            message: 'This API asks you to sign in at login.acme.dev.',
            action: { action: 'signIn', label: 'Sign In' },
          },
        },
        { auth: { kind: 'none' } },
      ),
  },
  failure: { sample: () => Promise.resolve({ model: modelWith({ state: refused }) }) },
  cancelled: { sample: () => Promise.resolve({ model: modelWith({ state: { kind: 'cancelled', sent: undefined } }) }) },
  empty: { sample: () => responseSample({ status: 204, statusText: 'No Content', text: '' }) },
  hex: { sample: () => responseSample({ contentType: 'application/zip', text: png(64, 64) }), act: showView('Hex') },
  'hex-wide': { sample: profile, width: 900, act: showView('Hex') },
  'not-text': { sample: () => responseSample({ contentType: 'text/plain', text: ZIP }) },
  image: {
    sample: () => responseSample({ contentType: 'image/png', text: png(640, 420) }),
    act: ({ page }) => page.getByText('640 × 420 pixels').waitFor(),
  },
  audio: { sample: () => responseSample({ contentType: 'audio/wav', text: wav() }) },
  table: {
    sample: () => responseSample({ contentType: 'text/csv', text: CSV }),
    width: 620,
    act: ({ page }) => page.getByRole('cell').first().waitFor(),
  },
  folded: { sample: profile, act: ({ page }) => page.getByRole('button', { name: 'Fold all' }).click() },
  'row-menu': {
    sample: profile,
    act: async ({ page }) => {
      await page.locator('.row', { hasText: '"address"' }).click({ button: 'right' });
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  filter: {
    sample: () => responseSample({ text: orders(2000) }),
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
      await page.keyboard.type('[?@.state == "closed"].reference');
      await page.getByText('666 found').waitFor();
    },
  },
  'filter-wrong': {
    sample: profile,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Filter by JSONPath' }).click();
      await page.keyboard.type('.roles[');
      await page.getByText(/^At character/).waitFor();
    },
  },
  xml: { sample: xmlSample },
  'xml-narrow': { sample: xmlSample, width: 320 },
  'xml-filter': {
    sample: xmlSample,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Filter by XPath' }).click();
      await page.keyboard.type('/_:entry[@id > 1]');
      await page.getByText('1 found').waitFor();
    },
  },
  'xml-filter-open': {
    sample: xmlSample,
    act: ({ page }) => page.getByRole('button', { name: 'Filter by XPath' }).click(),
  },
  'xml-filter-wrong': {
    sample: xmlSample,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Filter by XPath' }).click();
      await page.keyboard.type('/d:entry');
      await page.getByText('the document does not declare the prefix d').waitFor();
    },
  },
  html: { sample: () => responseSample({ contentType: 'text/html', text: HOSTILE }), act: showView('Preview') },
  markdown: {
    sample: () => responseSample({ contentType: 'text/markdown', text: MARKDOWN_HTML }),
    act: ({ page }) => page.frameLocator('iframe').locator('h1').waitFor(),
  },
  pdf: { sample: () => pdfSample(invoice()), act: pdfDrawn, width: 560 },
  'pdf-narrow': { sample: () => pdfSample(invoice()), act: pdfDrawn, width: 320 },
  'pdf-selected': {
    sample: () => pdfSample(pdf(numberedPages(12))),
    act: async (runner) => {
      await pdfDrawn(runner);
      await runner.page.locator('latchkey-pdf .scroller').evaluate((scroller) => (scroller.scrollTop = 900));
      await runner.page.getByText('2 of 12', { exact: true }).waitFor();
      await runner.page.getByText('Line 15 of chapter 2').selectText();
    },
  },
  'pdf-encrypted': {
    sample: () => pdfSample(encryptedPdf()),
    act: ({ page }) => page.getByText('It is protected by a password').waitFor(),
  },
  'not-json': { sample: () => responseSample({ text: '{"a": 1,\n "b": oops}' }) },
  'large-media': {
    sample: () =>
      responseSample({
        contentType: 'image/png',
        text: Buffer.concat([png(2, 2), Buffer.alloc(40_000_000)]),
      }),
  },
  large: {
    sample: () => responseSample({ text: orders(20_000) }),
    act: async ({ page }) => {
      await page.locator('latchkey-row-list .scroller').evaluate((list) => (list.scrollTop = 1_234_567));
      await page.locator('.row .text').first().waitFor();
    },
  },
};

async function draw(theme: ThemeName, only: string | undefined): Promise<void> {
  await withBrowser('screens', async (browser) => {
    for (const [name, { sample, width = 480, act }] of Object.entries(screens)) {
      if (only !== undefined && !name.includes(only)) continue;
      await using runner = await RunnerPage.open(browser, { theme, width });
      const { model, body, exchange } = await sample();
      await runner.show(model, body, exchange);
      await act?.(runner);
      await runner.settle();
      await runner.page.mouse.move(0, 0);
      await runner.page.screenshot({ path: path.join(resultsFolder, 'runner', `${name}-${theme}.png`) });
      if (runner.problems.length > 0) console.log(`${name} in ${theme}: ${runner.problems.join('; ')}`);
    }
  });
}

async function main(): Promise<void> {
  const [only, wanted] = process.argv.slice(2);
  await mkdir(path.join(resultsFolder, 'runner'), { recursive: true });
  for (const theme of Object.keys(themes) as ThemeName[]) {
    if (wanted === undefined || wanted === theme) await draw(theme, only);
  }
}

void main();
