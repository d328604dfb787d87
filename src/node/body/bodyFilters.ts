import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/disposable';
import { abortError } from '../../core/errors';
import type { BodyFilter, FilterOutcome, FilterSource } from '../../core/response/bodyFilter';
import type { FilterAnswer, FilterRequest } from './filterMessages';

/** Megabytes of memory for what is filtered. */
const MEMORY = 1536;
/** Milliseconds after which the body that is kept for the next path is given up. */
const IDLE = 30_000;

/**
 * Filters bodies in a thread of its own. A path cannot be stopped while it looks, so a thread whose answer is not wanted
 * any more is ended, and the next path gets a new one.
 */
export class BodyFilters implements BodyFilter, Disposable {
  readonly #script: string;
  #worker: Worker | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;

  /** @param script path of the bundled `filterWorker.ts`. */
  constructor(script: string) {
    this.#script = script;
  }

  async filter(key: string, source: FilterSource, path: string, signal: AbortSignal): Promise<FilterOutcome> {
    if (signal.aborted) throw abortError();
    if (this.#isBusy) this.dispose();
    clearTimeout(this.#idle);
    this.#isBusy = true;
    const worker = (this.#worker ??= this.#start());
    try {
      const outcome = await ask(worker, { key, source, path }, signal);
      if (!outcome) throw new Error('There is nothing to be filtered');
      return outcome;
    } catch (error) {
      if (this.#worker === worker) this.dispose();
      void worker.terminate();
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'tooMuch' };
      throw error;
    } finally {
      if (this.#worker === worker) this.#rest();
    }
  }

  dispose(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#isBusy = false;
  }

  #rest(): void {
    this.#isBusy = false;
    this.#idle = setTimeout(() => this.dispose(), IDLE);
    this.#idle.unref();
  }

  #start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY };
    const worker = new Worker(this.#script, { name: 'latchkey-filter', resourceLimits });
    worker.unref();
    return worker;
  }
}

function ask(worker: Worker, request: FilterRequest, signal: AbortSignal): Promise<FilterOutcome | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => settle(() => reject(abortError()));
    const onMessage = ({ outcome }: FilterAnswer): void => settle(() => resolve(outcome));
    const onError = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    const onExit = (): void => settle(() => reject(abortError()));
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
