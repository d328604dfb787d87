import { MAX_LEVEL } from '../jsonIndexer';
import { nextByte } from './nextByte';
import { MIN_ROW_BYTES, type RowCheckpoints, type RowScanner, type RowSink, type RowState } from './rowScanner';
import { indentOf } from './rowText';
import { StateKeeper } from './stateKeeper';
import { XmlInlining } from './xmlInlining';
import {
  EMPTY_TAG,
  END_TAG,
  IS_END_TAG,
  NOTHING,
  OTHER_ENDS,
  START_TAG,
  XmlLexer,
  type XmlEvent,
  type XmlLexerState,
} from './xmlLexer';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LF = 10;
const SPACE = 32;
const LESS = 60;

export interface XmlRowState extends RowState {
  readonly lexer: XmlLexerState;
  /** The name of each open element, as the lexer numbers them. */
  readonly names: Uint32Array;
  /** How many are around the element that stays on its line; -1: there is none. */
  readonly inlineDepth: number;
  readonly hasElement: boolean;
  /** The next byte that is no space begins a row. */
  readonly atLineStart: boolean;
  readonly level: number;
  readonly continues: boolean;
}

const BEGIN: XmlRowState = {
  offset: 0,
  line: -1,
  lexer: new XmlLexer().state,
  names: new Uint32Array(0),
  inlineDepth: -1,
  hasElement: false,
  atLineStart: true,
  level: 0,
  continues: false,
};

/**
 * Rows of the pretty form of an XML text in UTF-8, or another encoding that keeps ASCII: each is a stretch of the
 * original, without the spaces around. A tag begins a row, but for those in an element that stays on its line (see
 * {@link XmlInlining}), and so does what follows a line end. The bytes may come in any pieces. Depth costs four bytes a
 * level and no recursion.
 *
 * It stops where tags do not match, as nobody knows then what belongs into what.
 */
export class XmlRowScanner implements RowScanner {
  mistake: number | undefined;
  readonly #rowBytes: number;
  readonly #sink: RowSink;
  readonly #states: StateKeeper<XmlRowState>;
  /** It has seen all bytes; rows are behind it by what is {@link #held}. */
  readonly #inlining: XmlInlining;
  readonly #lexer: XmlLexer;
  #held = new Uint8Array(0);
  /** Bytes that are in rows, or between them. */
  #offset: number;
  /** The start tag that has just ended waits for an answer of the other. */
  #isWaiting = false;
  #names: Uint32Array;
  #depth: number;
  #inlineDepth: number;
  #hasElement: boolean;
  #atLineStart: boolean;
  /** The row that has begun, or the one before. */
  #start: number;
  #line: number;
  #level: number;
  /** Of the rows that begin in this piece of markup or text. */
  #nextLevel: number;
  #continues: boolean;
  #hasBegun: boolean;
  /** After the last byte on the row that is no space. */
  #end: number;
  /** From here on the row is too long. */
  #cutAt: number;

  constructor(rowBytes: number, sink: RowSink, from: XmlRowState = BEGIN, checkpoints?: RowCheckpoints<XmlRowState>) {
    this.#rowBytes = rowBytes;
    this.#sink = sink;
    this.#states = new StateKeeper(checkpoints);
    this.#lexer = new XmlLexer(from.lexer);
    this.#inlining = new XmlInlining(from.offset, from.lexer);
    this.#offset = from.offset;
    this.#depth = from.names.length;
    this.#names = new Uint32Array(Math.max(64, from.names.length * 2));
    this.#names.set(from.names);
    this.#inlineDepth = from.inlineDepth;
    this.#hasElement = from.hasElement;
    this.#atLineStart = from.atLineStart;
    this.#start = from.offset;
    this.#line = from.line;
    this.#level = Math.min(from.level, MAX_LEVEL);
    this.#nextLevel = from.level;
    this.#continues = from.continues;
    this.#hasBegun = from.continues;
    this.#end = from.offset;
    this.#cutAt = from.offset + this.#room();
  }

  get offset(): number {
    return this.#offset + this.#held.length;
  }

  scan(bytes: Uint8Array): void {
    if (this.mistake !== undefined) return;
    this.#inlining.scan(bytes);
    this.#work(this.#held.length === 0 ? bytes : joined(this.#held, bytes));
  }

