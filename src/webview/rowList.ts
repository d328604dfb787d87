import { css, html, LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { gutterDigits } from '../shared/bodyColumns';
import type { BodyRow } from '../shared/viewModel';
import { cssVars } from './cssVars';
import { jsonTokens, type Token } from './jsonTokens';
import { markTokens, type Mark, type MarkedToken } from './marks';
import type { RowStore } from './rowStore';
import { copiedRows } from './copiedRows';
import { scrollRange, type ScrollRange } from './scrollRange';
import { focusRing } from './styles/focusRing';

/** Rows drawn above and below what is in sight, so that scrolling shows no gaps. */
const OVERSCAN = 20;

/** Calls of the list to what owns it. */
export interface RowListEvents {
  /** These rows are in sight, or nearly. */
  readonly need: (from: number, to: number) => void;
  /** The first row in sight, after scrolling. */
  readonly scrolled: (topRow: number) => void;
  /** The person selected everything and copies it: the rows here are only those in sight. */
  readonly copyAll: () => void;
}

/** The lines of a body. Only what is in sight is drawn, in rows of one height. */
export class RowList extends LitElement {
  static override properties = {
    store: { attribute: false },
    revision: { attribute: false },
    largestLine: { attribute: false },
    rowHeight: { attribute: false },
    colored: { attribute: false },
    label: { attribute: false },
    marks: { attribute: false },
    events: { attribute: false },
  };

  declare store: RowStore;
  /** Changes whenever the store does. */
  declare revision: number;
  declare largestLine: number;
  /** Pixels. */
  declare rowHeight: number;
  /** Whether rows are pretty JSON. */
  declare colored: boolean;
  declare label: string;
  declare marks: ReadonlyMap<number, readonly Mark[]>;
  declare events: RowListEvents;

  #topRow = 0;
  #height = 0;
  /** Height of all rows that the scroll position was last made for. */
  #extent = 0;
  #allSelected = false;
  readonly #resize = new ResizeObserver(() => this.#resized());

  static override styles = [focusRing, listStyles()];

  /** Scrolls so that this row, with fraction, is the first in sight. */
  scrollToRow(topRow: number): void {
    this.#topRow = Math.max(0, topRow);
    this.#applyScroll();
    this.requestUpdate();
  }

  /** Scrolls as little as needed to bring the row into sight, with some rows around it. */
  reveal(row: number): void {
    const visible = this.#height / this.rowHeight;
    if (row < this.#topRow + 1 || row > this.#topRow + visible - 2) this.scrollToRow(row - visible / 2);
  }

  focusList(): void {
    this.#scroller?.focus();
  }

  protected override render(): TemplateResult {
    const { first, last } = this.#window();
    const indexes = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    return html`<div
      class="scroller ring-inside ${this.colored ? 'colored' : ''}"
      tabindex="0"
      role="region"
      aria-label=${this.label}
      ${cssVars({ '--digits': `${gutterDigits(this.largestLine)}ch`, '--row-height': `${this.rowHeight}px` })}
      @scroll=${this.#onScroll}
      @wheel=${this.#onWheel}
      @keydown=${this.#onKeydown}
      @mousedown=${() => (this.#allSelected = false)}
      @copy=${this.#onCopy}
    >
      <div class="spacer" ${cssVars({ '--height': `${this.#range().height}px` })}>
        <div class="window" ${cssVars({ '--top': `${this.#windowTop(first)}px` })}>
          ${repeat(
            indexes,
            (index) => index,
            (index) => this.#row(index),
          )}
        </div>
      </div>
    </div>`;
  }

  protected override firstUpdated(): void {
    const scroller = this.#scroller;
    if (scroller) this.#resize.observe(scroller);
    this.#resized();
  }

  protected override updated(): void {
    const extent = this.store.rowCount * this.rowHeight;
    // Not for every row that arrives: setting the position ends a scrolling that is under way.
    if (extent !== this.#extent) this.#applyScroll();
    this.#extent = extent;
    const { first, last } = this.#window();
    this.events.need(first, last);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  #range(): ScrollRange {
    return scrollRange(this.store.rowCount, this.rowHeight, this.#height);
  }

  #window(): { readonly first: number; readonly last: number } {
    const first = Math.max(0, Math.floor(this.#topRow) - OVERSCAN);
    const visible = Math.ceil(this.#height / this.rowHeight);
    return { first, last: Math.min(this.store.rowCount, Math.floor(this.#topRow) + visible + OVERSCAN) };
  }

  /** Where the first drawn row goes, so that the top row is where the scroll position says. */
  #windowTop(first: number): number {
    return Math.round(this.#range().scrollTop(this.#topRow) - (this.#topRow - first) * this.rowHeight);
  }

  #resized(): void {
    const height = this.#scroller?.clientHeight ?? 0;
    if (height === this.#height) return;
    this.#height = height;
    this.requestUpdate();
  }

  #onScroll(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const range = this.#range();
    // Our own setting of the position comes back here, rounded: it must not move the rows.
    if (Math.abs(scroller.scrollTop - range.scrollTop(this.#topRow)) < 1) return;
    this.#topRow = range.topRow(scroller.scrollTop);
    this.events.scrolled(this.#topRow);
    this.requestUpdate();
  }

  #onWheel(event: WheelEvent): void {
    if (!this.#range().scaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * this.rowHeight * 3 : event.deltaY;
    this.#moveBy(pixels / this.rowHeight);
  }

  #onKeydown(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') this.#selectAll(event);
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#range().scaled) return;
    const page = this.#height / this.rowHeight - 1;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const rows = steps[event.key];
    if (rows === undefined) return;
    event.preventDefault();
    this.#moveBy(rows);
  }

  #moveBy(rows: number): void {
    const lastTop = this.store.rowCount - this.#height / this.rowHeight;
    this.scrollToRow(Math.min(lastTop, this.#topRow + rows));
    this.events.scrolled(this.#topRow);
  }

  #applyScroll(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const lastTop = Math.max(0, this.store.rowCount - this.#height / this.rowHeight);
    this.#topRow = Math.min(this.#topRow, lastTop);
    scroller.querySelector<HTMLElement>('.spacer')?.style.setProperty('--height', `${this.#range().height}px`);
    scroller.scrollTop = this.#range().scrollTop(this.#topRow);
  }

  #selectAll(event: KeyboardEvent): void {
    event.preventDefault();
    const rows = this.renderRoot.querySelector('.window');
    if (rows) getSelection()?.selectAllChildren(rows);
    this.#allSelected = true;
  }

  #onCopy(event: ClipboardEvent): void {
    event.preventDefault();
    if (this.#allSelected) this.events.copyAll();
    else event.clipboardData?.setData('text/plain', copiedRows(this.renderRoot));
  }

  #row(index: number): TemplateResult {
    const row = this.store.row(index);
    if (!row) return html`<div class="row"><span class="line"></span></div>`;
    const tokens = markTokens(this.#tokens(row), this.marks.get(index) ?? []);
    return html`<div class="row" ?data-continues=${row.continues}>
      <span class="line" data-line=${row.continues ? '' : row.line}></span
      ><span class="text" ${cssVars({ '--hang': `${row.hang}ch` })}>${tokens.map(tokenSpan)}</span>
    </div>`;
  }

  #tokens(row: BodyRow): readonly Token[] {
    return this.colored ? jsonTokens(row.text, row.inString) : [{ kind: 'plain', text: row.text }];
  }
}

function tokenSpan({ kind, mark, text }: MarkedToken): TemplateResult | string {
  if (kind === 'plain' && mark === 'none') return text;
  return html`<span class="${kind} ${mark}">${text}</span>`;
}

function listStyles(): ReturnType<typeof css> {
  return css`
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
    .line {
      flex: none;
      box-sizing: content-box;
      width: var(--digits);
      padding: 0 12px;
      text-align: right;
      color: var(--vscode-editorLineNumber-foreground);
      background: var(--vscode-editor-background);
      position: sticky;
      left: 0;
      user-select: none;
      -webkit-user-select: none;
    }
    .line::before {
      content: attr(data-line);
    }
    .text {
      white-space: pre;
      padding-left: var(--hang, 0);
      unicode-bidi: isolate;
      padding-right: 12px;
      cursor: text;
    }
    /* Indentation guides: where rows begin, and where they go on with the row above. */
    .indent,
    .colored [data-continues] .text {
      background: repeating-linear-gradient(
          to right,
          var(--vscode-editorIndentGuide-background1, transparent) 0 1px,
          transparent 1px 2ch
        )
        no-repeat;
    }
    .colored [data-continues] .text {
      background-size: calc(var(--hang) - 2ch) 100%;
    }
    .indent {
      display: inline-block;
      height: 100%;
      vertical-align: top;
    }
    .key {
      color: var(--vscode-debugTokenExpression-name);
    }
    .string {
      color: var(--vscode-debugTokenExpression-string);
    }
    .number {
      color: var(--vscode-debugTokenExpression-number);
    }
    .literal {
      color: var(--vscode-debugTokenExpression-boolean);
    }
    .match {
      background: var(--vscode-editor-findMatchHighlightBackground);
      outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
      outline-offset: -1px;
    }
    .current {
      background: var(--vscode-editor-findMatchBackground);
      outline: 2px solid var(--vscode-editor-findMatchBorder, transparent);
      outline-offset: -2px;
    }
  `;
}
