/**
 * The characters that one place of a pattern takes. The engine of the host decides, one character at a time, so that
 * `\w`, `\p{…}` and the case of letters mean what they mean everywhere; it never sees more than that character.
 */
export class CharacterSet {
  readonly #expression: RegExp;
  /** 0: not known yet, 1: inside, 2: outside. */
  readonly #ascii = new Uint8Array(128);
  readonly #others = new Map<number, boolean>();

  /** @param source a pattern for one character, such as `[^a-z]`. */
  constructor(source: string, flags: string) {
    this.#expression = new RegExp(`^${source}$`, flags);
  }

  has(codePoint: number): boolean {
    if (codePoint >= 128) return this.#hasOther(codePoint);
    const known = this.#ascii[codePoint];
    if (known !== 0) return known === 1;
    const inside = this.#expression.test(String.fromCharCode(codePoint));
    this.#ascii[codePoint] = inside ? 1 : 2;
    return inside;
  }

  #hasOther(codePoint: number): boolean {
    const known = this.#others.get(codePoint);
    if (known !== undefined) return known;
    const inside = this.#expression.test(String.fromCodePoint(codePoint));
    if (this.#others.size < MAX_REMEMBERED) this.#others.set(codePoint, inside);
    return inside;
  }
}

const MAX_REMEMBERED = 2_000;