  end(): void {
    if (this.mistake !== undefined) return;
    this.#inlining.end();
    if (!this.#work(this.#held)) return;
    if (this.#lexer.isInText && this.#depth === 0 && this.#hasElement) this.#emit(this.#end);
    else this.mistake = this.offset;
  }

  /**
   * Makes rows of bytes as far as it is known how; the others are kept for the next time. `false`: tags do not match.
   */
  #work(bytes: Uint8Array): boolean {
    const base = this.#offset;
    let at = 0;
    let lineEnd = -1;
    while (this.mistake === undefined && this.#isAnswered() && at < bytes.length) {
      if (!this.#atLineStart) {
        if (lineEnd < at) lineEnd = nextByte(bytes, LF, at);
        const next = this.#lexer.skip(bytes, at, Math.min(lineEnd, this.#cutAt - base));
        this.#noteText(bytes, at, next, base);
        at = next;
        if (at === bytes.length) break;
      }
      this.#byte(bytes[at] ?? 0, base + at);
      at++;
    }
    this.#offset = base + at;
    // A copy: what was read may be written over.
    this.#held = bytes.slice(at);
    return this.mistake === undefined;
  }

  /** A start tag that waits gets its answer, if there is one by now. */
  #isAnswered(): boolean {
    if (!this.#isWaiting) return true;
    const isInline = this.#inlining.next();
    if (isInline === undefined) return false;
    this.#isWaiting = false;
    if (this.#inlineDepth >= 0) this.#push();
    else if (isInline) {
      this.#inlineDepth = this.#depth;
      this.#push();
    } else {
      this.#push();
      this.#endPiece();
    }
    return true;
  }

  /** The row goes on to the last of some bytes that is no space. */
  #noteText(bytes: Uint8Array, from: number, to: number, base: number): void {
    let last = to;
    while (last > from && (bytes[last - 1] ?? 0) <= SPACE) last--;
    if (last > from) this.#end = base + last;
  }

  #byte(code: number, offset: number): void {
    const lexer = this.#lexer;
    if (code > SPACE && code !== BYTE_ORDER_MARK[offset]) {
      if (code === LESS && this.#inlineDepth < 0 && lexer.isInText) this.#endPiece();
      if (this.#atLineStart) this.#begin(offset);
      else if (offset >= this.#cutAt) this.#cut(code, offset);
      this.#end = offset + 1;
    } else if (code === LF) this.#atLineStart = true;
    const event = lexer.take(code);
    if (event !== NOTHING) this.#take(event, offset);
  }

  #take(event: XmlEvent, offset: number): void {
    switch (event) {
      case IS_END_TAG:
        if (this.#inlineDepth < 0) this.#outdent();
        return;
      case START_TAG:
        this.#isWaiting = true;
        return;
      case END_TAG:
        this.#pop(offset);
        return;
      case EMPTY_TAG:
        this.#hasElement = true;
        this.#endPiece();
        return;
      case OTHER_ENDS:
        this.#endPiece();
    }
  }

  #push(): void {
    if (this.#depth === this.#names.length) {
      const larger = new Uint32Array(this.#names.length * 2);
      larger.set(this.#names);
      this.#names = larger;
    }
    this.#names[this.#depth++] = this.#lexer.name;
  }

  #pop(offset: number): void {
    const name = this.#names[this.#depth - 1];
    if (this.#depth === 0 || name !== this.#lexer.name >>> 0) {
      this.mistake = offset;
      return;
    }
    this.#hasElement = true;
    this.#depth--;
    if (this.#depth === this.#inlineDepth) this.#inlineDepth = -1;
    this.#endPiece();
  }

  /** What comes next begins a row, unless it is in an element that stays on its line. */
  #endPiece(): void {
    if (this.#inlineDepth >= 0) return;
    this.#atLineStart = true;
    this.#nextLevel = this.#depth;
  }

  /** The row that has just begun is an end tag, which stands below its start tag. */
  #outdent(): void {
    this.#nextLevel = Math.max(0, this.#depth - 1);
    this.#level = Math.min(this.#nextLevel, MAX_LEVEL);
    this.#cutAt = this.#start + this.#room();
  }

  #begin(offset: number): void {
    if (this.#hasBegun) this.#emit(this.#end);
    this.#hasBegun = true;
    this.#start = offset;
    this.#line++;
    this.#level = Math.min(this.#nextLevel, MAX_LEVEL);
    this.#continues = false;
    // The state is the one before the byte, so that a scan from here meets it, and begins this very row.
    if (this.#states.isDue()) this.#states.add({ ...this.#snapshot(offset), line: this.#line - 1 });
    this.#atLineStart = false;
    this.#cutAt = offset + this.#room();
  }

  /** The row is too long before a byte that is no space, perhaps for the spaces before it. */
  #cut(code: number, offset: number): void {
    for (let at = Math.max(this.#cutAt, this.#end); at < offset; at = this.#cutAt) this.#cutAtPlace(at);
    if (offset >= this.#cutAt && isBoundary(code, offset - this.#cutAt)) this.#cutAtPlace(offset);
  }

  #cutAtPlace(offset: number): void {
    this.#emit(offset);
    this.#start = offset;
    this.#continues = true;
    if (this.#states.isDue()) this.#states.add(this.#snapshot(offset));
    this.#cutAt = offset + this.#room();
  }

  /** Bytes that fit beside the indentation. */
  #room(): number {
    return Math.max(MIN_ROW_BYTES, this.#rowBytes - indentOf(this.#level, this.#continues));
  }

  #snapshot(offset: number): XmlRowState {
    return {
      offset,
      line: this.#line,
      lexer: this.#lexer.state,
      names: this.#names.slice(0, this.#depth),
      inlineDepth: this.#inlineDepth,
      hasElement: this.#hasElement,
      atLineStart: this.#atLineStart,
      level: this.#nextLevel,
      continues: this.#continues,
    };
  }

  #emit(end: number): void {
    this.#sink(this.#start, end, this.#line, this.#level, this.#continues, false);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Where a row may be cut: not inside a character of UTF-8, unless the bytes are none. */
function isBoundary(code: number, beyond: number): boolean {
  return (code & 0xc0) !== 0x80 || beyond > 3;
}
