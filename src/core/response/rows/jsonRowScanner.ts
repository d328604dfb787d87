import { MAX_LEVEL } from '../jsonIndexer';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, isHex, QUOTE } from './jsonBytes';
import {
  AT_COLON,
  AT_COMMA_OR_CLOSE,
  AT_ESCAPE,
  AT_FIRST_ELEMENT,
  AT_FIRST_KEY,
  AT_HEX,
  AT_KEY,
  AT_LITERAL,
  AT_NOTHING,
  AT_STRING,
  AT_VALUE,
  isWholeNumber,
  literalByte,
  literalOf,
  modeOfEscape,
  modeOfValue,
  nextInNumber,
  type Mode,
} from './jsonGrammar';
import { indentOf } from './rowText';
import { StateKeeper } from './stateKeeper';
import { MIN_ROW_BYTES, type RowCheckpoints, type RowScanner, type RowSink, type RowState } from './rowScanner';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

export interface JsonRowState extends RowState {
  readonly mode: Mode;
  /** Digits of a `\u` that are still to come, or the place in a literal. */
  readonly count: number;
  readonly literal: number;
  readonly isKey: boolean;
  readonly atLineStart: boolean;
  readonly level: number;
  readonly continues: boolean;
  readonly inString: boolean;
  /** The closing bracket of each open container. */
  readonly stack: Uint8Array;
}

const BEGIN: JsonRowState = {
  offset: 0,
  line: -1,
  mode: AT_VALUE,
  count: 0,
  literal: 0,
  isKey: false,
  atLineStart: true,
  level: 0,
  continues: false,
  inString: false,
  stack: new Uint8Array(0),
};

/**
 * Rows of the pretty form of a JSON text (RFC 8259) in UTF-8, byte by byte: each row is a stretch of the original, and
 * values are not parsed. Depth costs a byte a level and no recursion; the bytes may come in any pieces.
 */
export class JsonRowScanner implements RowScanner {
  offset: number;
  mistake: number | undefined;
  readonly #sink: RowSink;
  #mode: Mode;
  #count: number;
  #literal: number;
  #isKey: boolean;
  #atLineStart: boolean;
  #stack: Uint8Array;
  #depth: number;
  /** The row that has begun, or the one before. */
  #start: number;
  #line: number;
  #level: number;
  #continues: boolean;
  #inString: boolean;
  #hasBegun: boolean;
  /** After the last byte of a token on the row. */
  #end: number;
  /** From here on the row is too long. */
  #cutAt: number;
  readonly #states: StateKeeper<JsonRowState>;

  readonly #rowBytes: number;

  constructor(rowBytes: number, sink: RowSink, from: JsonRowState = BEGIN, checkpoints?: RowCheckpoints<JsonRowState>) {
    this.#rowBytes = rowBytes;
    this.#sink = sink;
    this.#states = new StateKeeper(checkpoints);
    this.offset = from.offset;
    this.#mode = from.mode;
    this.#count = from.count;
    this.#literal = from.literal;
    this.#isKey = from.isKey;
    this.#atLineStart = from.atLineStart;
    this.#depth = from.stack.length;
    this.#stack = new Uint8Array(Math.max(64, from.stack.length * 2));
    this.#stack.set(from.stack);
    this.#start = from.offset;
    this.#line = from.line;
    this.#level = from.level;
    this.#continues = from.continues;
    this.#inString = from.inString;
    this.#hasBegun = from.continues;
    this.#end = from.offset;
    this.#cutAt = from.offset + this.#room();
  }

