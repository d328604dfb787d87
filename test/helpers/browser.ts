import * as path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { resultsFolder } from './repository';
import { provisionChromium } from '../tools/provision/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium that talks to nobody but the pages it is sent to. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await provisionChromium((line) => console.log(line));
  return chromium.launch({ executablePath, args: flags });
}

/** Runs `use` with a browser. When it throws, every open page is saved as a picture under `test-results/failures`. */
export async function withBrowser(name: string, use: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  try {
    await use(browser);
  } catch (error) {
    await savePages(browser, name);
    throw error;
  } finally {
    await browser.close();
  }
}

async function savePages(browser: Browser, name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = path.join(resultsFolder, 'failures', `${name}-${index + 1}.png`);
    // The failure itself is what counts; a page that cannot be drawn any more must not hide it.
    await page.screenshot({ path: file, timeout: 5_000 }).catch((error: unknown) => console.error(String(error)));
  }
}
