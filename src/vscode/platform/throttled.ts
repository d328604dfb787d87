/** Does something at once, and then at most once in a while with the latest value. */
export class Throttled<T> {
  readonly #milliseconds: number;
  readonly #act: (value: T) => void;
  #latest: { readonly value: T } | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, act: (value: T) => void) {
    this.#milliseconds = milliseconds;
    this.#act = act;
  }

  next(value: T): void {
    this.#latest = { value };
    if (this.#resting === undefined) this.#flush();
  }

  /** Nothing more is done. */
  stop(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
    this.#latest = undefined;
  }

  #flush(): void {
    const { value } = this.#latest ?? {};
    const isWanted = this.#latest !== undefined;
    this.#latest = undefined;
    this.#resting = isWanted ? setTimeout(() => this.#flush(), this.#milliseconds) : undefined;
    if (isWanted) this.#act(value as T);
  }
}
