import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from '../helpers/browser';
import { connectionWith } from '../helpers/oauth/connection';
import { LoopbackRedirect } from '../../src/node/loopbackRedirect';

test('the page after the callback asks for nothing else, and the code is in neither address bar nor history [R8]', async () => {
  const loopback = new LoopbackRedirect((uri) => Promise.resolve(uri));
  const redirect = await loopback.open(connectionWith(), 'state', new AbortController().signal);
  redirect.onCallback(() => true);
  await withBrowser('callback-page', async (browser) => {
    const page = await browser.newPage();
    const requested: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const callback = `${redirect.uri}?code=c0de&state=s`;
    await page.goto(callback);
    await page.getByText('You can close this tab and return to the editor').waitFor();
    assert.equal(page.url(), redirect.uri);
    assert.equal(await page.evaluate(() => document.referrer + document.cookie), '');
    assert.deepEqual(requested, [callback]);
    assert.deepEqual(complaints, [], 'the policy lets its own style and script through');
    const session = await page.context().newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    assert.ok(entries.some(({ url }) => url === redirect.uri));
    assert.ok(
      entries.every(({ url }) => !url.includes('c0de')),
      JSON.stringify(entries),
    );
  });
  await redirect.close();
});
