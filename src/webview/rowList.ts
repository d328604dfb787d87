import { html, nothing, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../shared/runnerStrings';
import { gutterDigits } from '../shared/bodyColumns';
import type { BodyLanguage, BodyRow } from '../shared/viewModel';
import { bodyRow, missingRow } from './bodyRow';
import { fill, formatNumber } from './format';
import type { Mark } from './marks';
import type { MenuPlace } from './rowMenu';
import { rowMenuItems, type RowActions } from './rowMenuItems';
import type { RowStore } from './rowStore';
import { copiedRows } from './copiedRows';
import { rowListStyles } from './rowListStyles';
import { hiddenText } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { takeFocus } from './takeFocus';
import { VirtualList, virtualListStyles } from './virtualList';

/** Calls of the list to what owns it. */
export interface RowListEvents {
  /** These rows are in sight, or nearly. */
  readonly need: (from: number, to: number) => void;
  /** The first row in sight, after scrolling. */
  readonly scrolled: (topRow: number) => void;
  /** The person selected everything and copies it: the rows here are only those in sight. */
  readonly copyAll: () => void;
  /** Folds or unfolds what begins on a row; without one, everything. */
  readonly fold: (isFolded: boolean, top: number, row?: number) => void;
  readonly copyNode: (row: number, what: 'path' | 'value') => void;
}

/** The lines of a body. Only what is in sight is drawn, in rows of one height. */
export class RowList extends VirtualList {
  static override properties = {
    ...VirtualList.properties,
    store: { attribute: false },
    revision: { attribute: false },
    largestLine: { attribute: false },
    colored: { attribute: false },
    language: { attribute: false },
    marks: { attribute: false },
    events: { attribute: false },
    strings: { attribute: false },
    canFoldAll: { attribute: false },
    isFiltered: { attribute: false },
    active: { state: true },
    menuAt: { state: true },
  };

  declare store: RowStore;
  /** Changes whenever the store does. */
  declare revision: number;
  declare largestLine: number;
  /** Whether rows are those of the pretty form. */
  declare colored: boolean;
  declare language: BodyLanguage;
  declare marks: ReadonlyMap<number, readonly Mark[]>;
  declare events: RowListEvents;
  declare strings: RunnerStrings;
  declare canFoldAll: boolean;
  /** The rows are what a path has found, not the body. */
  declare isFiltered: boolean;
  /** The row that keys and the menu are about; -1: none. */
  declare active: number;
  declare menuAt: MenuPlace | undefined;

  #allSelected = false;
  #spoken = '';

  constructor() {
    super();
    this.active = -1;
  }

  static override styles = [hiddenText, focusRing, virtualListStyles, rowListStyles];

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

  /** Another body: nothing of the old one is active. */
  reset(): void {
    this.active = -1;
    this.menuAt = undefined;
    this.#allSelected = false;
  }

  foldAll(isFolded: boolean): void {
    this.active = -1;
    this.events.fold(isFolded, Math.floor(this.topRow));
  }

  protected override onMousedown(event: MouseEvent): void {
    this.#allSelected = false;
    const index = indexAt(event);
    if (index !== undefined) this.active = index;
  }

  protected override onKeydown(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') this.#selectAll(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isMenuKey = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
    if (isMenuKey ? !this.#openMenu() : event.shiftKey || !this.#onRowKey(event.key)) return;
    event.preventDefault();
  }

  /** `false`: the key means nothing here. */
  #onRowKey(key: string): boolean {
    const target = this.#targetOf(key);
    if (target !== undefined) {
      this.#activate(target);
      return true;
    }
    if (!this.colored || this.active < 0) return false;
    if (key === 'ArrowRight') this.#unfoldOrEnter();
    else if (key === 'ArrowLeft') this.#foldOrLeave();
    else return key === 'Enter' && this.#openMenu();
    return true;
  }

  /** The row that a key leads to. */
  #targetOf(key: string): number | undefined {
    const page = Math.max(1, Math.floor(this.visibleRows) - 1);
    const first = Math.ceil(this.topRow);
    const isNone = this.active < 0;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: isNone ? first : this.active + 1,
      ArrowUp: isNone ? first : this.active - 1,
      PageDown: (isNone ? first : this.active) + page,
      PageUp: (isNone ? first : this.active) - page,
      Home: 0,
      End: this.rowCount - 1,
    };
    return targets[key];
  }

  #activate(row: number): void {
    this.active = Math.max(0, Math.min(this.rowCount - 1, row));
    this.nudge(this.active);
    this.#speak();
  }

  /** What a screen reader says of the row that a key has led to. */
  #speak(): void {
    const row = this.store.row(this.active);
    const folded = (row?.hiddenLines ?? 0) > 0 ? `, ${this.strings.rowIsFolded}` : '';
    this.#spoken = row ? `${row.text.trim()}${folded}` : '';
  }

  #unfoldOrEnter(): void {
    const { active } = this;
    const hiddenLines = this.store.row(active)?.hiddenLines;
    if (hiddenLines === 0) this.#activate(active + 1);
    else if (hiddenLines !== undefined) this.#fold(active, false);
  }

  /** An open one is folded; from anywhere else it goes to what is around. */
  #foldOrLeave(): void {
    const { active, store } = this;
    if (store.row(active)?.hiddenLines === 0) this.#fold(active, true);
    else {
      const parent = store.rowAround(active);
      if (parent !== undefined) this.#activate(parent);
    }
  }

  #fold(row: number, isFolded: boolean): void {
    this.events.fold(isFolded, Math.floor(this.topRow), row);
  }

  protected override onContextMenu(event: MouseEvent): void {
    const index = indexAt(event);
    if (!this.colored || index === undefined) return;
    event.preventDefault();
    this.active = index;
    this.menuAt = { x: event.clientX, y: event.clientY };
  }

  #openMenu(): boolean {
    if (!this.colored) return false;
    if (this.active < 0) this.active = Math.ceil(this.topRow);
    const row = this.renderRoot.querySelector(`[data-index="${this.active}"] .text`)?.getBoundingClientRect();
    if (row) this.menuAt = { x: row.left + 24, y: row.bottom };
    return row !== undefined;
  }

  protected override overlay(): TemplateResult {
    const { menuAt: place, strings } = this;
    const row = this.store.row(this.active);
    const menu = place && row;
    return html`<div class="hidden-text" aria-live="polite">${this.#spoken}</div>
      ${
        menu
          ? html`<latchkey-row-menu
              .items=${rowMenuItems(this.#menuActions(menu), strings)}
              .place=${place}
              .label=${fill(strings.rowMenu, { line: formatNumber(menu.line) })}
              .close=${() => this.#closeMenu()}
            ></latchkey-row-menu>`
          : nothing
      }`;
  }

  #closeMenu(): void {
    this.menuAt = undefined;
    takeFocus(this);
  }

  #menuActions({ hiddenLines }: BodyRow): RowActions {
    const { events, active, canFoldAll, store } = this;
    return {
      hiddenLines,
      canCopyPath: !this.isFiltered,
      canFoldAll,
      isFolded: store.isFolded,
      copy: (what) => events.copyNode(active, what),
      fold: (isFolded) => this.#fold(active, isFolded),
      foldAll: (isFolded) => this.foldAll(isFolded),
    };
  }

  #selectAll(event: KeyboardEvent): void {
    event.preventDefault();
    const rows = this.renderRoot.querySelector('.window');
    if (rows) getSelection()?.selectAllChildren(rows);
    this.#allSelected = true;
  }

  protected override onCopy(event: ClipboardEvent): void {
    const text = copiedRows(this.renderRoot);
    if (this.#allSelected) this.events.copyAll();
    // With nothing selected it is the value of the row that is copied, as in VS Code's own trees.
    else if (text === '' && this.colored && this.active >= 0) this.events.copyNode(this.active, 'value');
    else if (text !== '') event.clipboardData?.setData('text/plain', text);
    // What is on the clipboard stays there.
    else return;
    event.preventDefault();
  }

  protected override row(index: number): TemplateResult {
    const row = this.store.row(index);
    if (!row) return missingRow();
    return bodyRow(row, {
      index,
      isActive: index === this.active,
      language: this.colored ? this.language : undefined,
      marks: this.marks.get(index) ?? [],
      strings: this.strings,
      fold: (isFolded) => this.#fold(index, isFolded),
    });
  }
}

function indexAt(event: Event): number | undefined {
  for (const target of event.composedPath()) {
    const index = target instanceof HTMLElement ? target.dataset['index'] : undefined;
    if (index !== undefined) return Number(index);
  }
  return undefined;
}
