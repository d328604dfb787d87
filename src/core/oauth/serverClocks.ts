import type { Clock } from '../ports';

/** Milliseconds below which a difference between two clocks is not worth a correction. */
const negligible = 5_000;

/**
 * How far the clocks of servers are from ours, as their answers tell. An assertion is judged by the server's clock, so
 * a machine whose clock is wrong must write the server's time into it.
 */
export class ServerClocks {
  readonly #clock: Clock;
  readonly #differences = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of the Date header of an answer that has just arrived. */
  note(origin: string, date: string | undefined): void {
    const time = Date.parse(date ?? '');
    if (!Number.isNaN(time)) this.#differences.set(origin, time - this.#clock.now());
  }

  /** Milliseconds since the epoch by the clock of the first of these servers that has told it, else by ours. */
  now(...urls: readonly (string | undefined)[]): number {
    return this.#clock.now() + this.difference(...urls);
  }

  /** Milliseconds that the server's clock is ahead of ours; 0 when it is close or not known. */
  difference(...urls: readonly (string | undefined)[]): number {
    for (const url of urls) {
      const known = url !== undefined && URL.canParse(url) ? this.#differences.get(new URL(url).origin) : undefined;
      if (known !== undefined) return Math.abs(known) > negligible ? known : 0;
    }
    return 0;
  }
}