  scan(bytes: Uint8Array): void {
    const base = this.offset;
    let at = 0;
    while (at < bytes.length && this.mistake === undefined) {
      if (base + at >= this.#cutAt) this.#cutIfTooLong(bytes[at] ?? 0, base + at);
      at = this.#mode === AT_STRING ? this.#string(bytes, at, base) : this.#step(bytes[at] ?? 0, at, base);
    }
    this.offset = base + Math.min(at, bytes.length);
  }

  end(): void {
    if (this.mistake !== undefined) return;
    if (isWholeNumber(this.#mode)) this.#afterValue();
    if (this.#mode === AT_NOTHING && this.#hasBegun) this.#emit(this.#end);
    else this.mistake = this.offset;
  }

  /** The inside of a string, up to its end, an escape, or where the row is cut. */
  #string(bytes: Uint8Array, from: number, base: number): number {
    const limit = Math.min(bytes.length, Math.max(from + 1, this.#cutAt - base));
    for (let at = from; at < limit; at++) {
      const code = bytes[at] ?? 0;
      if (code === QUOTE) {
        this.#end = base + at + 1;
        if (this.#isKey) this.#mode = AT_COLON;
        else this.#afterValue();
        return at + 1;
      }
      if (code === BACKSLASH) {
        this.#mode = AT_ESCAPE;
        return at + 1;
      }
      if (code < 32) return this.#fail(base + at, at);
    }
    this.#end = base + limit;
    return limit;
  }

  /** One byte outside of the plain inside of a string. Returns the index of the next byte to look at. */
  #step(code: number, at: number, base: number): number {
    if (this.#mode >= AT_ESCAPE) return this.#within(code, at, base);
    if (code === 32 || code === 10 || code === 13 || code === 9) return at + 1;
    const offset = base + at;
    // Some servers put a byte order mark in front, which RFC 8259 §8.1 lets a reader ignore.
    const isMark = code === BYTE_ORDER_MARK[offset];
    return isMark || this.#token(code, offset) ? at + 1 : this.#fail(offset, at);
  }

  #token(code: number, offset: number): boolean {
    switch (this.#mode) {
      case AT_VALUE:
        return this.#value(code, offset);
      case AT_FIRST_ELEMENT:
        return code === CLOSE_ARRAY ? this.#close(true, offset) : this.#value(code, offset);
      case AT_FIRST_KEY:
        return code === CLOSE_OBJECT ? this.#close(true, offset) : this.#key(code, offset);
      case AT_KEY:
        return this.#key(code, offset);
      case AT_COLON:
        if (code !== COLON) return false;
        this.#end = offset + 1;
        this.#mode = AT_VALUE;
        return true;
      case AT_COMMA_OR_CLOSE:
        return this.#commaOrClose(code, offset);
      default:
        return false;
    }
  }

  #commaOrClose(code: number, offset: number): boolean {
    const closing = this.#stack[this.#depth - 1];
    if (code !== COMMA) return code === closing && this.#close(false, offset);
    this.#end = offset + 1;
    this.#atLineStart = true;
    this.#mode = closing === CLOSE_OBJECT ? AT_KEY : AT_VALUE;
    return true;
  }

  #key(code: number, offset: number): boolean {
    if (code !== QUOTE) return false;
    this.#begin(offset);
    this.#isKey = true;
    this.#mode = AT_STRING;
    return true;
  }

  #value(code: number, offset: number): boolean {
    const mode = modeOfValue(code);
    if (mode === undefined) return false;
    this.#begin(offset);
    if (mode === AT_FIRST_ELEMENT || mode === AT_FIRST_KEY) {
      this.#push(code + 2);
      this.#atLineStart = true;
    }
    this.#isKey = false;
    this.#count = 1;
    this.#literal = literalOf(code);
    this.#mode = mode;
    return true;
  }

  #push(closing: number): void {
    if (this.#depth === this.#stack.length) {
      const larger = new Uint8Array(this.#stack.length * 2);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    this.#stack[this.#depth++] = closing;
  }

  #close(empty: boolean, offset: number): boolean {
    // Before the bracket goes: to go on from the start of its row the scan must meet it again.
    if (empty) this.#atLineStart = false;
    else this.#atLineStart = true;
    this.#begin(offset, this.#depth - 1);
    this.#depth--;
    this.#afterValue();
    return true;
  }

  #afterValue(): void {
    this.#mode = this.#depth === 0 ? AT_NOTHING : AT_COMMA_OR_CLOSE;
  }

  /** Inside of an escape, a number or a literal. */
  #within(code: number, at: number, base: number): number {
    const offset = base + at;
    switch (this.#mode) {
      case AT_ESCAPE:
        return this.#escape(code) ? at + 1 : this.#fail(offset, at);
      case AT_HEX:
        if (!isHex(code)) return this.#fail(offset, at);
        if (--this.#count === 0) this.#mode = AT_STRING;
        return at + 1;
      case AT_LITERAL:
        return this.#literalByte(code, offset) ? at + 1 : this.#fail(offset, at);
      default:
        return this.#number(code, at, offset);
    }
  }

  #escape(code: number): boolean {
    const mode = modeOfEscape(code);
    if (mode === undefined) return false;
    this.#mode = mode;
    this.#count = 4;
    return true;
  }

