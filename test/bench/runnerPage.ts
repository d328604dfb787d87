import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import type { Subject } from './runnerOrders';

/** What the frames of our page say about its body; see `runnerApp.ts`. */
interface App extends HTMLElement {
  readonly shown: { readonly exchange?: { readonly body: { readonly bodyId?: string; readonly complete?: boolean } } };
}

interface FindBarElement extends HTMLElement {
  readonly state: { readonly text: string; readonly count: number };
}

/** Where a bench keeps its things in a page. */
interface Watched extends Window {
  benchGap?: number;
}

const panelTimeoutMs = 15_000;
const searchTimeoutMs = 120_000;

/** The page of a webview, watched from within: what is drawn, when, and how long it took the page between two frames. */
export class RunnerPage {
  readonly #page: Page;
  readonly #frame: Frame;
  readonly #subject: Subject;

  private constructor(page: Page, frame: Frame, subject: Subject) {
    this.#page = page;
    this.#frame = frame;
    this.#subject = subject;
  }

  /** Waits until there is a panel of the subject, and begins to watch. */
  static async of(page: Page, subject: Subject): Promise<RunnerPage> {
    const outer = await page.waitForSelector('iframe.webview.ready', { timeout: panelTimeoutMs });
    const middle = await outer.contentFrame();
    const inner = await middle?.waitForSelector('#active-frame', { timeout: panelTimeoutMs });
    const frame = await inner?.contentFrame();
    if (!frame) throw new Error('The panel has no page.');
    const runner = new RunnerPage(page, frame, subject);
    await frame.waitForSelector(subject === 'latchkey' ? 'latchkey-runner' : 'pre');
    for (const watched of [page.mainFrame(), frame]) await watched.evaluate(watchFrames);
    return runner;
  }

  /** When the frame was drawn that first shows the marker, in milliseconds since 1970, with fractions. */
  async painted(marker: string): Promise<number> {
    const isPretty = this.#subject === 'latchkey';
    return this.#frame.evaluate(whenPainted, isPretty ? `"marker": "${marker}"` : `${marker}"`);
  }

  /** All of the body that is shown has been received and looked through. */
  async complete(timeoutMs: number): Promise<void> {
    if (this.#subject === 'floor') return;
    await this.#frame.waitForFunction(
      () => document.querySelector<App>('latchkey-runner')?.shown.exchange?.body.complete === true,
      undefined,
      { timeout: timeoutMs },
    );
  }

  /** The widest gaps between two frames since the last call, in milliseconds: the workbench's and the webview's. */
  async gaps(): Promise<{ readonly workbench: number; readonly webview: number }> {
    const [workbench, webview] = await Promise.all([
      this.#page.mainFrame().evaluate(takeGap),
      this.#frame.evaluate(takeGap),
    ]);
    return { workbench, webview };
  }

  /** Megabytes of the webview's heap, after a collection. */
  async heapMb(): Promise<number> {
    const session = await this.#page
      .context()
      .newCDPSession(this.#frame)
      .catch(() => undefined);
    await session?.send('HeapProfiler.collectGarbage');
    await session?.detach();
    const used = await this.#frame.evaluate(
      () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
    );
    return used / 1e6;
  }

  /** Scrolls to a place from 0 to 1; milliseconds until everything in sight is there. */
  async scrollTo(place: number): Promise<number> {
    return this.#frame.evaluate(scrollTo, place);
  }

  /** Milliseconds from the last key of a search until something is found. */
  async search(text: string): Promise<number> {
    await this.#frame.locator('latchkey-row-list .scroller').click();
    await this.#page.keyboard.press('ControlOrMeta+f');
    const input = this.#frame.locator('latchkey-find-bar input');
    await input.waitFor();
    const found = this.#frame.evaluate(whenFound, text);
    await input.fill(text);
    const ms = await Promise.race([found, delay(searchTimeoutMs, undefined, { ref: false })]);
    if (ms === undefined) throw new Error(`${text} was not found within ${searchTimeoutMs / 1000} seconds.`);
    await input.press('Escape');
    // The next search must not take its answer from this bar.
    await input.waitFor({ state: 'detached' });
    return ms;
  }
}

// What follows runs in the page, and knows nothing of this module.

function watchFrames(): void {
  const watched = window as Watched;
  watched.benchGap = 0;
  let last = performance.now();
  const tick = (now: number): void => {
    watched.benchGap = Math.max(watched.benchGap ?? 0, now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

function takeGap(): number {
  const watched = window as Watched;
  const gap = watched.benchGap ?? 0;
  watched.benchGap = 0;
  return gap;
}

function whenPainted(text: string): Promise<number> {
  return new Promise((resolve) => {
    const drawn = (): string => {
      const list = document.querySelector('latchkey-runner')?.shadowRoot?.querySelector('latchkey-row-list');
      return (list?.shadowRoot?.querySelector('.window') ?? document.querySelector('pre'))?.textContent ?? '';
    };
    const look = (): void => {
      if (!drawn().slice(0, 2_000).includes(text)) requestAnimationFrame(look);
      // It is in the page and goes to the screen with this frame: the next one begins when that is done.
      else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    look();
  });
}

function scrollTo(place: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const list = document.querySelector('latchkey-runner')?.shadowRoot?.querySelector('latchkey-row-list');
    const scroller = list?.shadowRoot?.querySelector('.scroller');
    if (!scroller) {
      reject(new Error('There is no list.'));
      return;
    }
    const began = performance.now();
    scroller.scrollTop = place * (scroller.scrollHeight - scroller.clientHeight);
    const { top, bottom } = scroller.getBoundingClientRect();
    const isThere = (): boolean => {
      const rows = [...scroller.querySelectorAll('.row')].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      return rows.length > 5 && rows.every((row) => row.querySelector('.text') !== null);
    };
    // The first frame draws what was there before; it is the second one at the earliest that shows something new.
    const look = (): void => {
      if (isThere()) requestAnimationFrame(() => resolve(performance.now() - began));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
  });
}

function whenFound(text: string): Promise<number> {
  return new Promise((resolve) => {
    const bar = document
      .querySelector('latchkey-runner')
      ?.shadowRoot?.querySelector<FindBarElement>('latchkey-find-bar');
    let began = performance.now();
    bar?.addEventListener('input', () => (began = performance.now()), { capture: true });
    const look = (): void => {
      if (bar?.state.text === text && bar.state.count > 0)
        requestAnimationFrame(() => resolve(performance.now() - began));
      else requestAnimationFrame(look);
    };
    look();
  });
}
