import type { RowCheckpoints, RowScanner, RowSink, RowState } from './rowScanner';
import { StateKeeper } from './stateKeeper';

const LF = 10;
const CR = 13;

export interface TextRowState extends RowState {
  readonly continues: boolean;
}

/** Rows of text as it came: lines end with LF or CRLF, whatever the encoding, as long as it keeps ASCII. */
export class TextRowScanner implements RowScanner {
  readonly mistake = undefined;
  offset: number;
  readonly #sink: RowSink;
  #start: number;
  #line: number;
  #continues: boolean;
  #last = 0;
  readonly #states: StateKeeper<TextRowState>;

  readonly #rowBytes: number;

  constructor(
    rowBytes: number,
    sink: RowSink,
    from: TextRowState = { offset: 0, line: 0, continues: false },
    checkpoints?: RowCheckpoints<TextRowState>,
  ) {
    this.#rowBytes = rowBytes;
    this.#sink = sink;
    this.#states = new StateKeeper(checkpoints);
    this.offset = from.offset;
    this.#start = from.offset;
    this.#line = from.line;
    this.#continues = from.continues;
    this.#begin(from.offset, from.continues);
  }

  scan(bytes: Uint8Array): void {
    const base = this.offset;
    let at = 0;
    while (at < bytes.length) {
      const found = bytes.indexOf(LF, at);
      const end = found === -1 ? bytes.length : found;
      this.#cut(bytes, base, end);
      if (found === -1) break;
      const before = found > 0 ? (bytes[found - 1] ?? 0) : this.#last;
      const hasReturn = before === CR && base + found > this.#start;
      this.#emit(base + found - (hasReturn ? 1 : 0));
      this.#line++;
      this.#begin(base + found + 1, false);
      at = found + 1;
    }
    this.#last = bytes.at(-1) ?? this.#last;
    this.offset = base + bytes.length;
  }

  end(): void {
    this.#emit(this.offset);
  }

  /** Cuts what is too long of the row that has begun, up to `end`. */
  #cut(bytes: Uint8Array, base: number, end: number): void {
    while (base + end - this.#start > this.#rowBytes) {
      let at = this.#start + this.#rowBytes - base;
      // Not inside a character of UTF-8, unless the bytes are none.
      for (let back = 0; back < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80 && at > 0; back++) at--;
      if (base + at <= this.#start) at = this.#start + this.#rowBytes - base;
      this.#emit(base + at);
      this.#begin(base + at, true);
    }
  }

  #emit(end: number): void {
    this.#sink(this.#start, end, this.#line, 0, this.#continues, false);
  }

  #begin(start: number, continues: boolean): void {
    this.#start = start;
    this.#continues = continues;
    if (this.#states.isDue()) this.#states.add({ offset: start, line: this.#line, continues });
  }
}
