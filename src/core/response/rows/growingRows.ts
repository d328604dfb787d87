import type { RowPlace, RowScanner, RowSink, RowState, ScannerFactory } from './rowScanner';

/** Rows between two states that are kept: what has to be scanned at most to get at a row, and the memory it takes. */
const STRIDE = 1024;

/** Bytes that a scan takes at once. */
export const SCAN_BYTES = 256 * 1024;

/** Bytes that are read at once to find some rows: a state is near, and few more than wanted are looked at. */
const NEAR_BYTES = 32 * 1024;

/** Bytes that are read by range. */
export interface ByteRange {
  /** Fewer than asked for only at the end. What is returned may be written over by the next call. */
  read(start: number, end: number): Uint8Array;
}

/** Rows that follow each other, and the bytes that they are in. */
export interface RowStretch {
  /** Number of the first row. */
  readonly first: number;
  /** Number after that of the last row. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** It grows no more. */
  readonly isWhole: boolean;
}

/**
 * Which row is where, for a body that may still be growing: rows are counted as its bytes come, and found again from
 * one of the states on the way. The memory it takes is some bytes for every thousand rows.
 */
export class GrowingRows<State extends RowState = RowState> {
  readonly #make: ScannerFactory<State>;
  readonly #states: State[] = [];
  readonly #scanner: RowScanner;
  #rowCount = 0;
  #lastLine = -1;
  #ended = false;

  constructor(make: ScannerFactory<State>) {
    this.#make = make;
    const count: RowSink = (_start, _end, line) => {
      this.#rowCount++;
      this.#lastLine = line;
    };
    this.#scanner = make(count, undefined, { stride: STRIDE, add: (state) => this.#states.push(state) });
  }

  /** Rows whose end is known. */
  get rowCount(): number {
    return this.#rowCount;
  }

  get lineCount(): number {
    return this.#lastLine + 1;
  }

  /** Bytes that were looked at. */
  get offset(): number {
    return this.#scanner.offset;
  }

  get mistake(): number | undefined {
    return this.#scanner.mistake;
  }

  /** Takes the bytes that come next. */
  scan(bytes: Uint8Array): void {
    if (this.mistake === undefined) this.#scanner.scan(bytes);
  }

  /** Nothing of the body is left to look at. */
  get isComplete(): boolean {
    return this.#ended;
  }

  /** There are no more: the last row ends here. */
  end(): void {
    if (!this.#ended) this.#scanner.end();
    this.#ended = true;
  }

  /** Where the rows from `from` to `to` (exclusive) are, clipped to those that are known. */
  places(from: number, to: number, source: ByteRange): readonly RowPlace[] {
    const last = Math.min(to, this.#rowCount);
    const first = Math.max(0, from);
    if (first >= last) return [];
    const places: RowPlace[] = [];
    for (const place of this.walk(first, source, NEAR_BYTES)) {
      places.push(place);
      if (first + places.length >= last) break;
    }
    return places;
  }

  /**
   * The known rows are in stretches that can be read from their first byte without a look at what is before.
   * @returns `undefined` when so many are not known yet.
   */
  stretch(index: number): RowStretch | undefined {
    const state = this.#states[index];
    if (!state) return undefined;
    const next = this.#states[index + 1];
    const first = index * STRIDE;
    const last = Math.min(first + STRIDE, this.#rowCount);
    return { first, last, start: state.offset, end: next?.offset ?? this.offset, isWhole: next !== undefined };
  }

  /** The first row of a line, from 0; the number of rows for one that is not known. */
  firstRowOf(line: number, source: ByteRange): number {
    let low = 0;
    let high = this.#states.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#states[middle]?.line ?? line) < line) low = middle + 1;
      else high = middle;
    }
    let row = Math.max(0, low - 1) * STRIDE;
    for (const place of this.walk(row, source)) {
      if (place.line >= line) return row;
      row++;
    }
    return this.#rowCount;
  }

  /** The rows from `from` on, in order, read as they are asked for. */
  *walk(from: number, source: ByteRange, step = SCAN_BYTES): Generator<RowPlace> {
    const checkpoint = Math.min(Math.floor(from / STRIDE), this.#states.length - 1);
    const state = this.#states[checkpoint];
    if (!state) return;
    let row = checkpoint * STRIDE;
    let found: RowPlace[] = [];
    const scanner = this.#make((start, end, line, level, continues, inString) => {
      found.push({ start, end, line, level, continues, inString });
    }, state);
    while (row < this.#rowCount) {
      const bytes = source.read(scanner.offset, Math.min(scanner.offset + step, this.offset));
      if (bytes.length > 0) scanner.scan(bytes);
      else if (this.#ended) scanner.end();
      for (const place of found) if (row++ >= from && row <= this.#rowCount) yield place;
      if (bytes.length === 0) return;
      found = [];
    }
  }
}
