import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TableCell, TableSlice } from '../../shared/viewModel';
import { fill, formatNumber } from '../format';
import { icon } from '../icons';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { tool } from '../tool';
import { VirtualList, virtualListStyles } from '../virtualList';
import { ColumnWidths } from './columnWidths';
import { cellsByRow, markedText, type FoundCells } from './foundCells';
import type { ShownBody } from './shownBody';

/** Rows that are asked for together. */
const CHUNK = 100;
/** Of these, how many times as many are kept: whoever scrolls back does not wait. */
const MOST_CHUNKS = 100;
/** Milliseconds until it is asked how many more rows are known by now. */
const GROWTH_PAUSE = 250;

interface Chunk {
  readonly rows: readonly (readonly string[])[];
  /** Which of them are pieces of the one before. */
  readonly continued: ReadonlySet<number>;
  /** Cells of which the beginning is here. */
  readonly cut: ReturnType<typeof cellsByRow>;
}

/** A CSV or TSV body as a table. Only the rows in sight are here. */
export class TableView extends VirtualList {
  static override properties = {
    ...VirtualList.properties,
    shown: { attribute: false },
    hasNames: { attribute: false },
    found: { attribute: false },
  };

  declare shown: ShownBody;
  /** Whether the first row names the columns. */
  declare hasNames: boolean;
  declare found: FoundCells;

  readonly #chunks = new Map<number, Chunk>();
  readonly #pending = new Set<number>();
  #bodyId: string | undefined;
  #total = 0;
  #columns = 0;
  #isPartial = false;
  #growing: ReturnType<typeof setTimeout> | undefined;
  readonly #widths = new ColumnWidths();
  #foundRows: ReturnType<typeof cellsByRow> = new Map();
  /** The current match is to be brought into sight from the side, once its row is here. */
  #isAside = false;

  static override styles = [controls, focusRing, virtualListStyles, tableStyles()];

  protected override hasHead(): boolean {
    return true;
  }

