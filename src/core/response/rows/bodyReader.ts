import {
  layoutKey,
  type BodyForm,
  type BodyMatch,
  type BodyRow,
  type LayoutProgress,
  type RecordDialect,
  type RowLayout,
} from '../bodyView';
import type { BodyNode } from '../bodyNode';
import type { StructuredLanguage } from '../classify';
import { MAX_LEVEL } from '../jsonIndexer';
import { ByteMask, oneByOne } from './byteMask';
import { clueOf } from './clue';
import { recordFinder, type RecordFinder } from './findInRecords';
import { findPattern } from './findPattern';
import { GrowingRows, SCAN_BYTES, type ByteRange, type RowStretch } from './growingRows';
import { JsonRowScanner, type JsonRowState } from './jsonRowScanner';
import { RecordScanner, type RecordState } from './recordScanner';
import { ROW_BYTES, type RowPlace } from './rowScanner';
import { indentOf, respaced } from './rowText';
import { TextRowScanner, type TextRowState } from './textRowScanner';
import { XmlRowScanner, type XmlRowState } from './xmlRowScanner';

/** Rows of either kind. */
type Rows = Pick<GrowingRows<never>, keyof GrowingRows<never>>;

/** A row with its number. */
interface NumberedRow {
  readonly row: BodyRow;
  readonly index: number;
}

export interface BodyReaderOptions {
  /** Bytes of the body, of which those up to {@link BodyReader.grow} are there. */
  readonly source: ByteRange;
  /** What the body is said to be, where that has a pretty form. */
  readonly language: StructuredLanguage | undefined;
  /** A label of the Encoding Standard. */
  readonly charset: string;
  /** Forms of secrets that are covered wherever the server echoes them. */
  readonly forms: readonly string[];
}

/** Bytes that are searched for a clue at once: text that is small enough not to be kept apart by the collector. */
const CLUE_BYTES = 64 * 1024;

/** Layouts that are kept: the one that is shown, the one before, one for copying, and the records of a table. */
const MOST_LAYOUTS = 4;

/** Rows that are looked at before somebody else gets a turn. */
const NODE_ROWS = 20_000;

