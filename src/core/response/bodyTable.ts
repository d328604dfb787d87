import Papa from 'papaparse';
import type { BodyView } from './bodyView';

/** Bytes of the beginning that are read as a table. */
export const TABLE_BYTES = 2 * 1024 * 1024;
/** Rows that are listed at most. */
export const TABLE_ROWS = 10_000;
/** Cells of a row that are listed at most. */
export const TABLE_COLUMNS = 200;
/** Characters of a cell that are shown. */
const CELL_CHARACTERS = 500;

/** The beginning of a CSV or TSV body as cells. */
export interface BodyTable {
  /** Every row, the one that names the columns included. */
  readonly rows: readonly (readonly string[])[];
  /** Cells that most rows have: those of the first. */
  readonly columns: number;
  /** Not all of the body is in it. */
  readonly isPartial: boolean;
}

/**
 * Reads the beginning of a body as a table (RFC 4180; what separates cells is found out). Never throws on any content;
 * rows may have more or fewer cells than the first.
 */
export async function readTable(view: BodyView): Promise<BodyTable> {
  if (view.kind.kind !== 'text') return { rows: [], columns: 0, isPartial: false };
  const bytes = await view.bytes(0, TABLE_BYTES);
  const isCut = bytes.length < view.size;
  const text = new TextDecoder(view.kind.charset).decode(bytes);
  const delimiter = view.kind.mediaType.endsWith('tab-separated-values') ? '\t' : '';
  const { data } = Papa.parse<readonly string[]>(text, { delimiter, preview: TABLE_ROWS + 1, skipEmptyLines: true });
  // The last row of what was cut off is none.
  const whole = isCut && data.length <= TABLE_ROWS ? data.slice(0, -1) : data;
  const rows = whole
    .slice(0, TABLE_ROWS)
    .map((row) => row.slice(0, TABLE_COLUMNS + 1).map((cell) => cellOf(cell, view)));
  return { rows, columns: rows[0]?.length ?? 0, isPartial: isCut || data.length > TABLE_ROWS };
}

/** A field without its quotes may show what the bytes did not. */
function cellOf(text: string, view: BodyView): string {
  const shown = view.mask(text);
  return shown.length > CELL_CHARACTERS ? `${shown.slice(0, CELL_CHARACTERS)}…` : shown;
}
