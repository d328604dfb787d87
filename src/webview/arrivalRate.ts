/** Milliseconds over which the rate is taken. */
const WINDOW = 3000;
/** Milliseconds from which on it says something. */
const LEAST = 500;

/** How fast a body arrives. */
export class ArrivalRate {
  /** The oldest first: when there were how many bytes. */
  #samples: readonly { readonly at: number; readonly size: number }[] = [];

  /** Another body is on show. */
  forget(): void {
    this.#samples = [];
  }

  /** @param at milliseconds since the epoch */
  grew(size: number, at: number): void {
    this.#samples = [...this.#recent(at), { at, size }];
  }

  /** Bytes a second; `undefined` while nobody can tell. */
  perSecond(now: number): number | undefined {
    const recent = this.#recent(now);
    const [first] = recent;
    if (!first || now - first.at < LEAST) return undefined;
    const grown = (recent.at(-1)?.size ?? first.size) - first.size;
    return (grown * 1000) / (now - first.at);
  }

  /** The last one before them belongs to them: what came since then came while they did. */
  #recent(now: number): readonly { readonly at: number; readonly size: number }[] {
    const from = this.#samples.findIndex(({ at }) => at >= now - WINDOW);
    return from < 0 ? this.#samples.slice(-1) : this.#samples.slice(Math.max(0, from - 1));
  }
}
