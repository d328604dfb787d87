import type { BodyForm, BodyMatch, BodyRow, BodyView, FoundInBody, RowLayout } from './bodyView';
import type { BodyNode } from './bodyNode';
import { MAX_LEVEL } from './jsonIndexer';
import { INDENT } from './rows/rowText';

/** Rows that are not listed at a layout, because what they belong to is folded; ascending, none within another. */
interface Hidden {
  /** The row that stays, with the opening bracket. */
  readonly row: number;
  /** Rows after it that are left out, the one of the closing bracket included. */
  readonly count: number;
  /** Rows that are left out before it. */
  readonly before: number;
  readonly node: BodyNode;
}

/** So many matches are unfolded at most; of more, the first. */
const FEW_MATCHES = 50;

/**
 * A body of which some objects, arrays or elements are folded. It numbers the rows that are left, and hands on everything else
 * to the body that it folds. A fold is kept by its lines, which do not depend on the width.
 */
export class FoldedBodyView implements BodyView {
  readonly #inner: BodyView;
  /** By first line, ascending; one may be within another. */
  #folds: readonly BodyNode[] = [];
  #hidden: { readonly key: string; readonly rows: Promise<readonly Hidden[]> } | undefined;
  /** Changes with every fold, so that rows of before can be told. */
  revision = 0;

  constructor(inner: BodyView) {
    this.#inner = inner;
  }

  get inner(): BodyView {
    return this.#inner;
  }

  get isFolded(): boolean {
    return this.#folds.length > 0;
  }

  /** Folds or unfolds what begins on a row. `false`: nothing does, or its end is not there yet. */
  async setFold(layout: RowLayout, row: number, isFolded: boolean): Promise<boolean> {
    const at = await this.innerRow(layout, row);
    const node = await this.#inner.nodeAt?.(layout, at);
    if (!node) return false;
    const others = this.#folds.filter(({ line }) => line !== node.line);
    this.#change(isFolded ? [...others, node] : others);
    return true;
  }

  /** Everything below the outermost brackets. `false`: the body is too big for that. */
  foldAll(): boolean {
    const nodes = this.#inner.nodes?.();
    if (!nodes) return false;
    this.#change(nodes.filter(({ line }) => line > 1));
    return true;
  }

  unfoldAll(): void {
    this.#change([]);
  }

