import { css, html, type TemplateResult } from 'lit';
import { gutterDigits } from '../shared/bodyColumns';
import type { BodyRow } from '../shared/viewModel';
import { cssVars } from './cssVars';
import { jsonTokens, type Token } from './jsonTokens';
import { markTokens, type Mark, type MarkedToken } from './marks';
import type { RowStore } from './rowStore';
import { copiedRows } from './copiedRows';
import { focusRing } from './styles/focusRing';
import { VirtualList, virtualListStyles } from './virtualList';

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
export class RowList extends VirtualList {
  static override properties = {
    ...VirtualList.properties,
    store: { attribute: false },
    revision: { attribute: false },
    largestLine: { attribute: false },
    colored: { attribute: false },
    marks: { attribute: false },
    events: { attribute: false },
  };

  declare store: RowStore;
  /** Changes whenever the store does. */
  declare revision: number;
  declare largestLine: number;
  /** Whether rows are pretty JSON. */
  declare colored: boolean;
  declare marks: ReadonlyMap<number, readonly Mark[]>;
  declare events: RowListEvents;

  #allSelected = false;

  static override styles = [focusRing, virtualListStyles, listStyles()];

  protected override get rowCount(): number {
    return this.store.rowCount;
  }

  protected override scrollerClass(): string {
    return this.colored ? 'colored' : '';
  }

  protected override get variables(): Readonly<Record<`--${string}`, string>> {
    return { '--digits': `${gutterDigits(this.largestLine)}ch` };
  }

  protected override need(from: number, to: number): void {
    this.events.need(from, to);
  }

  protected override scrolled(topRow: number): void {
    this.events.scrolled(topRow);
  }

  protected override onMousedown(): void {
    this.#allSelected = false;
  }

  protected override onKeydown(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') this.#selectAll(event);
    super.onKeydown(event);
  }

  #selectAll(event: KeyboardEvent): void {
    event.preventDefault();
    const rows = this.renderRoot.querySelector('.window');
    if (rows) getSelection()?.selectAllChildren(rows);
    this.#allSelected = true;
  }

  protected override onCopy(event: ClipboardEvent): void {
    event.preventDefault();
    if (this.#allSelected) this.events.copyAll();
    else event.clipboardData?.setData('text/plain', copiedRows(this.renderRoot));
  }

  protected override row(index: number): TemplateResult {
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
