import { MAX_ROW, type BodyMatch, type BodyRow } from './bodyView';
import { GrowingUint32 } from './growingUint32';
import type { LineSource } from './lineSource';

/** How far from the end of a row a better place to break is looked for. */
const LOOK_BACK = 24;
const BREAK_AFTER = /[\s,;&|]/;

/** Lines cut to rows of one width: which row is which piece of which line. */
export interface RowIndex {
  readonly rowCount: number;
  row(index: number): BodyRow;
  /** The line, from 0, that a row is of. */
  lineOf(row: number): number;
  /** The first row of a line, from 0; the number of rows for one after the last. */
  firstRow(line: number): number;
  /** The row, and the place in it, where a place in a line ended up. */
  locate(line: number, start: number, end: number): BodyMatch;
}

/** Rows of at most `width` columns; 0 cuts only what is longer than {@link MAX_ROW}. */
export function indexRows(lines: LineSource, width: number): RowIndex {
  const columns = width === 0 ? MAX_ROW : width;
  return lines.longest <= columns ? new UncutRows(lines) : new CutRows(lines, columns);
}

class UncutRows implements RowIndex {
  readonly #lines: LineSource;

  constructor(lines: LineSource) {
    this.#lines = lines;
  }

  get rowCount(): number {
    return this.#lines.lineCount;
  }

  row(index: number): BodyRow {
    const text = ' '.repeat(this.#lines.indent(index)) + this.#lines.text(index);
    return { line: index + 1, text, hang: 0, continues: false, inString: false };
  }

  lineOf(row: number): number {
    return row;
  }

  firstRow(line: number): number {
    return Math.min(line, this.#lines.lineCount);
  }

  locate(line: number, start: number, end: number): BodyMatch {
    const indent = this.#lines.indent(line);
    return { row: line, start: indent + start, end: indent + end };
  }
}

class CutRows implements RowIndex {
  readonly rowCount: number;
  readonly #lines: LineSource;
  readonly #columns: number;
  /** First row of each line. */
  readonly #firstRow: Uint32Array;
  /** Where in their lines the continuations begin; those of line n come after `#firstRow[n] - n` others. */
  readonly #breaks: Uint32Array;

  constructor(lines: LineSource, columns: number) {
    this.#lines = lines;
    this.#columns = columns;
    const firstRow = new Uint32Array(lines.lineCount);
    const breaks = new GrowingUint32(1024);
    for (let line = 0; line < lines.lineCount; line++) {
      firstRow[line] = line + breaks.length;
      const indent = this.#indent(line);
      if (indent + lines.length(line) > columns)
        cutLine(lines.text(line), columns - indent, columns - indent - lines.hang, breaks);
    }
    this.#firstRow = firstRow;
    this.#breaks = breaks.view();
    this.rowCount = lines.lineCount + breaks.length;
  }

  row(index: number): BodyRow {
    const line = this.lineOf(index);
    const piece = index - this.firstRow(line);
    const start = this.#start(line, piece);
    const text = this.#lines.text(line).slice(start, this.#end(line, piece));
    const indent = this.#indent(line);
    const full = this.#lines.indent(line);
    const common = { line: line + 1, ...(full > indent ? { fullIndent: full } : {}) };
    if (piece === 0) return { ...common, text: ' '.repeat(indent) + text, hang: 0, continues: false, inString: false };
    const inString = this.#lines.inString(line, start);
    return { ...common, text, hang: indent + this.#lines.hang, continues: true, inString };
  }

  locate(line: number, start: number, end: number): BodyMatch {
    let piece = 0;
    while (this.#end(line, piece) <= start) piece++;
    const shift = (piece === 0 ? this.#indent(line) : 0) - this.#start(line, piece);
    return {
      row: this.firstRow(line) + piece,
      start: start + shift,
      end: Math.min(end, this.#end(line, piece)) + shift,
    };
  }

  /** Deep nesting in a narrow view would leave no room for the text. */
  #indent(line: number): number {
    return Math.min(this.#lines.indent(line), this.#columns >> 1);
  }

  firstRow(line: number): number {
    return this.#firstRow[line] ?? this.rowCount;
  }

  #start(line: number, piece: number): number {
    return piece === 0 ? 0 : (this.#breaks[this.firstRow(line) - line + piece - 1] ?? 0);
  }

  #end(line: number, piece: number): number {
    const isLast = this.firstRow(line) + piece + 1 >= this.firstRow(line + 1);
    return isLast ? this.#lines.length(line) : this.#start(line, piece + 1);
  }

  lineOf(row: number): number {
    let low = 0;
    let high = this.#firstRow.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.firstRow(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function cutLine(text: string, firstRoom: number, nextRoom: number, breaks: GrowingUint32): void {
  let room = firstRoom;
  let start = 0;
  while (text.length - start > room) {
    start = breakBefore(text, start, start + room);
    breaks.push(start);
    room = Math.max(1, nextRoom);
  }
}

/** The best place for a break at or before `end`: after a separator, else right there, never inside a surrogate pair. */
function breakBefore(text: string, start: number, end: number): number {
  const earliest = Math.max(start + 1, end - Math.min(LOOK_BACK, (end - start) >> 1));
  for (let at = end; at > earliest; at--) {
    if (BREAK_AFTER.test(text.charAt(at - 1))) return at;
  }
  const splitsPair = isHighSurrogate(text.charCodeAt(end - 1)) && end - 1 > start;
  return splitsPair ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
