/** Why a JSONPath query cannot be read, and where: an offset in it. */
export class JsonPathSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NAME = /[A-Za-z_\u0080-\ud7ff\ue000-\u{10ffff}][0-9A-Za-z_\u0080-\ud7ff\ue000-\u{10ffff}]*/uy;
const INTEGER = /0|-?[1-9]\d*/y;
const NUMBER = /(?:-0|0|-?[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FUNCTION = /([a-z][a-z_0-9]*)\(/y;

/** Takes a query apart, piece by piece (RFC 9535 appendix A). Throws {@link JsonPathSyntaxError}. */
export class Scanner {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.#text.length;
  }

  skipSpace(): void {
    this.#match(SPACE);
  }

  /** Whether the piece comes next. */
  sees(piece: string): boolean {
    return this.#text.startsWith(piece, this.at);
  }

  /** Takes the piece if it comes next. */
  takes(piece: string): boolean {
    if (!this.sees(piece)) return false;
    this.at += piece.length;
    return true;
  }

  expect(piece: string): void {
    if (!this.takes(piece)) this.fail(`${piece} is missing`);
  }

  /** The name after a dot. */
  name(): string {
    return this.#match(NAME) ?? this.fail('a name is missing');
  }

  /** A whole number that is exact in every implementation (RFC 9535 §2.1). */
  integer(): number | undefined {
    const start = this.at;
    const digits = this.#match(INTEGER);
    if (digits === undefined) return undefined;
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : this.fail('the number is too big', start);
  }

  number(): string | undefined {
    return this.#match(NUMBER);
  }

  /** The name of a function, with its bracket taken. */
  functionName(): string | undefined {
    return this.#match(FUNCTION)?.slice(0, -1);
  }

  /** A text in quotes of either kind. */
  string(): string | undefined {
    const quote = this.sees('"') ? '"' : this.sees("'") ? "'" : undefined;
    if (quote === undefined) return undefined;
    const start = this.at++;
    let value = '';
    while (!this.takes(quote)) {
      if (this.atEnd) this.fail(`the quote ${quote} is not closed`, start);
      value += this.takes('\\') ? this.#escape(quote) : this.#character();
    }
    return value;
  }

  fail(problem: string, at = this.at): never {
    throw new JsonPathSyntaxError(problem, at);
  }

  #character(): string {
    const code = this.#text.codePointAt(this.at) ?? 0;
    if (code < 0x20) this.fail('a control character has to be escaped');
    if (code >= 0xd800 && code <= 0xdfff) this.fail('half of a surrogate pair is no character');
    const character = String.fromCodePoint(code);
    this.at += character.length;
    return character;
  }

  #escape(quote: string): string {
    const letter = this.#text.charAt(this.at++);
    if (letter === quote || letter === '\\' || letter === '/') return letter;
    if (letter === 'u') return this.#unicode();
    return ESCAPES.get(letter) ?? this.fail('there is no such escape', this.at - 2);
  }

  #unicode(): string {
    const start = this.at - 2;
    const high = this.#hex();
    if (high < 0xd800 || high > 0xdfff) return String.fromCharCode(high);
    const low = high <= 0xdbff && this.takes('\\u') ? this.#hex() : 0;
    if (low < 0xdc00 || low > 0xdfff) this.fail('half of a surrogate pair is no character', start);
    return String.fromCharCode(high, low);
  }

  #hex(): number {
    const digits = /^[0-9A-Fa-f]{4}/.exec(this.#text.slice(this.at, this.at + 4))?.[0];
    if (digits === undefined) this.fail('four hexadecimal digits are missing');
    this.at += 4;
    return parseInt(digits, 16);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