/**
 * A body of any size as rows, read by range. It holds some bytes for every thousand rows, and never the body; it is
 * synchronous and meant for a thread of its own. Work is done in slices, so that questions in between are answered.
 */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  readonly #mask: ByteMask;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  /** The one that was used last is the last. */
  readonly #layouts = new Map<string, Rows>();
  #mistake: number | undefined;
  #size = 0;
  #ended = false;

  constructor(options: BodyReaderOptions) {
    this.#options = options;
    this.#mask = new ByteMask(options.forms);
    this.#decoder = new TextDecoder(options.charset);
  }

  /** So many bytes are there by now; `ended`: and there will be no more. */
  grow(size: number, ended: boolean): void {
    this.#size = size;
    this.#ended = ended;
  }

  /** Looks through one more slice of what is there. `false`: there is nothing more to do for this layout now. */
  advance(layout: RowLayout): boolean {
    const rows = this.#rowsOf(layout);
    if (rows.mistake !== undefined) return false;
    const { offset: start } = rows;
    const end = Math.min(start + SCAN_BYTES, this.#size);
    if (end > start) rows.scan(this.#options.source.read(start, end));
    else if (this.#ended) rows.end();
    return this.#isLeft(rows);
  }

  #isLeft({ mistake, offset, isComplete }: Rows): boolean {
    this.#mistake ??= mistake;
    return mistake === undefined && (offset < this.#size || (this.#ended && !isComplete));
  }

  progress(layout: RowLayout): LayoutProgress {
    const rows = this.#rowsOf(layout);
    const { rowCount, lineCount } = rows;
    return { rowCount, lineCount, complete: isLookedThrough(rows) };
  }

  /** Offset where a body breaks the grammar of its language, as far as it was looked through. */
  get mistake(): number | undefined {
    return this.#mistake;
  }

  /** Rows `from` to `to` (exclusive), clipped to those that are known. */
  rows(layout: RowLayout, from: number, to: number): readonly BodyRow[] {
    return this.#drawn(this.#rowsOf(layout).places(from, to, this.#options.source), layout.form);
  }

  /** Looks for text, ignoring case, in the rows that are known. */
  findNow(layout: RowLayout, text: string): readonly BodyMatch[] {
    const rows = this.#rowsOf(layout);
    const look = this.#looking(rows, layout, text);
    const matches: BodyMatch[] = [];
    for (let index = 0, stretch = rows.stretch(0); stretch; stretch = rows.stretch(++index))
      for (const found of look(stretch)) matches.push(...found);
    return matches;
  }

  /**
   * Looks for text, ignoring case, from the start on until all of the body has been looked through. Yields after every
   * block what was found in it, so that whoever asks can stop, and `undefined` when there is nothing more to look at yet.
   */
  *find(layout: RowLayout, text: string): Generator<readonly BodyMatch[] | undefined> {
    const rows = this.#rowsOf(layout);
    const look = this.#looking(rows, layout, text);
    let index = 0;
    for (;;) {
      const isAll = isLookedThrough(rows);
      const stretch = rows.stretch(index);
      if (stretch && (stretch.isWhole || isAll)) {
        index++;
        yield* look(stretch);
      } else if (isAll) return;
      else yield undefined;
    }
  }

  #looking(rows: Rows, { form, records }: RowLayout, text: string): (stretch: RowStretch) => Iterable<BodyMatch[]> {
    const { clue, find } = records ? recordFinder(text, records) : rowFinder(text);
    return (stretch) =>
      clue === undefined || this.#mayHold(stretch, clue) ? this.#found(rows, stretch, form, find) : [[]];
  }

  /** Piece by piece: records may be long. */
  *#found(rows: Rows, { first, last }: RowStretch, form: BodyForm, find: RecordFinder['find']): Generator<BodyMatch[]> {
    const places = rows.places(first, last, this.#options.source);
    for (let at = 0; at < places.length;) {
      const start = places[at]?.start ?? 0;
      let next = at + 1;
      while (next < places.length && (places[next]?.end ?? 0) - start <= SCAN_BYTES) next++;
      yield [...find(this.#drawn(places.slice(at, next), form), first + at)];
      at = next;
    }
  }

  /** Whether the clue is anywhere in the bytes of a stretch, which are many more than those of its rows at times. */
  #mayHold({ start, end }: RowStretch, clue: string): boolean {
    for (let from = start; from < end; from += CLUE_BYTES) {
      const to = Math.min(end, from + CLUE_BYTES + clue.length);
      if (oneByOne(this.#options.source.read(from, to)).toLowerCase().includes(clue)) return true;
    }
    return false;
  }

  /**
   * The object, array or element that begins on a row; `undefined` when none does, it is too deep, or its end is not known.
   * Yields now and then, so that whoever asks can do something else.
   */
  *nodeAt(layout: RowLayout, row: number): Generator<undefined, BodyNode | undefined> {
    let first: RowPlace | undefined;
    let count = 0;
    for (const place of this.#rowsOf(layout).walk(row, this.#options.source)) {
      first ??= place;
      if (first.level >= MAX_LEVEL) return undefined;
      if (place.line > first.line && place.level <= first.level) {
        return place.line > first.line + 1 ? { line: first.line + 1, endLine: place.line + 1 } : undefined;
      }
      if (++count % NODE_ROWS === 0) yield undefined;
    }
    return undefined;
  }

  /** The first row of each of these lines, from 1. */
  firstRows(layout: RowLayout, lines: readonly number[]): readonly number[] {
    return lines.map((line) => this.#rowsOf(layout).firstRowOf(line - 1, this.#options.source));
  }

  /** The text of a form in pieces, with the lines put together again. */
  *text(form: BodyForm): Generator<string> {
    let isFirst = true;
    for (const block of this.#blocks({ form, width: 0 })) {
      let piece = '';
      for (const { row } of block) {
        if (!isFirst && !row.continues) piece += '\n';
        piece += row.text;
        isFirst = false;
      }
      yield piece;
    }
  }

  /** The known rows in blocks of contiguous bytes. */
  *#blocks(layout: RowLayout): Generator<readonly NumberedRow[]> {
    let places: RowPlace[] = [];
    let first = 0;
    for (const place of this.#rowsOf(layout).walk(0, this.#options.source)) {
      places.push(place);
      if (place.end - (places[0]?.start ?? 0) < SCAN_BYTES) continue;
      yield this.#block(places, first, layout.form);
      first += places.length;
      places = [];
    }
    if (places.length > 0) yield this.#block(places, first, layout.form);
  }

  #block(places: readonly RowPlace[], first: number, form: BodyForm): readonly NumberedRow[] {
    return this.#drawn(places, form).map((row, at) => ({ row, index: first + at }));
  }

  #drawn(places: readonly RowPlace[], form: BodyForm): readonly BodyRow[] {
    const start = places[0]?.start ?? 0;
    const bytes = this.#covered(start, places.at(-1)?.end ?? start);
    return places.map((place) => this.#row(place, bytes.subarray(place.start - start, place.end - start), form));
  }

  #row(place: RowPlace, bytes: Uint8Array, form: BodyForm): BodyRow {
    const { line, continues, inString, level } = place;
    const language = form === 'pretty' ? this.#options.language : undefined;
    const text = this.#decoder.decode(language === 'json' ? respaced(bytes, inString) : bytes);
    const indent = language ? indentOf(level, continues) : 0;
    return continues
      ? { line: line + 1, text, hang: indent, continues, inString }
      : { line: line + 1, text: ' '.repeat(indent) + text, hang: 0, continues, inString };
  }

  /** The bytes of a range, with what is secret covered also where it reaches beyond the range. */
  #covered(start: number, end: number): Uint8Array {
    const from = Math.max(0, start - this.#mask.margin);
    const bytes = this.#options.source.read(from, Math.min(this.#size, end + this.#mask.margin));
    return this.#mask.cover(bytes).subarray(start - from, end - from);
  }

  #rowsOf(layout: RowLayout): Rows {
    const key = layoutKey(layout);
    const rows = this.#layouts.get(key) ?? this.#newRows(layout);
    this.#layouts.delete(key);
    this.#layouts.set(key, rows);
    for (const oldest of [...this.#layouts.keys()].slice(0, -MOST_LAYOUTS)) this.#layouts.delete(oldest);
    return rows;
  }

  #newRows({ form, width, records }: RowLayout): Rows {
    if (records) return recordRows(records);
    return rowsFor(form === 'pretty' ? this.#options.language : undefined, width);
  }
}

/** Looks for a text in rows, wherever it stands in them. */
function rowFinder(text: string): RecordFinder {
  const pattern = findPattern(text);
  const findIn = (row: BodyRow, index: number): BodyMatch[] =>
    Array.from(row.text.matchAll(pattern), ({ index: start, 0: { length } }) => ({
      row: index,
      start,
      end: start + length,
    }));
  return { clue: clueOf(text), find: (rows, first) => rows.flatMap((row, at) => findIn(row, first + at)) };
}

/** Nothing more comes: the end is there, or a mistake behind which nothing is laid out. */
function isLookedThrough({ isComplete, mistake }: Rows): boolean {
  return isComplete || mistake !== undefined;
}

function recordRows(dialect: RecordDialect): Rows {
  return new GrowingRows<RecordState>((sink, from, checkpoints) => new RecordScanner(dialect, sink, from, checkpoints));
}

function rowsFor(language: StructuredLanguage | undefined, width: number): Rows {
  const bytes = width === 0 ? ROW_BYTES : width;
  switch (language) {
    case 'json':
      return new GrowingRows<JsonRowState>((...rest) => new JsonRowScanner(bytes, ...rest));
    case 'xml':
      return new GrowingRows<XmlRowState>((...rest) => new XmlRowScanner(bytes, ...rest));
    case undefined:
      return new GrowingRows<TextRowState>((...rest) => new TextRowScanner(bytes, ...rest));
  }
}
