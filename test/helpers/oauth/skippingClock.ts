import type { Clock } from '../../../src/core/ports';
import { nodeClock } from '../../../src/node/nodeClock';

/** Milliseconds of the deadline for one request: it is real, and never comes in a test. */
const deadline = 30_000;

/** A clock on which every wait passes at once and is written down, while requests on real sockets take no time. */
export class SkippingClock implements Clock {
  /** Milliseconds of each wait, in order. */
  readonly waits: number[] = [];
  #now: number;

  constructor(now = Date.now()) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds === deadline) return nodeClock.delay(milliseconds, signal);
    this.waits.push(milliseconds);
    await nodeClock.delay(0, signal);
    this.#now += milliseconds;
  }
}
