import * as path from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { AccountsMenu } from './workbench/accountsMenu';
import { Modal } from './workbench/modal';
import { Notifications } from './workbench/notifications';
import { QuickInput } from './workbench/quickInput';
import { SideBar } from './workbench/sideBar';
import { trustFolder } from './workbench/trust';
import { resultsFolder } from './repository';

const loadTimeoutMs = 60_000;
const stepTimeoutMs = 30_000;

/** A VS Code window in a browser page, in the words of somebody who uses it. Every step waits until it has happened. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly modal: Modal;
  readonly notifications: Notifications;
  readonly accounts: AccountsMenu;
  readonly sideBar: SideBar;

  readonly #drawOn: () => Promise<void>;

  private constructor(page: Page, drawOn: () => Promise<void>) {
    this.page = page;
    this.#drawOn = drawOn;
    this.quickInput = new QuickInput(page);
    this.modal = new Modal(page);
    this.notifications = new Notifications(page);
    this.accounts = new AccountsMenu(page);
    this.sideBar = new SideBar(page);
  }

  /** Opens `address` in a new page and waits for the workbench to be usable. */
  static async open(context: BrowserContext, address: string): Promise<Workbench> {
    await withSettledWorkers(context);
    const page = await context.newPage();
    page.setDefaultTimeout(stepTimeoutMs);
    const drawOn = await keepDrawing(page);
    await page.goto(address, { timeout: loadTimeoutMs });
    await Workbench.#ready(page);
    return new Workbench(page, drawOn);
  }

  static async #ready(page: Page): Promise<void> {
    await page.locator('.explorer-folders-view, .monaco-dialog-box').first().waitFor({ timeout: loadTimeoutMs });
  }

  /** Reloads the window as a user does; the command saves the layout first, the browser's own reload may not. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.quickInput.openWith('F1');
    await this.quickInput.input.fill('>Developer: Reload Window');
    await this.quickInput.rows.first().click();
    await loaded;
    await Workbench.#ready(this.page);
  }

  /** Trusts the opened folder; does nothing when it is trusted. */
  trustFolder(): Promise<void> {
    return trustFolder(this.page);
  }

  /** Runs a command from the palette by its full title, e.g. `Latchkey: Sign In`. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.pickCommand(title);
  }

  /** Opens a file of the workspace with quick open; resolves with its editor visible. */
  async openFile(name: string): Promise<void> {
    await this.quickInput.openWith('ControlOrMeta+P');
    await this.quickInput.pick(path.posix.basename(name), name);
    await this.tab(path.posix.basename(name)).waitFor();
    await this.editorText.waitFor();
  }

  /** What is written in the first text editor. */
  get editorText(): Locator {
    return this.page.locator('.editor-instance .view-lines').first();
  }

  tab(label: string): Locator {
    return this.page.locator(
      `.tabs-container .tab[data-resource-name="${label}"], .tabs-container .tab[aria-label^="${label}"]`,
    );
  }

  /** Clicks a CodeLens, e.g. `Send`. `nth` counts those of that title from the top of the editor. */
  async clickCodeLens(title: string, nth = 0): Promise<void> {
    // "Send" is not "Send all".
    const exactly = new RegExp(`^\\s*${title}\\s*$`);
    await this.page.locator('.codelens-decoration a').filter({ hasText: exactly }).nth(nth).click();
  }

  codeLens(title: string): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: title });
  }

  /** The document inside the visible webview of an extension. */
  webview(extensionId: string): FrameLocator {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extensionId}"]`)
      .frameLocator('#active-frame');
  }

  statusBarItem(text: string): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Runs `action` and waits for the browser page that it opens. */
  async popup(action: () => Promise<void>): Promise<Page> {
    const [page] = await Promise.all([this.page.context().waitForEvent('page'), action()]);
    page.once('close', () => void this.#drawOn());
    await page.waitForLoadState('domcontentloaded');
    return page;
  }

  /** Has the system prefer light or dark, which a window with {@link systemThemeSetting} follows. */
  async preferScheme(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await this.page.locator(`.monaco-workbench.${colorScheme === 'light' ? 'vs' : 'vs-dark'}`).waitFor();
  }

  /** Saves what the window looks like under `test-results/screenshots`. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(resultsFolder, 'screenshots', `${name}.png`) });
  }
}

/**
 * Spares VS Code's views two things that a browser with one fixed build of VS Code has no use for: code-server's own
 * service worker, which views take for an older one of theirs, and the look for a newer one, which views of newer
 * versions wait for. Chromium sometimes never answers a look that falls into an installation, and then no view of the
 * window comes up any more (seen in 4 of 24 windows).
 */
async function withSettledWorkers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (!('serviceWorker' in navigator)) return;
    const workers = navigator.serviceWorker;
    const register = workers.register.bind(workers);
    workers.register = (script, options) =>
      String(script).includes('/_static/out/browser/serviceWorker.js')
        ? new Promise(() => undefined)
        : register(script, options);
    ServiceWorkerRegistration.prototype.update = function update() {
      return Promise.resolve(this);
    };
  });
}

/**
 * Has the browser draw the page all the time. Without a screen it stops drawing a page that another one once covered,
 * and then VS Code never gets the idle moments and animation frames in which it does part of its work.
 * @returns begins anew, for when the other page is gone
 */
async function keepDrawing(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ sessionId }) => {
    // A page that has been closed meanwhile needs no more frames.
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  const start = async (): Promise<void> => {
    await session.send('Page.startScreencast', { format: 'jpeg', quality: 1, maxWidth: 16, maxHeight: 16 });
  };
  await start();
  return async () => {
    if (page.isClosed()) return;
    await session
      .send('Page.stopScreencast')
      .then(start)
      .catch(() => undefined);
  };
}
