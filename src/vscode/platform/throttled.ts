/**
 * Does something at once, and then at most once in a while with the latest value. While several values come in each
 * pause the pauses double, up to `longest`: the first are seen as they come, and hundreds in a row cost little.
 */
export class Throttled<T> {
  readonly #shortest: number;
  readonly #longest: number;
  readonly #act: (value: T) => void;
  #pause: number;
  /** Values since the last act. */
  #count = 0;
  #latest: { readonly value: T } | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** Pauses are in milliseconds. */
  constructor(shortest: number, act: (value: T) => void, longest = shortest) {
    this.#shortest = shortest;
    this.#longest = longest;
    this.#act = act;
    this.#pause = shortest;
  }

  next(value: T): void {
    this.#latest = { value };
    this.#count++;
    if (this.#resting === undefined) this.#flush();
  }

  /** Nothing more is done. */
  stop(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
    this.#latest = undefined;
    this.#count = 0;
    this.#pause = this.#shortest;
  }

  #flush(): void {
    const { value } = this.#latest ?? {};
    const isWanted = this.#latest !== undefined;
    this.#latest = undefined;
    this.#pause = this.#count > 1 ? Math.min(this.#longest, this.#pause * 2) : this.#shortest;
    this.#count = 0;
    this.#resting = isWanted ? setTimeout(() => this.#flush(), this.#pause) : undefined;
    if (isWanted) this.#act(value as T);
  }
}
