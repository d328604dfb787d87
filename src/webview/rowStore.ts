import type { ViewMessage } from '../shared/protocol';
import type { BodyForm, BodyRow, BodyRows } from '../shared/viewModel';

/** Rows that are asked for together. */
const CHUNK = 100;
/** Chunks that are kept; the view shows one or two at a time. */
const MOST_CHUNKS = 60;

export interface RowLayout {
  readonly bodyId: string;
  readonly form: BodyForm;
  readonly columns: number;
}

/**
 * The rows that the view has of one body at one width, and the asking for those it has not. When the width changes,
 * the old rows stay in use until the first new ones are here, so nothing flickers.
 */
export class RowStore {
  readonly #post: (message: ViewMessage) => void;
  #layout: RowLayout | undefined;
  #rowCount = 0;
  /** What was folded when the rows were numbered. */
  #folds = 0;
  #isFolded = false;
  /** Chunks by index, the least recently used first. */
  readonly #chunks = new Map<number, readonly BodyRow[]>();
  /** What is on its way: request ids and the layout and chunk that each is for. */
  readonly #pending = new Map<number, { readonly layout: RowLayout; readonly chunk: number }>();
  #lastRequestId = 0;

  constructor(post: (message: ViewMessage) => void) {
    this.#post = post;
  }

  /** What the rows are of; `undefined` when there are none. */
  get layout(): RowLayout | undefined {
    return this.#layout;
  }

  get isFolded(): boolean {
    return this.#isFolded;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Takes rows that came unasked. They replace all that was there. */
  replace(rows: BodyRows): void {
    this.#adopt(rows);
  }

  /** Takes the rows that count after something was folded. `false`: of a layout that is not shown. */
  refold(rows: BodyRows): boolean {
    if (!this.#layout || !sameLayout(this.#layout, rows)) return false;
    this.#pending.clear();
    this.#adopt(rows);
    return true;
  }

  /** Takes an answer. `false`: it is stale and was dropped. */
  accept(requestId: number, rows: BodyRows): boolean {
    const request = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    if (!request || !sameLayout(request.layout, rows)) return false;
    if (!this.#layout || !sameLayout(this.#layout, rows)) this.#adopt(rows);
    // Counted before the news that there are more, it may come after them.
    else if (rows.folds === this.#folds) this.#keep({ ...rows, rowCount: Math.max(rows.rowCount, this.#rowCount) });
    else return false;
    return true;
  }

  /** Takes the news that there are more rows. `false`: not of the layout that is shown. */
  grow(growth: RowLayout & { readonly rowCount: number }): boolean {
    if (!this.#layout || !sameLayout(this.#layout, growth) || growth.rowCount === this.#rowCount) return false;
    // The last chunk may have been cut short by what was there.
    const last = Math.floor(Math.max(0, this.#rowCount - 1) / CHUNK);
    if ((this.#chunks.get(last)?.length ?? CHUNK) < CHUNK) this.#chunks.delete(last);
    this.#rowCount = growth.rowCount;
    return true;
  }

  clear(): void {
    this.#layout = undefined;
    this.#rowCount = 0;
    this.#chunks.clear();
    this.#pending.clear();
  }

  row(index: number): BodyRow | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK];
  }

  /** The row that begins what a row is in, as far as the rows are here. */
  rowAround(index: number): number | undefined {
    const own = this.#indentOf(index);
    for (let at = index - 1; at >= 0; at--) {
      const row = this.row(at);
      if (!row) return undefined;
      if (!row.continues && row.hiddenLines !== undefined && this.#indentOf(at) < own) return at;
    }
    return undefined;
  }

  /** Asks for what is missing of these rows. */
  want(layout: RowLayout, from: number, to: number): void {
    const known = this.#layout !== undefined && sameLayout(this.#layout, layout);
    for (let chunk = Math.floor(Math.max(0, from) / CHUNK); chunk * CHUNK < to; chunk++) {
      if (known && this.#touch(chunk)) continue;
      if (!this.#isPending(layout, chunk)) this.#request(layout, chunk);
    }
  }

  #indentOf(index: number): number {
    const row = this.row(index);
    return row?.fullIndent ?? row?.text.search(/\S/) ?? 0;
  }

  #adopt(rows: BodyRows): void {
    this.#layout = { bodyId: rows.bodyId, form: rows.form, columns: rows.columns };
    this.#folds = rows.folds;
    this.#isFolded = rows.isFolded;
    this.#chunks.clear();
    this.#keep(rows);
  }

  #keep({ rows, from, rowCount }: BodyRows): void {
    this.#rowCount = rowCount;
    for (let at = 0; at < rows.length; at += CHUNK) {
      const piece = rows.slice(at, at + CHUNK);
      // The last rows that ride along may be less than a chunk: those are asked for when they are needed.
      const isWhole = piece.length === CHUNK || from + at + piece.length >= rowCount;
      if (isWhole && from % CHUNK === 0) this.#chunks.set((from + at) / CHUNK, piece);
    }
    for (const oldest of [...this.#chunks.keys()].slice(0, -MOST_CHUNKS)) this.#chunks.delete(oldest);
  }

  #touch(chunk: number): boolean {
    const rows = this.#chunks.get(chunk);
    if (!rows) return chunk * CHUNK >= this.#rowCount;
    this.#chunks.delete(chunk);
    this.#chunks.set(chunk, rows);
    return true;
  }

  #isPending(layout: RowLayout, chunk: number): boolean {
    return [...this.#pending.values()].some((request) => request.chunk === chunk && sameLayout(request.layout, layout));
  }

  #request(layout: RowLayout, chunk: number): void {
    const requestId = ++this.#lastRequestId;
    this.#pending.set(requestId, { layout, chunk });
    this.#post({ type: 'requestRows', requestId, ...layout, from: chunk * CHUNK, to: (chunk + 1) * CHUNK });
  }
}

export function sameLayout(a: RowLayout, b: RowLayout): boolean {
  return a.bodyId === b.bodyId && a.form === b.form && a.columns === b.columns;
}
