import type { BodyMatch, BodyRow, RecordDialect } from '../bodyView';
import { listedCells } from '../recordCells';
import { clueOf } from './clue';
import { findPattern } from './findPattern';

/** Looks for a text in the cells of records. */
export interface RecordFinder {
  /** As `clueOf`, of what is in the bytes of a record as it is in a cell. */
  readonly clue: string | undefined;
  /** One match for each cell with the text; the first of the rows has the number `first`. */
  readonly find: (rows: readonly BodyRow[], first: number) => readonly BodyMatch[];
}

export function recordFinder(text: string, dialect: RecordDialect): RecordFinder {
  const pattern = findPattern(text);
  const hasQuote = text.includes('"');
  // Quotes of a cell are written twice. Without them, what is in a cell is in its record as well: only where it is do
  // the cells have to be told from each other.
  const mayHold = (record: string): boolean => (hasQuote && record.includes('"')) || record.search(pattern) >= 0;
  const findIn = (row: BodyRow, index: number): BodyMatch[] =>
    listedCells(row, dialect).flatMap((value, cell) => {
      const [match] = value.matchAll(pattern);
      return match ? [{ row: index, cell, start: match.index, end: match.index + match[0].length }] : [];
    });
  return {
    clue: clueOf(text.replaceAll('"', ' ')),
    find: (rows, first) => rows.flatMap((row, at) => (mayHold(row.text) ? findIn(row, first + at) : [])),
  };
}
