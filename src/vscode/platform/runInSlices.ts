import type { Steps } from '../../core/request/steps';

/** Milliseconds at a time that others wait. A step more may be begun just before they are over. */
const SLICE = 8;

/**
 * Does work in slices, between which the extension host attends to everything else.
 * @param isOutdated asked after each pause: whether nobody wants the result any more, which then is `undefined`.
 */
export async function runInSlices<T>(steps: Steps<T>, isOutdated: () => boolean): Promise<T | undefined> {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await new Promise((resolve) => setImmediate(resolve));
    if (isOutdated()) return undefined;
  }
}
