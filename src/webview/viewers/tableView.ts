import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { fill, formatNumber } from '../format';
import { icon } from '../icons';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { VirtualList, virtualListStyles } from '../virtualList';
import { ColumnWidths } from './columnWidths';
import { isOtherBody, type ShownBody } from './shownBody';

/** Rows that are asked for together. */
const CHUNK = 100;

/** A CSV or TSV body as a table. Only the rows in sight are here. */
export class TableView extends VirtualList {
  static override properties = {
    ...VirtualList.properties,
    shown: { attribute: false },
    hasNames: { attribute: false },
  };

  declare shown: ShownBody;
  /** Whether the first row names the columns. */
  declare hasNames: boolean;

  readonly #chunks = new Map<number, readonly (readonly string[])[]>();
  readonly #pending = new Set<number>();
  #bodyId: string | undefined;
  #total = 0;
  #columns = 0;
  #isPartial = false;
  readonly #widths = new ColumnWidths();

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
    if (!changed.has('shown') || !isOtherBody(changed.get('shown'), this.shown)) return;
    this.#bodyId = this.shown.facts.bodyId;
    this.#chunks.clear();
    this.#pending.clear();
    this.#widths.clear();
    void this.#load(0);
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
        return html`<span class="cell ${this.hasNames ? '' : 'quiet'}" role="columnheader" title=${name}
          >${name}</span
        >`;
      })}
    </div>`;
  }

  protected override need(from: number, to: number): void {
    const shift = this.hasNames ? 1 : 0;
    for (let chunk = Math.floor((from + shift) / CHUNK); chunk * CHUNK < to + shift; chunk++) {
      if (!this.#chunks.has(chunk) && !this.#pending.has(chunk)) void this.#load(chunk);
    }
  }

  async #load(chunk: number): Promise<void> {
    const { requests, facts } = this.shown;
    this.#pending.add(chunk);
    const table = await requests.table(facts.bodyId, chunk * CHUNK, (chunk + 1) * CHUNK);
    if (this.#bodyId !== table.bodyId) return;
    this.#pending.delete(chunk);
    this.#chunks.set(chunk, table.rows);
    this.#total = table.rowCount;
    this.#columns = table.columns;
    this.#isPartial = table.isPartial;
    this.#widths.add(table.rows, table.columns);
    this.requestUpdate();
  }

  #cells(index: number): readonly string[] | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK];
  }

  protected override row(index: number): TemplateResult {
    const at = index + (this.hasNames ? 1 : 0);
    const cells = this.#cells(at);
    const number = html`<span class="number" role="rowheader">${formatNumber(at + 1)}${this.#raggedMark(cells)}</span>`;
    return html`<div class="row ${cells && this.#isRagged(cells) ? 'ragged' : ''}" role="row" aria-rowindex=${at + 1}>
      ${number}${(cells ?? []).map(
        (cell) =>
          html`<span class="cell" role="cell" title=${cell.length > 30 ? cell : nothing}>${oneLine(cell)}</span>`,
      )}
    </div>`;
  }

  #isRagged(cells: readonly string[]): boolean {
    return cells.length !== this.#columns;
  }

  /** Says which rows have more or fewer cells than the first. */
  #raggedMark(cells: readonly string[] | undefined): TemplateResult | typeof nothing {
    if (!cells || !this.#isRagged(cells)) return nothing;
    const counts = { count: cells.length, expected: this.#columns };
    const text = fill(this.shown.strings.tableRagged, counts);
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
