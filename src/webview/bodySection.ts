import { html, type TemplateResult } from 'lit';
import type { BodyGrowth, BodyLayout, HostMessage } from '../shared/protocol';
import type { BodyInfo, BodyRows, ExchangeView, TableCell } from '../shared/viewModel';
import { BodyController } from './bodyController';
import { BodyRequests } from './bodyRequests';
import { chosenViewer, isTextViewer } from './chosenViewer';
import type { FilterBar } from './filterBar';
import { FilterController } from './filterController';
import type { FindBar } from './findBar';
import { Finder } from './finder';
import { fill, formatNumber } from './format';
import type { Page } from './page';
import { bodyPane } from './panes/bodyPane';
import type { RowList } from './rowList';
import type { ScrollPlace } from './scrollPlace';
import { takeFocus } from './takeFocus';
import { measureText, type TextMetrics } from './textMetrics';
import type { UiState } from './uiState';
import type { View } from './view';
import type { TableView } from './viewers/tableView';

type TextBody = Extract<BodyInfo, { kind: 'text' }>;

/** The body of the response on show: its rows, what finds and filters them, and how wide they are. */
export class BodySection {
  readonly #page: Page;
  readonly #ui: () => UiState;
  readonly #scroll: ScrollPlace;
  readonly #rows: BodyController;
  /** Of the table. */
  readonly #cells: Finder<TableCell>;
  readonly #filter: FilterController;
  readonly #requests: BodyRequests;
  #metrics: TextMetrics = { columns: 80, rowHeight: 18 };
  /** The body, when it is text. */
  #text: TextBody | undefined;

  constructor(page: Page, ui: () => UiState, scroll: ScrollPlace) {
    const { post, whenDrawn } = page;
    this.#page = page;
    this.#ui = ui;
    this.#scroll = scroll;
    this.#rows = new BodyController({
      post,
      changed: page.changed,
      reveal: (row) => whenDrawn(() => this.#list?.reveal(row)),
      scrollTo: (row) => whenDrawn(() => this.#list?.scrollToRow(row)),
    });
    this.#cells = new Finder({
      ask: (requestId, text) => {
        if (this.#text) post({ type: 'findCells', requestId, bodyId: this.#text.bodyId, text });
      },
      reveal: (match) => whenDrawn(() => this.#table?.revealCell(match)),
      changed: page.changed,
    });
    this.#filter = new FilterController({ post, changed: () => this.#filterChanged() });
    this.#requests = new BodyRequests(post);
  }