  /** The row of the body that a listed row is. */
  async innerRow(layout: RowLayout, row: number): Promise<number> {
    return toInner(await this.#hiddenRows(layout), row);
  }

  /** Where a row of the body is listed; a folded one where what it belongs to is. */
  async listedRow(layout: RowLayout, innerRow: number): Promise<number> {
    return toListed(await this.#hiddenRows(layout), innerRow);
  }

  async rowCount(layout: RowLayout): Promise<number> {
    const count = await this.#inner.rowCount(layout);
    const last = (await this.#hiddenRows(layout)).at(-1);
    return count - (last ? last.before + last.count : 0);
  }

  async rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]> {
    const hidden = await this.#hiddenRows(layout);
    const rows: BodyRow[] = [];
    for (let row = Math.max(0, from); row < to;) {
      const start = toInner(hidden, row);
      // Up to the next folded row, which is the last of its stretch.
      const next = hidden[firstAtOrAfter(hidden, start)];
      const end = Math.min(start + to - row, next ? next.row + 1 : Infinity);
      const stretch = await this.#stretch(layout, start, end);
      if (stretch.length === 0) break;
      rows.push(...(next?.row === start + stretch.length - 1 ? await this.#folded(layout, stretch, next) : stretch));
      row += stretch.length;
    }
    return rows;
  }

  async find(
    layout: RowLayout,
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome?: (found: FoundInBody) => void,
  ): Promise<FoundInBody> {
    // What is folded has to be unfolded for what was found, which is done once.
    const tell = (found: FoundInBody): void => {
      if (this.#folds.length === 0) onSome?.(found);
    };
    const found = await this.#inner.find(layout, text, limit, signal, tell);
    // Somebody who has typed one letter does not want to see everything again.
    await this.#unfoldFor(layout, found.matches.length > FEW_MATCHES ? found.matches.slice(0, 1) : found.matches);
    const hidden = await this.#hiddenRows(layout);
    return { ...found, matches: found.matches.map((match) => listedMatch(hidden, match)) };
  }

  /** What was found is seen. */
  async #unfoldFor(layout: RowLayout, matches: readonly BodyMatch[]): Promise<void> {
    for (;;) {
      const hidden = await this.#hiddenRows(layout);
      const inTheWay = new Set<BodyNode>();
      for (const { row } of matches) {
        const around = hidden[firstAtOrAfter(hidden, row) - 1];
        if (around && row > around.row && row <= around.row + around.count) inTheWay.add(around.node);
      }
      if (inTheWay.size === 0) return;
      this.#change(this.#folds.filter((node) => !inTheWay.has(node)));
    }
  }

  #change(folds: readonly BodyNode[]): void {
    this.#folds = [...folds].sort((a, b) => a.line - b.line);
    this.#hidden = undefined;
    this.revision++;
  }

  #hiddenRows(layout: RowLayout): Promise<readonly Hidden[]> {
    if (this.#folds.length === 0 || layout.form !== 'pretty') return Promise.resolve([]);
    const key = `${layout.width} ${this.revision}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, rows: this.#locate(layout) };
    return this.#hidden.rows;
  }

  async #locate(layout: RowLayout): Promise<readonly Hidden[]> {
    const outer: BodyNode[] = [];
    for (const node of this.#folds) if (node.line > (outer.at(-1)?.endLine ?? 0)) outer.push(node);
    const lines = outer.flatMap(({ line, endLine }) => [line + 1, endLine + 1]);
    const rows = (await this.#inner.firstRows?.(layout, lines)) ?? [];
    let before = 0;
    return outer.map((node, index) => {
      const row = (rows[index * 2] ?? 0) - 1;
      const count = (rows[index * 2 + 1] ?? 0) - 1 - row;
      const hidden = { row, count, before, node };
      before += count;
      return hidden;
    });
  }

  /** Rows of the body as they are, with a mark where something can be folded. */
  async #stretch(layout: RowLayout, start: number, end: number): Promise<readonly BodyRow[]> {
    if (layout.form !== 'pretty' || !this.#inner.nodeAt) return this.#inner.rows(layout, start, end);
    // The row after tells whether a line goes on.
    const rows = await this.#inner.rows(layout, start, end + 1);
    const shown = rows.slice(0, end - start);
    const isXml = this.kind.kind === 'text' && this.kind.language === 'xml';
    return shown.map((row, at) => (canFold(row, rows[at + 1], isXml) ? { ...row, hiddenLines: 0 } : row));
  }

  /** The last row of a stretch stands for all that is folded into it. */
  async #folded(layout: RowLayout, stretch: readonly BodyRow[], { row, count, node }: Hidden): Promise<BodyRow[]> {
    const [closing] = await this.#inner.rows(layout, row + count, row + count + 1);
    const opening = stretch.at(-1);
    if (!opening) return [];
    const text = `${opening.text}…${closing?.text.trimStart() ?? ''}`;
    return [...stretch.slice(0, -1), { ...opening, text, hiddenLines: node.endLine - node.line }];
  }

  get id(): string {
    return this.#inner.id;
  }

  get kind(): BodyView['kind'] {
    return this.#inner.kind;
  }

  get size(): number {
    return this.#inner.size;
  }

  get shownBytes(): number {
    return this.#inner.shownBytes;
  }

  get hasPretty(): boolean {
    return this.#inner.hasPretty;
  }

  get isComplete(): boolean {
    return this.#inner.isComplete;
  }

  get media(): BodyView['media'] {
    return this.#inner.media;
  }

  get filterable(): BodyView['filterable'] {
    return this.#inner.filterable;
  }

  get mistake(): BodyView['mistake'] {
    return this.#inner.mistake;
  }

  lineCount(form: BodyForm): number {
    return this.#inner.lineCount(form);
  }

  largestLine(form: BodyForm): number {
    return this.#inner.largestLine(form);
  }

  bytes(start: number, end: number): Promise<Uint8Array> {
    return this.#inner.bytes(start, end);
  }

  mask(text: string): string {
    return this.#inner.mask(text);
  }

  text(form: BodyForm): Promise<string> {
    return this.#inner.text(form);
  }
}

/** A line that ends with an opening bracket has more below it; deeper than this nobody has counted. */
function canFold(row: BodyRow, next: BodyRow | undefined, isXml: boolean): boolean {
  if (next === undefined || next.continues) return false;
  if (isXml) return indentOf(next) > indentOf(row);
  return /[[{]$/.test(row.text) && row.text.search(/\S/) < MAX_LEVEL * INDENT;
}

/** Columns of indentation of the line that a row is of. */
function indentOf({ text, hang, continues, fullIndent }: BodyRow): number {
  return fullIndent ?? (continues ? hang - INDENT : text.search(/\S/));
}

/** A match in what is folded is listed where that is, without a place in the row. */
function listedMatch(hidden: readonly Hidden[], match: BodyMatch): BodyMatch {
  const around = hidden[firstAtOrAfter(hidden, match.row) - 1];
  const row = toListed(hidden, match.row);
  const isHidden = around !== undefined && match.row <= around.row + around.count;
  return isHidden ? { row, start: 0, end: 0 } : { ...match, row };
}

/** Index of the first that is at a row of the body or after it. */
function firstAtOrAfter(hidden: readonly Hidden[], innerRow: number): number {
  let low = 0;
  let high = hidden.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hidden[middle]?.row ?? Infinity) < innerRow) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toInner(hidden: readonly Hidden[], listed: number): number {
  let low = 0;
  let high = hidden.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const each = hidden[middle];
    if (each && each.row - each.before < listed) low = middle + 1;
    else high = middle;
  }
  const last = hidden[low - 1];
  return last ? listed + last.before + last.count : listed;
}

function toListed(hidden: readonly Hidden[], innerRow: number): number {
  const last = hidden[firstAtOrAfter(hidden, innerRow) - 1];
  if (!last) return innerRow;
  return innerRow <= last.row + last.count ? last.row - last.before : innerRow - last.before - last.count;
}
