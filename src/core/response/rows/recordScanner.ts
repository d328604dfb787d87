import type { RecordDialect } from '../bodyView';
import { nextByte } from './nextByte';
import type { RowCheckpoints, RowScanner, RowSink, RowState } from './rowScanner';
import { StateKeeper } from './stateKeeper';

/** The most bytes of a record in one row: what a quote that is never closed takes in is shown piece by piece. */
export const RECORD_BYTES = 64 * 1024;

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const BOM: readonly number[] = [0xef, 0xbb, 0xbf];

/** Where in a record a scan is: only a quote that begins a cell opens it, and one inside is written twice. */
type Place = 'cellStart' | 'cell' | 'quoted' | 'afterQuote' | 'spaceAfterQuote';

export interface RecordState extends RowState {
  readonly continues: boolean;
  readonly place: Place;
}

/**
 * Records of CSV (RFC 4180) in any encoding that keeps ASCII. Lines with nothing on them are none. As readers of CSV
 * do, it takes a quote that is followed by neither a separator nor a line end for a part of its cell.
 */
export class RecordScanner implements RowScanner {
  readonly mistake = undefined;
  offset: number;
  readonly #separator: number;
  readonly #lineEnd: number;
  readonly #sink: RowSink;
  readonly #states: StateKeeper<RecordState>;
  #start: number;
  #line: number;
  #continues: boolean;
  #place: Place;
  #last = 0;

  constructor(
    { separator, lineEnd }: RecordDialect,
    sink: RowSink,
    from: RecordState = { offset: 0, line: 0, continues: false, place: 'cellStart' },
    checkpoints?: RowCheckpoints<RecordState>,
  ) {
    this.#separator = separator.charCodeAt(0);
    this.#lineEnd = lineEnd === '\r' ? CR : LF;
    this.#sink = sink;
    this.#states = new StateKeeper(checkpoints);
    this.offset = from.offset;
    this.#start = from.offset;
    this.#line = from.line;
    this.#continues = from.continues;
    this.#place = from.place;
    this.#begin(from.offset, from.continues);
  }

  scan(bytes: Uint8Array): void {
    const base = this.offset;
    let quote = -1;
    let at = 0;
    while (at < bytes.length) {
      if (this.#isOutside()) {
        if (quote < at) quote = nextByte(bytes, QUOTE, at);
        const end = nextByte(bytes, this.#lineEnd, at);
        // What is left of the line has no quote, so the record ends with it.
        if (end < quote && base + end - this.#start <= RECORD_BYTES) {
          at = this.#recordEnds(bytes, base, end);
          continue;
        }
      }
      at = this.#lookAt(bytes, base, at);
    }
    this.#last = bytes.at(-1) ?? this.#last;
    this.offset = base + bytes.length;
  }

  end(): void {
    if (this.offset > this.#start || this.#continues) this.#emit(this.offset);
  }

  #isOutside(): boolean {
    return this.#place === 'cellStart' || this.#place === 'cell';
  }

  /** Goes on byte by byte up to the end of the record, or of what is there; returns where to go on. */
  #lookAt(bytes: Uint8Array, base: number, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const length = base + at - this.#start;
      // Not inside a character of UTF-8, unless the bytes are none.
      if (length >= RECORD_BYTES && ((byte & 0xc0) !== 0x80 || length >= RECORD_BYTES + 3)) {
        this.#emit(base + at);
        this.#begin(base + at, true);
      }
      switch (this.#place) {
        case 'cellStart':
          if (byte === QUOTE) this.#place = 'quoted';
          else if (BOM[base + at] !== byte) this.#outside(byte);
          break;
        case 'cell':
          this.#outside(byte);
          break;
        case 'quoted':
          if (byte === QUOTE) this.#place = 'afterQuote';
          break;
        case 'afterQuote':
          if (byte === QUOTE) this.#place = 'quoted';
          else this.#behindQuote(byte);
          break;
        case 'spaceAfterQuote':
          if (byte === QUOTE) this.#place = 'afterQuote';
          else this.#behindQuote(byte);
      }
      if (byte === this.#lineEnd && this.#isOutside()) return this.#recordEnds(bytes, base, at);
    }
    return bytes.length;
  }

  #outside(byte: number): void {
    this.#place = byte === this.#separator ? 'cellStart' : 'cell';
  }

  /** Behind a quote that may have closed its cell. */
  #behindQuote(byte: number): void {
    if (byte === this.#separator) this.#place = 'cellStart';
    else if (byte === this.#lineEnd) this.#place = 'cell';
    else if (byte === SPACE || byte === TAB || byte === CR) this.#place = 'spaceAfterQuote';
    else this.#place = 'quoted';
  }

  /** @param at of the byte that ends its line. Returns where the next one begins. */
  #recordEnds(bytes: Uint8Array, base: number, at: number): number {
    const before = at > 0 ? (bytes[at - 1] ?? 0) : this.#last;
    const hasReturn = this.#lineEnd === LF && before === CR && base + at > this.#start;
    const end = base + at - (hasReturn ? 1 : 0);
    this.#place = 'cellStart';
    if (end > this.#start || this.#continues) {
      this.#emit(end);
      this.#line++;
      this.#begin(base + at + 1, false);
    } else {
      this.#start = base + at + 1;
    }
    return at + 1;
  }

  #emit(end: number): void {
    this.#sink(this.#start, end, this.#line, 0, this.#continues, false);
  }

  #begin(start: number, continues: boolean): void {
    this.#start = start;
    this.#continues = continues;
    if (this.#states.isDue()) this.#states.add({ offset: start, line: this.#line, continues, place: this.#place });
  }
}
