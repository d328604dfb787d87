interface Made<T> {
  readonly texts: readonly string[];
  readonly value: T;
}

/**
 * Keeps what was made of the texts of a file until they change. It goes by the texts themselves: a document that is
 * closed and opened again counts its versions from the beginning, so the same version can be another text.
 */
export class TextCache<T, Texts extends readonly string[]> {
  readonly #make: (...texts: Texts) => T;
  readonly #made = new Map<string, Made<T>>();

  constructor(make: (...texts: Texts) => T) {
    this.#make = make;
  }

  get(key: string, ...texts: Texts): T {
    const known = this.#made.get(key);
    if (known && isSame(known.texts, texts)) return known.value;
    const value = this.#make(...texts);
    this.#made.set(key, { texts, value });
    return value;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