  protected override get rowCount(): number {
    return Math.max(0, this.#total - (this.hasNames ? 1 : 0));
  }

  protected override get variables(): Readonly<Record<`--${string}`, string>> {
    // Beside the number there is room for the mark of a row that is ragged.
    return { '--columns': `calc(${String(this.#total).length}ch + 44px) ${this.#widths.grid}` };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('found') && changed.get('found')?.matches !== this.found.matches)
      this.#foundRows = cellsByRow(this.found.matches);
    if (this.#bodyId === this.shown.facts.bodyId) return;
    if (this.#bodyId !== undefined) this.scrollToRow(0);
    this.#bodyId = this.shown.facts.bodyId;
    this.#chunks.clear();
    this.#pending.clear();
    this.#widths.clear();
    clearTimeout(this.#growing);
    void this.#load(0);
  }

  /** Scrolls as little as needed to bring a cell into sight. */
  revealCell({ row }: TableCell): void {
    const index = row - (this.hasNames ? 1 : 0);
    // The names are in sight always.
    if (index >= 0) this.reveal(index);
    this.#isAside = true;
    this.requestUpdate();
  }

  protected override updated(): void {
    super.updated();
    const cell = this.#isAside ? this.renderRoot.querySelector('.cell.current') : undefined;
    const { scroller } = this;
    if (!cell || !scroller) return;
    this.#isAside = false;
    const { left, right } = cell.getBoundingClientRect();
    const room = scroller.getBoundingClientRect();
    const start = scroller.querySelector('.head .number')?.getBoundingClientRect().right ?? room.left;
    if (left < start) scroller.scrollLeft -= start - left;
    else scroller.scrollLeft += Math.max(0, Math.min(right - room.right, left - start));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#growing);
  }

  protected override body(rows: TemplateResult): TemplateResult {
    const { strings } = this.shown;
    return html`<div
        role="table"
        aria-label=${this.label}
        aria-rowcount=${this.#total + (this.hasNames ? 0 : 1)}
        aria-colcount=${this.#columns + 1}
      >
        ${this.head()}${rows}
      </div>
      ${
        this.#isPartial
          ? html`<p class="more quiet">
              ${icon('info')}${fill(strings.tablePartial, { count: formatNumber(this.#total) })}
            </p>`
          : nothing
      }`;
  }

  protected override head(): TemplateResult {
    const names = this.hasNames ? (this.#cells(0) ?? []) : [];
    const { strings } = this.shown;
    return html`<div class="row head" role="row" aria-rowindex="1">
      <span class="number" role="columnheader"><span class="hidden-text">${strings.tableRow}</span></span>
      ${Array.from({ length: this.#columns }, (_, index) => {
        const name = names[index] ?? fill(strings.tableColumn, { number: index + 1 });
        return html`<span class=${this.#classes(index, this.hasNames ? 0 : -1)} role="columnheader" title=${name}
          >${this.hasNames ? this.#text(name, 0, index) : html`<span class="quiet">${name}</span>`}</span
        >`;
      })}
    </div>`;
  }

  protected override need(from: number, to: number): void {
    const shift = this.hasNames ? 1 : 0;
    for (let chunk = Math.floor((from + shift) / CHUNK); chunk * CHUNK < to + shift; chunk++) {
      if (this.#isMissing(chunk) && !this.#pending.has(chunk)) void this.#load(chunk);
    }
  }

  /** Not here, or more of it is known by now. */
  #isMissing(chunk: number): boolean {
    const known = this.#chunks.get(chunk)?.rows.length;
    return known === undefined || known < Math.min(CHUNK, this.#total - chunk * CHUNK);
  }

  async #load(chunk: number): Promise<void> {
    const { requests, facts } = this.shown;
    this.#pending.add(chunk);
    const table = await requests.table(facts.bodyId, chunk * CHUNK, (chunk + 1) * CHUNK);
    if (this.#bodyId !== table.bodyId) return;
    this.#pending.delete(chunk);
    this.#keep(chunk, { rows: table.rows, continued: new Set(table.continued), cut: cellsByRow(table.cut) });
    this.#columns = table.columns;
    this.#isPartial = table.isPartial;
    this.#widths.add(table.rows, table.columns);
    this.#count(table);
  }

  #keep(chunk: number, rows: Chunk): void {
    this.#chunks.delete(chunk);
    this.#chunks.set(chunk, rows);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= MOST_CHUNKS) return;
      // The names of the columns are in the first one.
      if (oldest !== 0) this.#chunks.delete(oldest);
    }
  }

  /** As long as there may be more rows, it is asked before long how many are known by now. */
  #count({ rowCount, complete }: TableSlice): void {
    this.#total = rowCount;
    clearTimeout(this.#growing);
    if (!complete) this.#growing = setTimeout(() => void this.#askCount(), GROWTH_PAUSE);
    this.requestUpdate();
  }

  async #askCount(): Promise<void> {
    const { requests, facts } = this.shown;
    const table = await requests.table(facts.bodyId, 0, 0);
    if (this.#bodyId === table.bodyId && this.isConnected) this.#count(table);
  }

  #chunkOf(index: number): Chunk | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK));
  }

  #cells(index: number): readonly string[] | undefined {
    return this.#chunkOf(index)?.rows[index % CHUNK];
  }

  protected override row(index: number): TemplateResult {
    const at = index + (this.hasNames ? 1 : 0);
    const cells = this.#cells(at);
    const isContinued = this.#chunkOf(at)?.continued.has(at % CHUNK) === true;
    const mark = isContinued ? this.#mark(this.shown.strings.tableContinued) : this.#raggedMark(cells);
    const number = html`<span class="number" role="rowheader">${formatNumber(at + 1)}${mark}</span>`;
    return html`<div class="row ${mark === nothing ? '' : 'ragged'}" role="row" aria-rowindex=${at + 1}>
      ${number}${(cells ?? []).map((cell, column) => this.#cell(cell, at, column))}
    </div>`;
  }

  #cell(cell: string, at: number, column: number): TemplateResult {
    const isCut =
      this.#chunkOf(at)
        ?.cut.get(at % CHUNK)
        ?.has(column) === true;
    const text = this.#text(cell, at, column);
    return html`<span
      class="${this.#classes(column, at)} ${isCut ? 'cut' : ''}"
      role="cell"
      title=${cell.length > 30 && !isCut ? cell : nothing}
      >${isCut ? html`<span class="value">${text}</span>${this.#openTool(at, column)}` : text}</span
    >`;
  }

  #openTool(row: number, cell: number): TemplateResult {
    const { strings, requests, facts } = this.shown;
    const label = fill(strings.tableCut, { row: formatNumber(row + 1), column: formatNumber(cell + 1) });
    return tool({ label, iconName: 'openEditor', onClick: () => requests.openCell(facts.bodyId, row, cell) });
  }

  /** `row`: -1 where the names are none of the body. */
  #classes(column: number, row: number): string {
    if (this.#foundRows.get(row)?.has(column) !== true) return 'cell';
    const { current } = this.found;
    return current?.row === row && current.cell === column ? 'cell found current' : 'cell found';
  }

  #text(cell: string, row: number, column: number): TemplateResult | string {
    const text = oneLine(cell);
    return this.#foundRows.get(row)?.has(column) === true ? markedText(text, this.found.text) : text;
  }

  #isRagged(cells: readonly string[]): boolean {
    return cells.length !== this.#columns;
  }

  /** Says which rows have more or fewer cells than the first. */
  #raggedMark(cells: readonly string[] | undefined): TemplateResult | typeof nothing {
    if (!cells || !this.#isRagged(cells)) return nothing;
    const counts = { count: cells.length, expected: this.#columns };
    return this.#mark(fill(this.shown.strings.tableRagged, counts));
  }

  #mark(text: string): TemplateResult {
    return html`<span class="mark" title=${text}>${icon('warning')}<span class="hidden-text">${text}</span></span>`;
  }
}

/** A cell may hold line ends; a row has one height. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ⏎ ');
}

function tableStyles(): ReturnType<typeof css> {
  return css`
    .scroller {
      font-size: 12px;
    }
    .row {
      display: grid;
      grid-template-columns: var(--columns);
      grid-auto-flow: column;
      grid-auto-columns: 16ch;
      width: max-content;
      min-width: 100%;
      border-bottom: 1px solid var(--vscode-panel-border, transparent);
    }
    .row:hover:not(.head) {
      background: var(--vscode-list-hoverBackground);
    }
    .head {
      position: sticky;
      top: 0;
      z-index: 1;
      font-weight: 600;
      background: var(--vscode-editor-background);
      border-bottom-color: var(--vscode-descriptionForeground);
    }
    .cell,
    .number {
      min-width: 0;
      padding: 0 8px;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: pre;
      cursor: text;
    }
    .cut {
      display: flex;
      align-items: center;
      padding-right: 0;
    }
    .cut .value {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .cut .tool {
      flex: none;
      outline-offset: -1px;
    }
    .match {
      background: var(--vscode-editor-findMatchHighlightBackground);
      outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
      outline-offset: -1px;
    }
    /* A cell is cut where its column ends, and what was found in it may be behind that. */
    .cell.current {
      outline: 2px solid var(--vscode-editor-findMatchBorder, var(--vscode-focusBorder));
      outline-offset: -2px;
    }
    .number {
      position: sticky;
      left: 0;
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 4px;
      color: var(--vscode-descriptionForeground);
      font-weight: normal;
      background: var(--vscode-editor-background);
      user-select: none;
      -webkit-user-select: none;
    }
    .mark {
      position: absolute;
      left: 10px;
      display: flex;
      color: var(--vscode-editorWarning-foreground);
    }
    .mark .icon {
      width: 14px;
      height: 14px;
    }
    .more {
      position: sticky;
      left: 0;
      display: flex;
      align-items: center;
      gap: 8px;
      width: fit-content;
      margin: 0;
      padding: 8px 12px;
      font-family: var(--vscode-font-family);
    }
  `;
}
