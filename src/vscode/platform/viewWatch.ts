/** Milliseconds for which a view in sight may say nothing before it is replaced, the first time and the next. */
const PATIENCE: readonly number[] = [8_000, 12_000];

/** Milliseconds for which the last one may say nothing before people are told. */
const LAST_PATIENCE = 20_000;

/**
 * Has a view replaced that does not come up: on a machine that is short of something its page, or the service worker
 * that hands out its script, may fail to load, and an empty view says nothing of that. A page that has loaded speaks
 * within a moment.
 */
export class ViewWatch {
  readonly #replace: () => void;
  readonly #giveUp: () => void;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param giveUp called when the views that took its place did not come up either. */
  constructor(replace: () => void, giveUp: () => void) {
    this.#replace = replace;
    this.#giveUp = giveUp;
  }

  /** A page is loading, in sight. */
  loads(): void {
    this.stop();
    const patience = PATIENCE[this.#tries];
    this.#timer =
      patience === undefined ? setTimeout(this.#giveUp, LAST_PATIENCE) : setTimeout(() => this.#tryAgain(), patience);
  }

  #tryAgain(): void {
    this.#tries++;
    this.#replace();
    this.loads();
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
