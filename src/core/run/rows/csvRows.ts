import Papa from 'papaparse';
import { LatchkeyError } from '../../errors';
import { isName } from '../../request/names';
import { textOf, type Resolved } from '../../request/resolve/resolved';
import { shorten } from '../../request/shorten';
import { rowOfFields, type Row } from './row';
import { textPieces } from './textPieces';

/** Characters of one row; a quote that is not closed would take in the rest of the file otherwise. */
const LONGEST_ROW = 1_000_000;

/** Characters that are looked at together. */
const BLOCK = 64 * 1024;

/**
 * The rows of a CSV file (RFC 4180), read as they are needed. The first line names the fields; what separates cells is
 * taken from it. Cells are text. Empty lines are passed over.
 * @throws LatchkeyError `rows.*`, with the line on which the faulty row begins.
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Row> {
  let names: readonly string[] | undefined;
  let known: ReadonlySet<string> = new Set();
  let number = 0;
  for await (const record of csvRecords(bytes, file)) {
    if (isEmpty(record)) continue;
    const { cells } = record;
    if (!names) {
      names = fieldNames(cells, file);
      known = new Set(names);
      continue;
    }
    requireCells(record, names.length, file);
    number++;
    const fields = new Map<string, Resolved>(names.map((name, index) => [name, textOf(cells[index] ?? '')]));
    yield rowOfFields(fields, known, number);
  }
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** From 1. */
  readonly line: number;
}

export function isEmpty({ cells }: CsvRecord): boolean {
  return cells.length === 1 && cells[0] === '';
}

/** @throws LatchkeyError `rows.ragged` */
export function requireCells({ cells, line }: CsvRecord, expected: number, file: string): void {
  if (cells.length !== expected) throw new LatchkeyError('rows.ragged', { file, line, found: cells.length, expected });
}

/** How a file is written, by its first line. */
export interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n' | '\r';
}

async function* csvRecords(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<CsvRecord> {
  let rest = '';
  let line = 1;
  let dialect: Dialect | undefined;
  const take = function* (isLast: boolean): Generator<CsvRecord> {
    dialect ??= dialectOf(rest, isLast);
    const end = dialect ? yield* recordsIn(rest, dialect, { isLast, file, line }) : { used: 0, line };
    line = end.line;
    rest = rest.slice(end.used);
    if (rest.length > LONGEST_ROW) throw new LatchkeyError('rows.rowTooLong', { file, line, limit: LONGEST_ROW });
  };
  let enough = BLOCK;
  for await (const piece of textPieces(bytes, file)) {
    rest += piece;
    if (rest.length < enough) continue;
    yield* take(false);
    // Looking at the start of a long row again with every piece would be quadratic.
    enough = rest.length * 2 + BLOCK;
  }
  if (rest !== '') yield* take(true);
}

interface PieceOfFile {
  readonly isLast: boolean;
  readonly file: string;
  /** On which it begins, from 1. */
  readonly line: number;
}

/**
 * The complete records at the start of a piece.
 * @returns how many characters they take, and the line after them.
 * @throws LatchkeyError `rows.badQuote`
 */
export function* recordsIn(
  text: string,
  dialect: Dialect,
  { isLast, file, line: first }: PieceOfFile,
): Generator<CsvRecord, { readonly used: number; readonly line: number }> {
  const { records, used, isFaulty } = parsePiece(text, dialect, isLast);
  let line = first;
  for (const cells of records) {
    yield { cells, line };
    line += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
  }
  if (isFaulty) throw new LatchkeyError('rows.badQuote', { file, line });
  return { used, line };
}

interface ParsedPiece {
  readonly records: readonly (readonly string[])[];
  /** Characters that they take. */
  readonly used: number;
  /** The record after them. */
  readonly isFaulty: boolean;
}

function parsePiece(text: string, dialect: Dialect, isLast: boolean): ParsedPiece {
  const { data, errors, meta } = new Papa.Parser(dialect).parse(text, 0, !isLast) as {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly { readonly row: number }[];
    readonly meta: { readonly cursor: number };
  };
  // What the next piece goes on with is none of the file's faults yet.
  const first = errors.find(({ row }) => isLast || row < data.length);
  return { records: first ? data.slice(0, first.row) : data, used: meta.cursor, isFaulty: first !== undefined };
}

/** `undefined` until the first line is there. */
export function dialectOf(text: string, isLast: boolean): Dialect | undefined {
  const bare = text.replace(/"[^"]*"?/g, '');
  const found = /\r\n|\n|\r(?!$)/.exec(bare);
  if (!found && !isLast) return undefined;
  const first = found ? bare.slice(0, found.index) : bare;
  const count = (character: string): number => first.split(character).length;
  const delimiter = [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
  return { delimiter, newline: (found?.[0] ?? '\n') as Dialect['newline'] };
}

/** @throws LatchkeyError `rows.badHeader`, `rows.duplicateHeader`. */
export function fieldNames(cells: readonly string[], file: string): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const bad = names.find((name) => !isName(name));
  if (bad !== undefined) throw new LatchkeyError('rows.badHeader', { file, name: JSON.stringify(shorten(bad)) });
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new LatchkeyError('rows.duplicateHeader', { file, name: shorten(twice) });
  return names;
}

function lineBreaks(cell: string): number {
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}
