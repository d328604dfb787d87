import { logIn, type LogIn } from './authServer';
import { HttpBrowser, type Page } from './httpBrowser';

/**
 * Does what a person does with a code on a page of an oidc-provider: opens the page, which has the code filled in,
 * confirms it, logs in, and allows or denies.
 */
export async function confirmCode(page: string, options: LogIn = {}): Promise<Page> {
  const browser = new HttpBrowser();
  const filledIn = await browser.visit(page);
  const confirmation = await submitHidden(browser, filledIn);
  const started = await submitHidden(browser, confirmation);
  return logIn(started.url, options, browser);
}

/** Submits the first form of a page with its hidden fields. */
async function submitHidden(browser: HttpBrowser, page: Page): Promise<Page> {
  const action = /<form[^>]*action="([^"]*)"/.exec(page.text)?.[1];
  if (action === undefined) throw new Error(`No form in ${page.text}`);
  const inputs = page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  const fields = new URLSearchParams([...inputs].map(([, name = '', value = '']) => [name, value]));
  return browser.visit(new URL(action.replaceAll('&amp;', '&'), page.url).href, undefined, fields);
}
