import * as path from 'node:path';
import { StartedProcess } from '../helpers/childProcess';
import { lastRecord, middleRecord } from '../helpers/jsonBodyServer';
import { repositoryRoot, resultsFolder } from '../helpers/repository';
import type { Measurement } from '../tools/bench/measurement';
import { RunnerFigures } from './runnerFigures';
import type { Subject } from './runnerOrders';
import { RunnerPage } from './runnerPage';
import { inBenchWindow, type BenchWindow } from './runnerWindow';

const MB = 1_000_000;
const GB = 1_000 * MB;
const small = 1_000;
const rounds = 2;
const smallSends = 200;
const settleTimeoutMs = 120_000;

interface Work {
  readonly bytes: number;
  readonly times: number;
}

/** In this order: what the largest adds to memory is measured while little else has been there. */
const works: readonly Work[] = [
  { bytes: small, times: 8 },
  { bytes: 200 * MB, times: 1 },
  { bytes: MB, times: 5 },
  { bytes: 10 * MB, times: 4 },
  { bytes: 50 * MB, times: 3 },
  { bytes: 200 * MB, times: 1 },
];

/**
 * From sending to what is seen, for bodies of all sizes, in a real VS Code and browser: Latchkey, the smallest
 * extension that could do something similar, and raw undici, on the same server in the same run.
 */
export async function run(): Promise<readonly Measurement[]> {
  const figures = new RunnerFigures();
  const server = new StartedProcess(process.execPath, [bundled('runnerServer')], {
    logFile: path.join(resultsFolder, 'logs', 'bench-server.log'),
  });
  try {
    const [, origin = ''] = await server.waitForOutput(/listening on (\S+)/, 10_000);
    const subject = { origin, sizes: [...new Set([...works.map(({ bytes }) => bytes), GB])] };
    for (let round = 1; round <= rounds; round++) {
      // Taking turns: what the machine does meanwhile hits both alike.
      for (const name of ['floor', 'latchkey'] as const) {
        await inBenchWindow(name, subject, async (window) => {
          const sending = new Sending(name, origin, figures, window);
          await sending.everyWork();
          if (name === 'latchkey' && round === rounds) await sending.gigabyte();
        });
      }
    }
  } catch (error) {
    // What has been measured so far took minutes.
    console.error(error);
    process.exitCode = 1;
  } finally {
    await server.stop();
  }
  return figures.measurements();
}

function bundled(name: string): string {
  return path.join(repositoryRoot, 'out', 'test', 'bench', `${name}.entry.js`);
}

/** Everything that is measured in one window. */
class Sending {
  readonly #subject: Subject;
  readonly #origin: string;
  readonly #figures: RunnerFigures;
  readonly #window: BenchWindow;
  #page: RunnerPage | undefined;
  #sends = 0;

  constructor(subject: Subject, origin: string, figures: RunnerFigures, window: BenchWindow) {
    this.#subject = subject;
    this.#origin = origin;
    this.#figures = figures;
    this.#window = window;
  }

  async everyWork(): Promise<void> {
    const { ms, rssMb, shownRssMb } = await this.#window.give({ order: 'activate' });
    this.#add('activation', ms);
    this.#add('activation rss', rssMb);
    this.#add('file rss', shownRssMb);
    // The first send opens the panel.
    await this.#window.give({ order: 'send', bytes: small });
    this.#page = await RunnerPage.of(this.#window.page, this.#subject);
    this.#add('heap', await this.#page.heapMb());
    for (const { bytes, times } of works) {
      for (let time = 0; time < times; time++) await this.#send(this.#page, bytes);
      if (bytes === small) await this.#sendSmall();
    }
    this.#add('heap after', await this.#page.heapMb());
  }

  /** A body that no memory has room for: shown, scrolled and searched. */
  async gigabyte(): Promise<void> {
    const page = this.#page;
    if (!page) return;
    await this.#send(page, GB);
    for (const place of [0.1, 0.9, 0.37, 1, 0.63, 0.02, 0.5, 0.77]) this.#add('scroll', await page.scrollTo(place));
    this.#add('search half', await page.search(middleRecord));
    this.#add('search whole', await page.search(lastRecord));
    this.#add('heap gigabyte', await page.heapMb());
  }

  async #sendSmall(): Promise<void> {
    for (const ms of await this.#window.give({ order: 'sendSmall', times: smallSends })) this.#add('small sends', ms);
    const raw = await this.#window.give({ order: 'raw', bytes: small, times: smallSends });
    for (const ms of raw) this.#figures.add('raw', 'small sends', ms);
  }

  async #send(page: RunnerPage, bytes: number): Promise<void> {
    const raw = await this.#window.give({ order: 'raw', bytes, times: 1 });
    for (const ms of raw) this.#figures.add('raw', `${bytes} received`, ms);
    const marker = `${this.#subject}-${++this.#sends}`;
    await fetch(`${this.#origin}/marker?is=${marker}`);
    await page.gaps();
    const painting = page.painted(marker);
    const { beganAt, ms } = await this.#window.give({ order: 'send', bytes });
    this.#add(`${bytes} painted`, (await painting) - beganAt);
    this.#add(`${bytes} received`, ms);
    const settling = performance.now();
    await page.complete(settleTimeoutMs);
    this.#add(`${bytes} settled`, ms + performance.now() - settling);
    const { rssMb, stallMs, p99Ms } = await this.#window.give({ order: 'seen' });
    const { workbench, webview } = await page.gaps();
    this.#add(`${bytes} rss`, rssMb);
    this.#add(`${bytes} stall`, stallMs);
    this.#add(`${bytes} p99`, p99Ms);
    this.#add(`${bytes} workbench gap`, workbench);
    this.#add(`${bytes} webview gap`, webview);
  }

  #add(figure: string, value: number): void {
    this.#figures.add(this.#subject, figure, value);
  }
}
