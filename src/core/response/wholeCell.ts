import type { BodyRecords, RecordDialect } from './bodyView';
import { cellsOf } from './recordCells';
import { TEXT_LIMIT } from './wholeText';

/** Rows that are read at once: a megabyte where they are pieces of a long record. */
const MOST_ROWS = 16;

/** A cell, of which a table may show the beginning only. */
export interface WholeCell {
  readonly text: string;
  /** Why there is more of it: an editor takes no more, or it is not here. */
  readonly missing?: 'tooLong' | 'notHere' | undefined;
}

export interface WantedCell {
  readonly row: number;
  readonly cell: number;
  /** The records that are known are all of the body. */
  readonly isAll: boolean;
}

/** All of a cell, up to {@link TEXT_LIMIT}; of a piece that goes on with the row above, the piece. */
export async function wholeCell(
  records: BodyRecords,
  { separator }: RecordDialect,
  { row, cell, isAll }: WantedCell,
): Promise<WholeCell | undefined> {
  const [first] = await records.rows(row, row + 1);
  if (!first || first.continues) return first && { text: first.text };
  const { text, missing } = await wholeRecord(records, row, isAll);
  const cells = cellsOf(text, separator);
  // Only the last one can have been cut.
  return { text: cells[cell] ?? '', missing: cell < cells.length - 1 ? undefined : missing };
}

async function wholeRecord(records: BodyRecords, row: number, isAll: boolean): Promise<WholeCell> {
  let text = '';
  for (let at = row; ; at += MOST_ROWS) {
    const rows = await records.rows(at, at + MOST_ROWS);
    const next = rows.findIndex(({ continues }, index) => at + index > row && !continues);
    const pieces = rows.slice(0, next < 0 ? undefined : next);
    text += pieces.map((piece) => piece.text).join('');
    if (text.length >= TEXT_LIMIT) return { text: text.slice(0, TEXT_LIMIT), missing: 'tooLong' };
    if (next >= 0) return { text };
    // A record in one piece is known when its end is.
    if (rows.length < MOST_ROWS) return { text, missing: isAll || at + rows.length - row <= 1 ? undefined : 'notHere' };
  }
}
