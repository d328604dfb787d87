import type { Page } from 'playwright-core';

/** Fails the way back to `/callback` of whatever the page does next, and returns the address that it shows then. */
export async function failedCallback(page: Page, act: (page: Page) => Promise<void>): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const arrived = new Promise<string>((resolve, reject) => {
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' }).then(() => {
        resolve(request.url);
      }, reject);
    });
  });
  // Unlike the routes of Playwright it sees redirects too.
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/callback?*' }] });
  await act(page);
  return arrived;
}
