import Papa from 'papaparse';
import type { BodyRow, RecordDialect } from './bodyView';

/** Cells of a record that are listed at most. */
export const RECORD_CELLS = 201;

/** The cells that are listed of a record, or of a piece of one: what goes on with the row above is one cell. */
export function listedCells({ text, continues }: BodyRow, { separator }: RecordDialect): readonly string[] {
  return continues ? [text] : cellsOf(text, separator).slice(0, RECORD_CELLS);
}

/** The cells of one record without its line end. */
export function cellsOf(record: string, separator: string): readonly string[] {
  // A quote with nothing but spaces behind it closes its cell only where the line ends.
  const { data } = Papa.parse<readonly string[]>(`${record}\n`, { delimiter: separator, newline: '\n' });
  const [cells = [''], ...others] = data;
  // Where that quote is missing, the line end has become a part of the cell.
  return others.length > 0 ? cells : cells.with(-1, cells.at(-1)?.slice(0, -1) ?? '');
}
