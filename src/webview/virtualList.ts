import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { cssVars } from './cssVars';
import { scrollRange, type ScrollRange } from './scrollRange';

/** Rows drawn above and below what is in sight, so that scrolling shows no gaps. */
const OVERSCAN = 20;

/** A list of any number of rows of one height, of which only those in sight are drawn. */
export abstract class VirtualList extends LitElement {
  static override properties = {
    rowHeight: { attribute: false },
    label: { attribute: false },
  };

  /** Pixels. */
  declare rowHeight: number;
  /** For screen readers. */
  declare label: string;

  #topRow = 0;
  #height = 0;
  /** Height of all rows that the scroll position was last made for. */
  #extent = 0;
  readonly #resize = new ResizeObserver(() => this.#resized());

  protected abstract get rowCount(): number;
  protected abstract row(index: number): TemplateResult;
  /** These rows are in sight, or nearly. */
  protected abstract need(from: number, to: number): void;

  /** A row that stays in sight above all others. */
  protected head(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected hasHead(): boolean {
    return false;
  }

  /** Of the element that scrolls. */
  protected scrollerClass(): string {
    return '';
  }

  protected get variables(): Readonly<Record<`--${string}`, string>> {
    return {};
  }

  /** The first row in sight has changed. */
  protected scrolled?(topRow: number): void;

  /** Rows in sight. */
  protected get visibleRows(): number {
    return this.#height / this.rowHeight;
  }

  /** Scrolls so that this row, with fraction, is the first in sight. */
  scrollToRow(topRow: number): void {
    this.#topRow = Math.max(0, topRow);
    this.#applyScroll();
    this.requestUpdate();
  }

  /** Scrolls as little as needed to bring the row into sight, with some rows around it. */
  reveal(row: number): void {
    const visible = this.visibleRows;
    if (row < this.#topRow + 1 || row > this.#topRow + visible - 2) this.scrollToRow(row - visible / 2);
  }

  /** Scrolls as little as needed to bring the row into sight, at the edge if need be. */
  protected nudge(row: number): void {
    const visible = Math.max(1, Math.floor(this.visibleRows));
    if (row < this.#topRow) this.scrollToRow(row);
    else if (row + 1 > this.#topRow + visible) this.scrollToRow(row + 1 - visible);
    else return;
    this.scrolled?.(this.#topRow);
  }

  /** So that keys scroll it. */
  override focus(): void {
    void this.updateComplete.then(() => this.scroller?.focus());
  }

  protected get topRow(): number {
    return this.#topRow;
  }

  protected override render(): TemplateResult {
    const { first, last } = this.#window();
    const indexes = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    return html`<div
        class="scroller ring-inside ${this.scrollerClass()}"
        tabindex="0"
        role="region"
        aria-label=${this.label}
        ${cssVars({ '--row-height': `${this.rowHeight}px`, ...this.variables })}
        @scroll=${this.#onScroll}
        @wheel=${this.#onWheel}
        @keydown=${(event: KeyboardEvent) => this.onKeydown(event)}
        @mousedown=${(event: MouseEvent) => this.onMousedown?.(event)}
        @contextmenu=${(event: MouseEvent) => this.onContextMenu?.(event)}
        @copy=${(event: ClipboardEvent) => this.onCopy?.(event)}
      >
        ${this.body(
          html`<div class="spacer" ${cssVars({ '--height': `${this.#range().height}px` })}>
            <div class="window" ${cssVars({ '--top': `${this.#windowTop(first)}px` })}>
              ${repeat(
                indexes,
                (index) => index,
                (index) => this.row(index),
              )}
            </div>
          </div>`,
        )}
      </div>
      ${this.overlay()}`;
  }

  /** What lies above the list and does not scroll. */
  protected overlay(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** What scrolls: the rows, below the head. */
  protected body(rows: TemplateResult): TemplateResult {
    return html`${this.head()}${rows}`;
  }

  protected override firstUpdated(): void {
    const { scroller } = this;
    if (scroller) this.#resize.observe(scroller);
    this.#resized();
  }

  protected override updated(): void {
    const extent = this.rowCount * this.rowHeight;
    // Not for every row that arrives: setting the position ends a scrolling that is under way.
    if (extent !== this.#extent) this.#applyScroll();
    this.#extent = extent;
    const { first, last } = this.#window();
    this.need(first, last);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  protected onMousedown?(event: MouseEvent): void;
  protected onContextMenu?(event: MouseEvent): void;
  /** Without it, what is selected is copied as it is. */
  protected onCopy?(event: ClipboardEvent): void;

  /** Where the scroll bar stands for millions of rows, keys move by row; else the browser does it. */
  protected onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#range().scaled) return;
    const page = this.visibleRows - 1;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const rows = steps[event.key];
    if (rows === undefined) return;
    event.preventDefault();
    this.#moveBy(rows);
  }

  protected get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  #range(): ScrollRange {
    return scrollRange(this.rowCount, this.rowHeight, this.#height);
  }

  #window(): { readonly first: number; readonly last: number } {
    const first = Math.max(0, Math.floor(this.#topRow) - OVERSCAN);
    const visible = Math.ceil(this.visibleRows);
    return { first, last: Math.min(this.rowCount, Math.floor(this.#topRow) + visible + OVERSCAN) };
  }

  /** Where the first drawn row goes, so that the top row is where the scroll position says. */
  #windowTop(first: number): number {
    return Math.round(this.#range().scrollTop(this.#topRow) - (this.#topRow - first) * this.rowHeight);
  }

  #resized(): void {
    const height = Math.max(0, (this.scroller?.clientHeight ?? 0) - (this.hasHead() ? this.rowHeight : 0));
    if (height === this.#height) return;
    this.#height = height;
    this.requestUpdate();
  }

  readonly #onScroll = (): void => {
    const { scroller } = this;
    if (!scroller) return;
    const range = this.#range();
    // Our own setting of the position comes back here, rounded: it must not move the rows.
    if (Math.abs(scroller.scrollTop - range.scrollTop(this.#topRow)) < 1) return;
    this.#topRow = range.topRow(scroller.scrollTop);
    this.scrolled?.(this.#topRow);
    this.requestUpdate();
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (!this.#range().scaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * this.rowHeight * 3 : event.deltaY;
    this.#moveBy(pixels / this.rowHeight);
  };

  #moveBy(rows: number): void {
    const lastTop = this.rowCount - this.visibleRows;
    this.scrollToRow(Math.min(lastTop, this.#topRow + rows));
    this.scrolled?.(this.#topRow);
  }

  #applyScroll(): void {
    const { scroller } = this;
    if (!scroller) return;
    const lastTop = Math.max(0, this.rowCount - this.visibleRows);
    this.#topRow = Math.min(this.#topRow, lastTop);
    scroller.querySelector<HTMLElement>('.spacer')?.style.setProperty('--height', `${this.#range().height}px`);
    scroller.scrollTop = this.#range().scrollTop(this.#topRow);
  }
}

export const virtualListStyles = css`
  :host {
    display: block;
    min-height: 0;
  }
  .scroller {
    height: 100%;
    overflow: auto;
    overflow-anchor: none;
    contain: strict;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 13px);
    font-weight: var(--vscode-editor-font-weight, normal);
    font-variant-ligatures: none;
    line-height: var(--row-height);
    color: var(--vscode-editor-foreground);
  }
  .spacer {
    position: relative;
    height: var(--height);
    min-width: max-content;
  }
  .window {
    transform: translateY(var(--top));
    width: max-content;
    min-width: 100%;
    will-change: transform;
  }
  .row {
    display: flex;
    height: var(--row-height);
  }
`;