  #literalByte(code: number, offset: number): boolean {
    const found = literalByte(this.#literal, this.#count++, code);
    if (found === 'no') return false;
    this.#end = offset + 1;
    if (found === 'last') this.#afterValue();
    return true;
  }

  #number(code: number, at: number, offset: number): number {
    const next = nextInNumber(this.#mode, code);
    if (next !== undefined) {
      this.#mode = next;
      this.#end = offset + 1;
      return at + 1;
    }
    if (!isWholeNumber(this.#mode)) return this.#fail(offset, at);
    this.#afterValue();
    return at;
  }

  /** A token stands on the row that has begun, or begins one. */
  #begin(offset: number, level = this.#depth): void {
    if (this.#atLineStart) {
      if (this.#hasBegun) this.#emit(this.#end);
      this.#hasBegun = true;
      this.#start = offset;
      this.#line++;
      this.#level = Math.min(level, MAX_LEVEL);
      this.#continues = false;
      this.#inString = false;
      // The state is the one before the token, so that a scan from here meets it, and begins this very row.
      if (this.#states.isDue())
        this.#states.add({ ...this.#snapshot(offset), line: this.#line - 1, atLineStart: true });
      this.#atLineStart = false;
      this.#cutAt = offset + this.#room();
    }
    this.#end = offset + 1;
  }

  #cutIfTooLong(code: number, offset: number): void {
    // Between two rows, and after the last, there is only whitespace, which belongs to none.
    if (this.#atLineStart || this.#mode === AT_NOTHING || !isBoundary(code, offset - this.#cutAt)) return;
    this.#emit(offset);
    this.#start = offset;
    this.#continues = true;
    this.#inString = this.#mode >= AT_STRING && this.#mode <= AT_HEX;
    if (this.#states.isDue()) this.#states.add(this.#snapshot(offset));
    this.#cutAt = offset + this.#room();
    this.#end = offset;
  }

  /** Bytes that fit beside the indentation. */
  #room(): number {
    return Math.max(MIN_ROW_BYTES, this.#rowBytes - indentOf(this.#level, this.#continues));
  }

  #snapshot(offset: number): JsonRowState {
    return {
      offset,
      line: this.#line,
      level: this.#level,
      continues: this.#continues,
      inString: this.#inString,
      mode: this.#mode,
      count: this.#count,
      literal: this.#literal,
      isKey: this.#isKey,
      atLineStart: this.#atLineStart,
      stack: this.#stack.slice(0, this.#depth),
    };
  }

  #emit(end: number): void {
    this.#sink(this.#start, end, this.#line, this.#level, this.#continues, this.#inString);
  }

  #fail(offset: number, at: number): number {
    this.mistake = offset;
    return at;
  }
}

/** Where a row may be cut: not inside a character of UTF-8, unless the bytes are none. */
function isBoundary(code: number, beyond: number): boolean {
  return (code & 0xc0) !== 0x80 || beyond > 3;
}
