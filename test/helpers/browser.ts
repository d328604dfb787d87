import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';
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

/**
 * The same with a profile on disk, in a context of its own: one that takes webviews from another origin, as the desktop
 * does, with a process of their own.
 * @param host `address:port` that stands in for the origins of webviews.
 */
export async function launchBrowserWithProfile(profile: string, host: string): Promise<BrowserContext> {
  const executablePath = await provisionChromium((line) => console.log(line));
  // Webviews have service workers, which count as cookies of a third party there.
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await fs.mkdir(path.join(profile, 'Default'), { recursive: true });
  await fs.writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const args = [
    ...flags,
    ...['--ignore-certificate-errors', `--host-resolver-rules=MAP *.vscode-cdn.net ${host}`],
    '--enable-precise-memory-info',
  ];
  return chromium.launchPersistentContext(profile, { executablePath, args, viewport: { width: 1400, height: 900 } });
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
