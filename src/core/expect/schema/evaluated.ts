/**
 * Which members or items of a value have been evaluated, for `unevaluatedProperties` and `unevaluatedItems`. A
 * subschema sees what the schema around it evaluated, and adds to it only where the value is valid by it.
 */
export class Evaluated {
  readonly #own = new Set<string | number>();
  readonly #outer: Evaluated | undefined;

  constructor(outer?: Evaluated) {
    this.#outer = outer;
  }

  has(key: string | number): boolean {
    return this.#own.has(key) || this.#outer?.has(key) === true;
  }

  add(key: string | number): void {
    this.#own.add(key);
  }

  /** Takes over what others evaluated themselves. */
  absorb(others: readonly Evaluated[]): void {
    for (const { keys } of others) for (const key of keys) this.#own.add(key);
  }

  get keys(): Iterable<string | number> {
    return this.#own;
  }
}
