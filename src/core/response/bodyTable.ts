import Papa from 'papaparse';
import type { BodyRecords, BodyRow, BodyView, FoundInBody, RecordDialect } from './bodyView';
import { listedCells } from './recordCells';

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
}

const empty: TablePage = { rowCount: 0, complete: true, columns: 0, rows: [], continued: [] };

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
    const rows = await records.rows(from, Math.min(to, rowCount));
    this.#columns ??= await this.#columnsOf(records, dialect);
    return {
      ...{ rowCount, complete },
      columns: this.#columns ?? 0,
      rows: rows.map((row) => this.#cells(row, dialect)),
      continued: rows.flatMap(({ continues }, index) => (continues ? [index] : [])),
    };
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
    return first && this.#cells(first, dialect).length;
  }

  /** A field without its quotes may show what the bytes did not. */
  #cells(row: BodyRow, dialect: RecordDialect): readonly string[] {
    return listedCells(row, dialect).map((cell) => {
      const shown = this.#view.mask(cell);
      return shown.length > CELL_CHARACTERS ? `${shown.slice(0, CELL_CHARACTERS)}…` : shown;
    });
  }
}
