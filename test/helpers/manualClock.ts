import { abortError } from '../../src/core/errors';
import type { Clock } from '../../src/core/ports';

interface Waiting {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #waiting = new Set<Waiting>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Waits that nobody has ended yet; a finished send must leave none behind. */
  get pending(): number {
    return this.#waiting.size;
  }

  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { due: this.#now + milliseconds, wake: resolve };
      const cancel = (): void => {
        this.#waiting.delete(waiting);
        reject(abortError());
      };
      if (signal?.aborted === true) {
        cancel();
        return;
      }
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  /** Moves the time on, waking whoever is due in order, and lets what they do happen. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#waiting].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Lets promises that are ready run on. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
