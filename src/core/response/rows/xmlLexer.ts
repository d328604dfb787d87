/** What a byte does to the pieces of an XML text. */
export type XmlEvent = number;
export const NOTHING = 0;
/** A piece of markup begins with it. */
export const MARKUP_BEGINS = 1;
/** The piece turns out to be an end tag. */
export const IS_END_TAG = 2;
/** The piece turns out to be CDATA, whose content begins after it. */
export const CDATA_BEGINS = 3;
/** A start tag ends with it; so for the others. */
export const START_TAG = 4;
export const END_TAG = 5;
export const EMPTY_TAG = 6;
/** The end of CDATA, a comment, a processing instruction or a declaration. */
export const OTHER_ENDS = 7;

type Mode = number;
const IN_TEXT = 0;
const AT_MARKUP = 1;
const AT_BANG = 2;
const AT_DASH = 3;
const AT_CDATA = 4;
const IN_START_TAG = 5;
const IN_END_TAG = 6;
const IN_COMMENT = 7;
const IN_CDATA = 8;
const IN_INSTRUCTION = 9;
const IN_DECLARATION = 10;
const AT_INNER_COMMENT = 11;
const IN_INNER_COMMENT = 12;

const BANG = 33;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const DASH = 45;
const SLASH = 47;
const LESS = 60;
const GREATER = 62;
const QUESTION = 63;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const SPACE = 32;
// A hash of names: FNV-1a.
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const CDATA = Array.from('CDATA[', (character) => character.charCodeAt(0));
const COMMENT = Array.from('!--', (character) => character.charCodeAt(0));

/** Where a text is cut into pieces. Immutable. */
export interface XmlLexerState {
  readonly mode: Mode;
  /** How much has come of the mark that begins or ends a piece. */
  readonly count: number;
  /** The quote that is open, or 0. */
  readonly quote: number;
  /** Open brackets of a declaration. */
  readonly brackets: number;
  /** A number for the name of a tag: the same for the same name. */
  readonly name: number;
  readonly isInName: boolean;
  /** The last byte of a tag was a slash. */
  readonly isSlash: boolean;
}

const BEGIN: XmlLexerState = {
  mode: IN_TEXT,
  count: 0,
  quote: 0,
  brackets: 0,
  name: 0,
  isInName: false,
  isSlash: false,
};

/**
 * Cuts XML (or what is said to be) into pieces, byte by byte, for showing: entities stay as they are, and nothing is
 * checked. It takes codes of any encoding that keeps ASCII.
 */
export class XmlLexer {
  #mode: Mode;
  #count: number;
  #quote: number;
  #brackets: number;
  #name: number;
  #isInName: boolean;
  #isSlash: boolean;

  constructor({ mode, count, quote, brackets, name, isInName, isSlash }: XmlLexerState = BEGIN) {
    this.#mode = mode;
    this.#count = count;
    this.#quote = quote;
    this.#brackets = brackets;
    this.#name = name;
    this.#isInName = isInName;
    this.#isSlash = isSlash;
  }

  get isInText(): boolean {
    return this.#mode === IN_TEXT;
  }

  /** Of the tag that has ended last; names that differ have, as good as always, other numbers. */
  get name(): number {
    return this.#name;
  }

  get state(): XmlLexerState {
    return {
      mode: this.#mode,
      count: this.#count,
      quote: this.#quote,
      brackets: this.#brackets,
      name: this.#name,
      isInName: this.#isInName,
      isSlash: this.#isSlash,
    };
  }

  /** Passes over bytes from `from` on that begin and end nothing, up to `limit`; returns where the next one is. */
  skip(bytes: Uint8Array, from: number, limit: number): number {
    switch (this.#mode) {
      case IN_TEXT:
        return indexOf(bytes, LESS, from, limit);
      case IN_START_TAG:
      case IN_END_TAG:
        if (this.#quote !== 0) return indexOf(bytes, this.#quote, from, limit);
        return this.#isInName ? this.#skipName(bytes, from, limit) : this.#skipInTag(bytes, from, limit);
      case IN_COMMENT:
      case IN_CDATA:
      case IN_INSTRUCTION: {
        // The end of each takes two bytes before its `>`.
        const at = Math.max(from, indexOf(bytes, GREATER, from, limit) - 2);
        if (at > from) this.#count = 0;
        return at;
      }
      default:
        return from;
    }
  }

  #skipName(bytes: Uint8Array, from: number, limit: number): number {
    let name = this.#name;
    let at = from;
    for (; at < limit; at++) {
      const code = bytes[at] ?? 0;
      if (code <= SPACE || code === SLASH || code === GREATER || isQuote(code)) break;
      name = Math.imul(name ^ code, FNV_PRIME);
    }
    this.#name = name;
    if (at > from) this.#isSlash = false;
    return at;
  }

