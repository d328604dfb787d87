/** Calls when something that was begun has shown no sign of life for a while. */
export class Watch {
  readonly #limit: number;
  readonly #onStuck: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit milliseconds. */
  constructor(limit: number, onStuck: () => void) {
    this.#limit = limit;
    this.#onStuck = onStuck;
  }

  start(): void {
    this.stop();
    this.#timer = setTimeout(this.#onStuck, this.#limit);
  }

  /** Something happened. */
  touch(): void {
    if (this.#timer !== undefined) this.start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
