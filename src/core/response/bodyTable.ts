import Papa from 'papaparse';
import type { BodyRecords, BodyRow, BodyView, FoundInBody, RecordDialect } from './bodyView';
import { listedCells } from './recordCells';
import { wholeCell, type WholeCell } from './wholeCell';

/** Bytes of the beginning that tell how it is written. */
const DIALECT_BYTES = 64 * 1024;
/** Characters of a cell that are shown. */
const CELL_CHARACTERS = 500;

/** Some rows of a CSV or TSV body as cells. */
export interface TablePage {
  /** Rows that are known, the one that names the columns included. */
  readonly rowCount: number;
  /** There will be no more. */
  readonly complete: boolean;
  /** Cells that most rows have: those of the first. */
  readonly columns: number;
  readonly rows: readonly (readonly string[])[];
  /** Which of the rows, from 0, are pieces of the one before, which is too long or has a quote that is not closed. */
  readonly continued: readonly number[];
  /** Cells of which the beginning is shown; rows from 0. */
  readonly cut: readonly { readonly row: number; readonly cell: number }[];
}

const empty: TablePage = { rowCount: 0, complete: true, columns: 0, rows: [], continued: [], cut: [] };

/**
 * A body of any size as a table (RFC 4180; what separates cells is found out). Never throws on any content; rows may
 * have more or fewer cells than the first.
 */
export class BodyTable {
  readonly #view: BodyView;
  #dialect: RecordDialect | undefined;
  #records: BodyRecords | undefined;
  #columns: number | undefined;

  constructor(view: BodyView) {
    this.#view = view;
  }

  /** Rows `from` to `to` (exclusive), clipped to those that are known. */
  async page(from: number, to: number): Promise<TablePage> {
    const dialect = await this.#dialectOf();
    const records = (this.#records ??= this.#view.records?.(dialect));
    if (!records) return empty;
    const { rowCount, complete } = await records.progress();
    const last = Math.min(to, rowCount);
    // Whether the last one goes on is told by the one behind it.
    const known = await records.rows(from, last + 1);
    const rows = known.slice(0, Math.max(0, last - from));
    this.#columns ??= await this.#columnsOf(records, dialect);
    const cells = rows.map((row, index) => this.#cells(row, known[index + 1]?.continues === true, dialect));
    return {
      ...{ rowCount, complete },
      columns: this.#columns ?? 0,
      rows: cells.map((row) => row.map(({ text }) => text)),
      continued: rows.flatMap(({ continues }, index) => (continues ? [index] : [])),
      cut: cells.flatMap((row, index) => row.flatMap(({ isCut }, cell) => (isCut ? [{ row: index, cell }] : []))),
    };
  }

  /** All of a cell, as far as an editor takes it; `undefined`: there is no such row. */
  async cell(row: number, cell: number): Promise<WholeCell | undefined> {
    const dialect = await this.#dialectOf();
    const records = this.#view.records?.(dialect);
    if (!records) return undefined;
    const { complete } = await records.progress();
    const isAll = complete && this.#view.shownBytes === this.#view.size;
    const whole = await wholeCell(records, dialect, { row, cell, isAll });
    return whole && { ...whole, text: this.#view.mask(whole.text) };
  }

  /**
   * Looks for text, ignoring case, in the cells that are listed; at most `limit` of them. Rejects with an `AbortError`
   * when the signal fires.
   * @param onSome hears of what was found so far where it takes long to look at all of the body.
   */
  async find(
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome: (found: FoundInBody) => void,
  ): Promise<FoundInBody> {
    const records = text === '' ? undefined : this.#view.records?.(await this.#dialectOf());
    return records ? records.find(text, limit, signal, onSome) : { matches: [], more: false };
  }

  /** As soon as enough has come to tell, it stays what it is. */
  async #dialectOf(): Promise<RecordDialect> {
    if (this.#dialect) return this.#dialect;
    const { kind } = this.#view;
    if (kind.kind !== 'text') return { separator: ',', lineEnd: '\n' };
    const bytes = await this.#view.bytes(0, DIALECT_BYTES);
    const text = new TextDecoder(kind.charset).decode(bytes);
    const isTabbed = kind.mediaType.endsWith('tab-separated-values');
    const { meta } = Papa.parse(text, { delimiter: isTabbed ? '\t' : '', preview: 20 });
    const dialect = { separator: meta.delimiter, lineEnd: meta.linebreak === '\r' ? '\r' : '\n' } as const;
    if (bytes.length === DIALECT_BYTES || this.#view.isComplete) this.#dialect = dialect;
    else this.#records = this.#columns = undefined;
    return dialect;
  }

  async #columnsOf(records: BodyRecords, dialect: RecordDialect): Promise<number | undefined> {
    const [first] = await records.rows(0, 1);
    return first && listedCells(first, dialect).length;
  }

  /** A field without its quotes may show what the bytes did not. `goesOn`: in the row below. */
  #cells(row: BodyRow, goesOn: boolean, dialect: RecordDialect): readonly ShownCell[] {
    return listedCells(row, dialect).map((cell, index, { length }) => {
      const shown = this.#view.mask(cell);
      const isCut = shown.length > CELL_CHARACTERS || (goesOn && index === length - 1);
      return { text: isCut ? `${shown.slice(0, CELL_CHARACTERS)}…` : shown, isCut };
    });
  }
}

interface ShownCell {
  readonly text: string;
  readonly isCut: boolean;
}
