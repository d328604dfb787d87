import type { Clock } from '../../../src/core/ports';
import { nodeClock } from '../../../src/node/nodeClock';

/** Milliseconds up to which a wait is a look at something again and no deadline. */
const shortWait = 1_000;

/** The real clock and real timers, set forward by as much as a test wants. */
export class ShiftedClock implements Clock {
  readonly #shortWaitsPass: boolean;
  #shift = 0;

  /** With `shortWaitsPass`, waits of up to a second move the clock instead of taking time. */
  constructor({ shortWaitsPass = false } = {}) {
    this.#shortWaitsPass = shortWaitsPass;
  }

  now(): number {
    return nodeClock.now() + this.#shift;
  }

  async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const passes = this.#shortWaitsPass && milliseconds <= shortWait;
    await nodeClock.delay(passes ? 0 : milliseconds, signal);
    if (passes) this.forward(milliseconds);
  }

  forward(milliseconds: number): void {
    this.#shift += milliseconds;
  }
}
