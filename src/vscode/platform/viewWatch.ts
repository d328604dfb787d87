/** Milliseconds for which a view in sight may say nothing before it is replaced, the first time and the next. */
const PATIENCE: readonly number[] = [8_000, 20_000];

/**
 * Has a view replaced that does not come up: on a machine that is short of something its page, or the service worker
 * that hands out its script, may fail to load, and an empty view says nothing of that. A page that has loaded speaks
 * within a moment.
 */
export class ViewWatch {
  readonly #replace: () => void;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(replace: () => void) {
    this.#replace = replace;
  }

  /** A page is loading, in sight. */
  loads(): void {
    this.stop();
    const patience = PATIENCE[this.#tries];
    if (patience === undefined) return;
    this.#timer = setTimeout(() => {
      this.#tries++;
      this.#replace();
      this.loads();
    }, patience);
  }

  /** It has said something. */
  speaks(): void {
    this.stop();
    this.#tries = 0;
  }

  /** Nobody waits for it. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
