import { GrowingUint32 } from './growingUint32';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  isDigit,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLUS,
  QUOTE,
  ZERO,
} from './rows/jsonBytes';

const WHITESPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Deeper levels are indented no further: a body of nothing but brackets must not become gigabytes of spaces. */
export const MAX_LEVEL = 100;

/** Where the lines of the pretty form begin in the text; the text itself is neither copied nor changed. */
export interface JsonLineIndex {
  /** Offset of each line's first character. */
  readonly starts: Uint32Array;
  /** Length of each line without indentation. */
  readonly lengths: Uint32Array;
  /** Level of nesting, at most {@link MAX_LEVEL}. */
  readonly levels: Uint32Array;
}

export type IndexingState =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly index: JsonLineIndex }
  | { readonly kind: 'invalid'; readonly offset: number };

type Expecting = 'value' | 'firstElement' | 'firstKey' | 'key' | 'colon' | 'commaOrClose' | 'nothing';

/**
 * Checks a text against the grammar of RFC 8259 and notes where the lines of its pretty form begin. Values are not
 * parsed, so numbers and escapes stay byte for byte; depth costs a byte a level and no recursion.
 */
export class JsonIndexer {
  readonly #text: string;
  readonly #starts: GrowingUint32;
  readonly #lengths: GrowingUint32;
  readonly #levels: GrowingUint32;
  #offset = 0;
  #expecting: Expecting = 'value';
  #lineLength = 0;
  #atLineStart = true;
  /** The closing bracket of each open container. */
  #stack = new Uint8Array(64);
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    const lines = text.length >> 4;
    this.#starts = new GrowingUint32(lines);
    this.#lengths = new GrowingUint32(lines);
    this.#levels = new GrowingUint32(lines);
  }

  /** Works until at least `characters` more are done. Call again while it says `more`. */
  advance(characters: number): IndexingState {
    const limit = this.#offset + characters;
    while (this.#offset < limit) {
      this.#skipWhitespace();
      if (this.#offset >= this.#text.length) return this.#finish();
      if (!this.#token(this.#text.charCodeAt(this.#offset))) return { kind: 'invalid', offset: this.#offset };
    }
    return { kind: 'more' };
  }

  #finish(): IndexingState {
    if (this.#expecting !== 'nothing') return { kind: 'invalid', offset: this.#text.length };
    this.#lengths.push(this.#lineLength);
    const index = { starts: this.#starts.view(), lengths: this.#lengths.view(), levels: this.#levels.view() };
    return { kind: 'done', index };
  }

  #skipWhitespace(): void {
    const code = this.#text.charCodeAt(this.#offset);
    if (code > 32) return;
    WHITESPACE.lastIndex = this.#offset;
    WHITESPACE.test(this.#text);
    this.#offset = WHITESPACE.lastIndex;
  }

  #token(code: number): boolean {
    switch (this.#expecting) {
      case 'value':
        return this.#value(code);
      case 'firstElement':
        return code === CLOSE_ARRAY ? this.#close(true) : this.#value(code);
      case 'firstKey':
        return code === CLOSE_OBJECT ? this.#close(true) : this.#key(code);
      case 'key':
        return this.#key(code);
      case 'colon':
        return this.#colon(code);
      case 'commaOrClose':
        return this.#commaOrClose(code);
      case 'nothing':
        return false;
    }
  }

  #key(code: number): boolean {
    if (code !== QUOTE) return false;
    const end = this.#stringEnd();
    if (end < 0) return false;
    this.#take(end);
    this.#expecting = 'colon';
    return true;
  }

  #colon(code: number): boolean {
    if (code !== COLON) return false;
    this.#offset++;
    this.#lineLength += 2;
    this.#expecting = 'value';
    return true;
  }

  #commaOrClose(code: number): boolean {
    if (code !== COMMA) return code === this.#stack[this.#depth - 1] && this.#close(false);
    this.#offset++;
    this.#lineLength++;
    this.#atLineStart = true;
    this.#expecting = this.#stack[this.#depth - 1] === CLOSE_OBJECT ? 'key' : 'value';
    return true;
  }

  #value(code: number): boolean {
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) return this.#open(code);
    const end = code === QUOTE ? this.#stringEnd() : this.#scalarEnd(code);
    if (end < 0) return false;
    this.#take(end);
    this.#afterValue();
    return true;
  }

  #open(code: number): boolean {
    this.#take(this.#offset + 1);
    if (this.#depth === this.#stack.length) {
      const larger = new Uint8Array(this.#stack.length * 2);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    this.#stack[this.#depth++] = code + 2;
    this.#atLineStart = true;
    this.#expecting = code === OPEN_OBJECT ? 'firstKey' : 'firstElement';
    return true;
  }

  #close(empty: boolean): boolean {
    this.#depth--;
    this.#atLineStart = !empty;
    this.#take(this.#offset + 1);
    this.#afterValue();
    return true;
  }

  #afterValue(): void {
    this.#expecting = this.#depth === 0 ? 'nothing' : 'commaOrClose';
  }

  /** Puts the text up to `end` on the line; a new one if the place calls for it. */
  #take(end: number): void {
    if (this.#atLineStart) {
      if (this.#starts.length > 0) this.#lengths.push(this.#lineLength);
      this.#starts.push(this.#offset);
      this.#levels.push(Math.min(this.#depth, MAX_LEVEL));
      this.#lineLength = 0;
      this.#atLineStart = false;
    }
    this.#lineLength += end - this.#offset;
    this.#offset = end;
  }

  /** Offset after the string that begins here, or -1 with the offset at the mistake. */
  #stringEnd(): number {
    const text = this.#text;
    for (let at = this.#offset + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(text)) return this.#mistake(at);
        at = ESCAPE.lastIndex - 1;
      } else if (code < 32) return this.#mistake(at);
    }
    return this.#mistake(text.length);
  }

  #scalarEnd(code: number): number {
    if (code === MINUS || isDigit(code)) return this.#numberEnd();
    for (const literal of ['true', 'false', 'null']) {
      if (this.#text.startsWith(literal, this.#offset)) return this.#offset + literal.length;
    }
    return -1;
  }

  #numberEnd(): number {
    const text = this.#text;
    let at = this.#offset;
    if (text.charCodeAt(at) === MINUS) at++;
    const integer = text.charCodeAt(at) === ZERO ? at + 1 : this.#digitsEnd(at);
    if (integer === at) return this.#mistake(at);
    at = integer;
    if (text.charCodeAt(at) === DOT) {
      const fraction = this.#digitsEnd(at + 1);
      if (fraction === at + 1) return this.#mistake(fraction);
      at = fraction;
    }
    if ((text.charCodeAt(at) | 32) !== 101) return at;
    const sign = text.charCodeAt(at + 1);
    const digits = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
    const end = this.#digitsEnd(digits);
    return end === digits ? this.#mistake(end) : end;
  }

  #digitsEnd(from: number): number {
    let at = from;
    while (isDigit(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #mistake(offset: number): number {
    this.#offset = offset;
    return -1;
  }
}