  /** How rows are listed. */
  get layout(): BodyLayout {
    const { form, wrap } = this.#ui();
    return { form, columns: wrap ? this.#metrics.columns : 0 };
  }

  /** `width` is that of the page, in pixels; `probe` is an element in the font of the rows. */
  measure(probe: HTMLElement, width: number): void {
    this.#metrics = measureText(probe, width);
  }

  /** The response is another one: nothing that was asked of the one before is of use. */
  forget(): void {
    this.#requests.forget();
  }

  show(body: BodyInfo | undefined, rows: BodyRows | undefined): void {
    const isOther = body?.kind !== 'text' || body.bodyId !== this.#text?.bodyId;
    this.#text = body?.kind === 'text' ? body : undefined;
    if (isOther) this.#forgetCells();
    this.#filter.show(this.#text);
    this.#rows.show(this.#listed(), rows);
  }

  #forgetCells(): void {
    this.#cells.forget();
    if (this.#text && chosenViewer(this.#text, this.#ui()) === 'table') this.#cells.searchAgain();
  }

  /** Begins anew in another response: at the first row, or where it was before the reload. */
  startOver(): void {
    this.#list?.reset();
    const bodyId = this.#text?.bodyId;
    if (bodyId !== undefined) this.#page.whenDrawn(() => this.#list?.scrollToRow(this.#scroll.in(bodyId).start()));
  }

  /** More of the body is there: the list grows, and nothing moves. */
  grow(growth: BodyGrowth, body: BodyInfo | undefined): void {
    this.#text = body?.kind === 'text' ? body : undefined;
    this.#filter.show(this.#text);
    this.#rows.grow(growth);
  }

  /** Another view may list what was found, or all of it. */
  viewChanged(): void {
    const body = this.#listed();
    if (body) this.#rows.show(body, undefined);
    if (this.#cells.matches.length === 0) this.#forgetCells();
  }

  /** Has the rows wrapped for the width that there is. */
  layOut(): void {
    const body = this.#listed();
    if (body) this.#rows.layOut({ bodyId: body.bodyId, ...this.layout }, 0);
  }

  receive(
    message: Extract<
      HostMessage,
      {
        type: 'bodyRows' | 'found' | 'foundCells' | 'refolded' | 'filtered' | 'bodyBytes' | 'bodyTable' | 'bodyPreview';
      }
    >,
  ): void {
    switch (message.type) {
      case 'bodyRows':
      case 'found':
      case 'refolded':
        this.#rows.receive(message);
        break;
      case 'foundCells':
        this.#cells.receive(message);
        break;
      case 'filtered':
        this.#filter.receive(message);
        break;
      case 'bodyBytes':
      case 'bodyTable':
      case 'bodyPreview':
        this.#requests.receive(message);
        break;
    }
  }

  /** `false`: there is nothing to find in. */
  openFind(): boolean {
    if (this.#ui().tab !== 'body' || !this.#finder) return false;
    this.#openFind();
    return true;
  }

  render(view: View, exchange: ExchangeView): TemplateResult {
    const { body } = exchange;
    return bodyPane(view, exchange, {
      rows: this.#rowList(view),
      findBar: this.#findBar(view),
      openFind: () => this.#openFind(),
      foundCells: { text: this.#cells.state?.text ?? '', matches: this.#cells.matches, current: this.#cells.current },
      filter: this.#filter.state,
      filterBar: this.#filterBar(view),
      toggleFilter: () => this.#toggleFilter(),
      isFolded: this.#rows.store.isFolded,
      foldAll: (isFolded) => this.#list?.foldAll(isFolded),
      requests: this.#requests,
      metrics: this.#metrics,
      position: this.#scroll.in(body.kind === 'empty' ? '' : body.bodyId),
    });
  }

  #rowList({ strings, post, ui }: View): TemplateResult {
    const body = this.#listed();
    if (!body) return html``;
    const lineCount = body.lineCount[ui.form];
    return html`<latchkey-row-list
      .store=${this.#rows.store}
      .revision=${this.#rows.revision}
      .largestLine=${body.largestLine[ui.form]}
      .rowHeight=${this.#metrics.rowHeight}
      .colored=${body.hasPretty && ui.form === 'pretty'}
      .language=${body.language}
      .label=${fill(strings.bodyLines, { count: formatNumber(lineCount) })}
      .marks=${this.#rows.marks}
      .strings=${strings}
      .canFoldAll=${body.canFoldAll}
      .isFiltered=${body === this.#filter.body}
      .events=${{
        need: (from: number, to: number) => this.#rows.need(from, to),
        scrolled: (row: number) => this.#scroll.in(body.bodyId).moved(row),
        copyAll: () =>
          body === this.#filter.body
            ? this.#rows.copyNode(0, 'all')
            : post({ type: 'copy', what: 'body', form: ui.form }),
        fold: (isFolded: boolean, top: number, row?: number) => this.#rows.fold(isFolded, top, row),
        copyNode: (row: number, what: 'path' | 'value') => this.#rows.copyNode(row, what),
      }}
    ></latchkey-row-list>`;
  }

  #findBar({ strings }: View): TemplateResult | undefined {
    const finder = this.#finder;
    if (!finder?.state) return undefined;
    return html`<latchkey-find-bar
      .strings=${strings}
      .state=${finder.state}
      .events=${{
        search: (text: string) => finder.search(text),
        step: (by: 1 | -1) => finder.step(by),
        close: () => this.#closeFind(),
      }}
    ></latchkey-find-bar>`;
  }

  #openFind(): void {
    this.#finder?.open();
    this.#page.whenDrawn(() => takeFocus(this.#page.root().querySelector<FindBar>('latchkey-find-bar')));
  }

  #closeFind(): void {
    this.#finder?.close();
    takeFocus(this.#table ?? this.#list);
  }

  #filterBar({ strings }: View): TemplateResult | undefined {
    const { state } = this.#filter;
    if (!state) return undefined;
    return html`<latchkey-filter-bar
      .strings=${strings}
      .state=${state}
      .events=${{ type: (path: string) => this.#filter.type(path), close: () => this.#toggleFilter() }}
    ></latchkey-filter-bar>`;
  }

  #toggleFilter(): void {
    if (this.#filter.state) {
      this.#filter.close();
      takeFocus(this.#list);
      return;
    }
    this.#filter.open();
    this.#page.whenDrawn(() => takeFocus(this.#page.root().querySelector<FilterBar>('latchkey-filter-bar')));
  }

  #filterChanged(): void {
    this.#rows.show(this.#listed(), undefined);
    if (this.#ui().tab === 'body') this.layOut();
    this.#list?.reset();
    this.#page.changed();
  }

  /** The body whose rows are listed: what a path found in it while there is one. */
  #listed(): TextBody | undefined {
    const body = this.#text;
    if (!body || chosenViewer(body, this.#ui()) !== 'pretty') return body;
    return this.#filter.body ?? body;
  }

  /** What finds in the body as it is looked at. */
  get #finder(): Pick<Finder<unknown>, 'state' | 'open' | 'close' | 'search' | 'step'> | undefined {
    const viewer = this.#text && chosenViewer(this.#text, this.#ui());
    if (viewer === 'table') return this.#cells;
    return viewer !== undefined && isTextViewer(viewer) ? this.#rows.finder : undefined;
  }

  get #table(): TableView | null {
    return this.#page.root().querySelector<TableView>('latchkey-table');
  }

  get #list(): RowList | null {
    return this.#page.root().querySelector<RowList>('latchkey-row-list');
  }
}