  #skipInTag(bytes: Uint8Array, from: number, limit: number): number {
    let at = from;
    for (; at < limit; at++) {
      const code = bytes[at] ?? 0;
      if (code === GREATER || code === SLASH || isQuote(code)) break;
    }
    if (at > from) this.#isSlash = false;
    return at;
  }

  take(code: number): XmlEvent {
    switch (this.#mode) {
      case IN_TEXT:
        if (code !== LESS) return NOTHING;
        this.#mode = AT_MARKUP;
        return MARKUP_BEGINS;
      case AT_MARKUP:
        return this.#markup(code);
      case IN_START_TAG:
      case IN_END_TAG:
        return this.#tag(code);
      case AT_BANG:
        return this.#bang(code);
      case AT_DASH:
        return this.#dash(code);
      case AT_CDATA:
        return this.#cdataMark(code);
      case IN_COMMENT:
        return this.#until(code, DASH, 2) ? this.#ends(OTHER_ENDS) : NOTHING;
      case IN_CDATA:
        return this.#until(code, CLOSE_BRACKET, 2) ? this.#ends(OTHER_ENDS) : NOTHING;
      case IN_INSTRUCTION:
        return this.#until(code, QUESTION, 1) ? this.#ends(OTHER_ENDS) : NOTHING;
      case AT_INNER_COMMENT:
        return this.#innerCommentMark(code);
      case IN_INNER_COMMENT:
        if (this.#until(code, DASH, 2)) this.#mode = IN_DECLARATION;
        return NOTHING;
      default:
        return this.#declaration(code);
    }
  }

  #markup(code: number): XmlEvent {
    if (code === BANG) {
      this.#mode = AT_BANG;
      return NOTHING;
    }
    if (code === QUESTION) {
      this.#enter(IN_INSTRUCTION, 0);
      return NOTHING;
    }
    this.#name = FNV_BASIS;
    this.#isInName = true;
    this.#isSlash = false;
    if (code === SLASH) {
      this.#mode = IN_END_TAG;
      return IS_END_TAG;
    }
    this.#mode = IN_START_TAG;
    return this.#tag(code);
  }

  #tag(code: number): XmlEvent {
    if (this.#quote !== 0) {
      if (code === this.#quote) this.#quote = 0;
      return NOTHING;
    }
    if (code === GREATER) {
      if (this.#mode === IN_END_TAG) return this.#ends(END_TAG);
      return this.#ends(this.#isSlash ? EMPTY_TAG : START_TAG);
    }
    if (code <= SPACE || code === SLASH) this.#isInName = false;
    else if (this.#isInName) this.#name = Math.imul(this.#name ^ code, FNV_PRIME);
    this.#isSlash = code === SLASH;
    if (isQuote(code)) this.#quote = code;
    return NOTHING;
  }

  #bang(code: number): XmlEvent {
    if (code === DASH) this.#mode = AT_DASH;
    else if (code === OPEN_BRACKET) this.#enter(AT_CDATA, 0);
    else return this.#beginDeclaration(code, 0);
    return NOTHING;
  }

  #dash(code: number): XmlEvent {
    if (code !== DASH) return this.#beginDeclaration(code, 0);
    this.#enter(IN_COMMENT, 2);
    return NOTHING;
  }

  #cdataMark(code: number): XmlEvent {
    if (code !== CDATA[this.#count]) return this.#beginDeclaration(code, 1);
    if (++this.#count < CDATA.length) return NOTHING;
    this.#enter(IN_CDATA, 0);
    return CDATA_BEGINS;
  }

  #beginDeclaration(code: number, brackets: number): XmlEvent {
    this.#mode = IN_DECLARATION;
    this.#brackets = brackets;
    return this.#declaration(code);
  }

  /** A `>` in quotes, in a comment or between the brackets of a document type does not end it. */
  #declaration(code: number): XmlEvent {
    if (this.#quote !== 0) {
      if (code === this.#quote) this.#quote = 0;
    } else if (isQuote(code)) this.#quote = code;
    else if (code === OPEN_BRACKET) this.#brackets++;
    else if (code === CLOSE_BRACKET) this.#brackets--;
    else if (code === LESS) this.#enter(AT_INNER_COMMENT, 0);
    else if (code === GREATER && this.#brackets <= 0) return this.#ends(OTHER_ENDS);
    return NOTHING;
  }

  #innerCommentMark(code: number): XmlEvent {
    if (code !== COMMENT[this.#count]) {
      this.#mode = IN_DECLARATION;
      return this.#declaration(code);
    }
    if (++this.#count === COMMENT.length) this.#enter(IN_INNER_COMMENT, 2);
    return NOTHING;
  }

  #enter(mode: Mode, count: number): void {
    this.#mode = mode;
    this.#count = count;
  }

  /** Whether a `>` comes after so many bytes of a kind. */
  #until(code: number, kind: number, many: number): boolean {
    if (code === GREATER && this.#count >= many) return true;
    this.#count = code === kind ? this.#count + 1 : 0;
    return false;
  }

  #ends(event: XmlEvent): XmlEvent {
    this.#mode = IN_TEXT;
    return event;
  }
}

function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}

function indexOf(bytes: Uint8Array, wanted: number, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== wanted) at++;
  return at;
}
