import { setTimeout as delay } from 'node:timers/promises';
import { abortError } from '../core/errors';
import type { Clock } from '../core/ports';

/** The longest wait a Node timer can hold, in milliseconds; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** The system's clock and timers. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  delay: async (milliseconds, signal) => {
    const options = signal ? { signal } : {};
    try {
      let left = milliseconds;
      for (; left > LONGEST; left -= LONGEST) await delay(LONGEST, undefined, options);
      await delay(Math.max(0, left), undefined, options);
    } catch {
      throw abortError();
    }
  },
};
