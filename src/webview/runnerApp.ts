import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { PROTOCOL_VERSION, type BodyGrowth, type HostMessage, type ViewMessage } from '../shared/protocol';
import type { EditEnd, WantedRequest } from '../shared/editView';
import type { HistoryItem } from '../shared/historyView';
import { isHostMessage } from '../shared/protocolGuards';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { BodyInfo, ExchangeView, RunnerModel, RunState } from '../shared/viewModel';
import { announcementOf } from './announcement';
import { BodyController } from './bodyController';
import { BodyRequests } from './bodyRequests';
import { chosenViewer, isTextViewer } from './chosenViewer';
import { contextBar } from './contextBar';
import type { FilterBar } from './filterBar';
import { FilterController } from './filterController';
import { failureCard } from './failureCard';
import type { FindBar } from './findBar';
import { fill, formatNumber } from './format';
import { bodyPane } from './panes/bodyPane';
import { cookiesPane } from './panes/cookiesPane';
import { headersPane } from './panes/headersPane';
import { sentPane } from './panes/sentPane';
import { testsPane } from './panes/testsPane';
import { streamPane } from './panes/streamPane';
import { timingPane } from './panes/timingPane';
import { pastBanner } from './pastBanner';
import type { RequestEditor } from './requestEditor';
import { editRefusal } from './editRefusal';
import { requestLine, type RequestLineActions } from './requestLine';
import { responseNotice } from './responseNotice';
import type { RowList } from './rowList';
import { cancelledState, idleState, progressBar, sendingState } from './states';
import { shownTab } from './shownTab';
import { StreamStore } from './streamStore';
import { statusLine } from './statusLine';
import { appStyles } from './styles/app';
import { revealChosenTab, tabPanel, tabStrip } from './tabStrip';
import { measureText, type TextMetrics } from './textMetrics';
import { readUiState, type UiState } from './uiState';
import type { Editing, View } from './view';
import { acquireViewHost } from './viewHost';
import type { ShownPosition } from './viewers/pdfLoader';

/** A send that is faster than this shows no "sending": it would only flicker. Milliseconds. */
const PATIENCE = 150;
/** Resizing goes on for a while; the rows are wrapped anew when it stops for so long. Milliseconds. */
const RESIZE_PAUSE = 80;
/** Every setting of the state is a message to the editor: one per scrolling is enough. Milliseconds. */
const SCROLL_PAUSE = 100;

type TextBody = Extract<BodyInfo, { kind: 'text' }>;

/** The runner. Draws the host's model; keeps nothing itself but which tab is open and how the body is listed. */
export class RunnerApp extends LitElement {
  static override properties = {
    model: { state: true },
    strings: { state: true },
    ui: { state: true },
    shown: { state: true },
  };

  declare model: RunnerModel | undefined;
  declare strings: RunnerStrings | undefined;
  declare ui: UiState;
  /** The state that is drawn: the one before while a send is very young. */
  declare shown: RunState;

  static override styles = appStyles;

  readonly #host = acquireViewHost<HostMessage, ViewMessage>(isHostMessage);
  readonly #body = new BodyController({
    post: (message) => this.#host.post(message),
    changed: () => this.requestUpdate(),
    reveal: (row) => void this.updateComplete.then(() => this.#list?.reveal(row)),
    scrollTo: (row) => void this.updateComplete.then(() => this.#list?.scrollToRow(row)),
  });
  readonly #filter = new FilterController({
    post: (message) => this.#host.post(message),
    changed: () => this.#filterChanged(),
  });
  readonly #requests = new BodyRequests((message) => this.#host.post(message));
  readonly #stream = new StreamStore();
  #metrics: TextMetrics = { columns: 80, rowHeight: 18 };
  #announcement = '';
  #editing: Editing | undefined;
  /** Why the request cannot be edited here. */
  #editRefusal: string | undefined;
  /** Of the request that is shown, once they were asked for. */
  #history: readonly HistoryItem[] | undefined;
  /** The tab that was brought in sight last, with its response. */
  #revealed = '';
  #patience: ReturnType<typeof setTimeout> | undefined;
  #resizing: ReturnType<typeof setTimeout> | undefined;
  #scrolling: ReturnType<typeof setTimeout> | undefined;
  /** Where the list is; from before a reload until a body is shown. */
  #scroll: UiState['scroll'];

  constructor() {
    super();
    this.ui = readUiState(this.#host.getState());
    this.#scroll = this.ui.scroll;
    this.shown = { kind: 'idle' };
    this.#host.listen((message) => this.#receive(message));
    document.addEventListener('keydown', (event) => {
      this.#onKeydown(event);
      // VS Code gets what comes to the window, and would do the same in the editor beside: search there, send once more.
      if (event.defaultPrevented) event.stopPropagation();
    });
  }

  protected override firstUpdated(): void {
    this.#measure();
    this.#host.post({ type: 'ready', version: PROTOCOL_VERSION, layout: this.#bodyLayout() });
    new ResizeObserver(() => this.#onResize()).observe(this);
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}
      <span class="probe mono" aria-hidden="true"></span>
      <div class="hidden-text" role="status" aria-live="polite">${this.#announcement}</div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('ui') && !changed.has('shown')) return;
    this.#revealTab();
    const body = this.#listedBody();
    // Another view may list what was found, or all of it.
    if (body && changed.has('ui')) this.#body.show(body, undefined);
    if (body && this.ui.tab === 'body') this.#layOut(body);
  }

  /** Only where another one is chosen, or another response has come: what people scroll to stays. */
  #revealTab(): void {
    const chosen = `${exchangeOf(this.shown)?.id ?? ''} ${this.ui.tab}`;
    if (chosen !== this.#revealed) revealChosenTab(this.renderRoot);
    this.#revealed = chosen;
  }

  #content(): TemplateResult | typeof nothing {
    const { model, strings } = this;
    if (!model || !strings) return nothing;
    const view: View = {
      model,
      strings,
      ui: this.ui,
      history: this.#history,
      editing: this.#editing,
      post: (message) => this.#host.post(message),
      changeUi: (change) => this.#changeUi(change),
    };
    const busy = isBusy(this.shown);
    return html`<header class="top">
        ${contextBar(view)} ${this.#editing && !busy ? nothing : requestLine(view, busy, this.#lineActions)}
        ${this.#editing ? this.#editor(view, this.#editing) : nothing}
        ${this.#editRefusal === undefined ? nothing : editRefusal(view, this.#editRefusal)}
        ${model.past ? pastBanner(view, model.past) : nothing}
        ${this.shown.kind === 'response' ? statusLine(view, this.shown.exchange) : nothing}
      </header>
      ${progressBar(busy && !isAsking(this.shown))}
      <main class="main" data-state=${this.shown.kind}>${this.#state(view)}</main>`;
  }

  #state(view: View): TemplateResult {
    const { shown } = this;
    switch (shown.kind) {
      case 'idle':
        return idleState(view);
      case 'sending':
        return sendingState(view, shown);
      case 'response':
        return this.#response(view, shown.exchange);
      case 'failure':
        return html`${failureCard(view, shown.failure)} ${shown.sent ? sentPane(view, shown.sent) : nothing}`;
      case 'cancelled':
        return html`${cancelledState(view)} ${shown.sent ? sentPane(view, shown.sent) : nothing}`;
    }
  }

  #response(view: View, exchange: ExchangeView): TemplateResult {
    const { notice } = exchange;
    return html`${notice ? responseNotice(view, notice) : nothing} ${tabStrip(view, exchange)}
    ${tabPanel(shownTab(view.ui.tab, exchange), this.#pane(view, exchange))}`;
  }

  #pane(view: View, exchange: ExchangeView): TemplateResult {
    const { stream } = exchange;
    switch (shownTab(view.ui.tab, exchange)) {
      case 'stream':
        return stream ? streamPane(view, stream, this.#stream) : html``;
      case 'body':
        return bodyPane(view, exchange, {
          rows: this.#rows(view),
          findBar: this.#findBar(view),
          openFind: () => this.#openFind(),
          filter: this.#filter.state,
          filterBar: this.#filterBar(view),
          toggleFilter: () => this.#toggleFilter(),
          isFolded: this.#body.store.isFolded,
          foldAll: (isFolded) => this.#list?.foldAll(isFolded),
          requests: this.#requests,
          metrics: this.#metrics,
          position: this.#positionIn(exchange.body),
        });
      case 'headers':
        return headersPane(view, exchange.headers);
      case 'cookies':
        return cookiesPane(view, exchange.cookies);
      case 'timing':
        return timingPane(view, exchange);
      case 'sent':
        return sentPane(view, exchange.sent);
      case 'tests':
        return testsPane(view, exchange);
    }
  }

  readonly #lineActions: RequestLineActions = {
    send: () => {
      if (this.#editing) this.renderRoot.querySelector<RequestEditor>('latchkey-request-editor')?.apply(true);
      else this.#host.post({ type: 'send' });
    },
    edit: () => this.#host.post({ type: 'edit' }),
  };

  #editor({ model, strings, post }: View, { edit, refusal }: Editing): TemplateResult {
    return html`<latchkey-request-editor
      .name=${model.request?.name ?? ''}
      .edit=${edit}
      .refusal=${refusal}
      .strings=${strings}
      .events=${{
        apply: (base: string, wanted: WantedRequest, send: boolean) => post({ type: 'applyEdit', base, wanted, send }),
        cancel: () => this.#endEdit(),
      }}
    ></latchkey-request-editor>`;
  }

  #endEdit(): void {
    this.#host.post({ type: 'endEdit' });
    this.#closeEditor();
  }

  #closeEditor(): void {
    this.#editing = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.address .tool')?.focus());
  }

  #editEnded(end: EditEnd): void {
    if (end.kind === 'refused') {
      this.#announce(end.message);
      if (this.#editing) this.#editing = { ...this.#editing, refusal: end.message };
      else this.#editRefusal = end.message;
      return;
    }
    this.#closeEditor();
    if (this.strings) this.#announce(this.strings.editApplied);
  }

  #rows({ strings, post, ui }: View): TemplateResult {
    const body = this.#listedBody();
    if (!body) return html``;
    const lineCount = body.lineCount[ui.form];
    return html`<latchkey-row-list
      .store=${this.#body.store}
      .revision=${this.#body.revision}
      .largestLine=${body.largestLine[ui.form]}
      .rowHeight=${this.#metrics.rowHeight}
      .colored=${body.hasPretty && ui.form === 'pretty'}
      .language=${body.language}
      .label=${fill(strings.bodyLines, { count: formatNumber(lineCount) })}
      .marks=${this.#body.marks}
      .strings=${strings}
      .canFoldAll=${body.canFoldAll}
      .isFiltered=${body === this.#filter.body}
      .events=${{
        need: (from: number, to: number) => this.#body.need(from, to),
        scrolled: (row: number) => this.#scrolled({ bodyId: body.bodyId, row }),
        copyAll: () =>
          body === this.#filter.body
            ? this.#body.copyNode(0, 'all')
            : post({ type: 'copy', what: 'body', form: ui.form }),
        fold: (isFolded: boolean, top: number, row?: number) => this.#body.fold(isFolded, top, row),
        copyNode: (row: number, what: 'path' | 'value') => this.#body.copyNode(row, what),
      }}
    ></latchkey-row-list>`;
  }

  #findBar({ strings }: View): TemplateResult | undefined {
    const find = this.#body.find;
    if (!find) return undefined;
    return html`<latchkey-find-bar
      .strings=${strings}
      .state=${find}
      .events=${{
        search: (text: string) => this.#body.search(text),
        step: (by: 1 | -1) => this.#body.step(by),
        close: () => this.#closeFind(),
      }}
    ></latchkey-find-bar>`;
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'snapshot':
        this.strings = message.strings;
        this.#show(message.model, message.rows);
        break;
      case 'update':
        this.#show(message.model, message.rows);
        break;
      case 'bodyRows':
      case 'found':
      case 'refolded':
        this.#body.receive(message);
        break;
      case 'filtered':
        this.#filter.receive(message);
        break;
      case 'bodyBytes':
      case 'bodyTable':
      case 'bodyPreview':
        this.#requests.receive(message);
        break;
      case 'streamRows':
      case 'streamItem':
        this.#stream.receive(message);
        this.requestUpdate();
        break;
      case 'bodyGrew':
        this.#grow(message);
        break;
      case 'written':
        this.#editing = { edit: message.edit, refusal: undefined };
        this.#editRefusal = undefined;
        this.requestUpdate();
        break;
      case 'editEnd':
        this.#editEnded(message.end);
        break;
      case 'history':
        this.#history = message.items;
        this.requestUpdate();
        break;
      case 'announce':
        this.#announce(message.text);
        break;
    }
  }

  #show(model: RunnerModel, rows: Extract<HostMessage, { type: 'update' }>['rows']): void {
    const isOtherRequest = model.request?.name !== this.model?.request?.name;
    this.model = model;
    if (isOtherRequest) {
      this.#history = undefined;
      this.#editRefusal = undefined;
      if (this.#editing) this.#endEdit();
    }
    clearTimeout(this.#patience);
    if (model.state.kind === 'sending' && !isOtherRequest && this.shown.kind !== 'sending') {
      this.#patience = setTimeout(() => this.#draw(model.state), PATIENCE);
    } else {
      this.#draw(model.state, rows);
    }
    this.#persist();
  }

  #draw(state: RunState, rows?: Extract<HostMessage, { type: 'update' }>['rows']): void {
    const isOther = state.kind !== this.shown.kind || exchangeOf(state)?.id !== exchangeOf(this.shown)?.id;
    const changed = isOther || isBusy(state) !== isBusy(this.shown) || isAsking(state) !== isAsking(this.shown);
    if (isOther) this.#requests.forget();
    this.shown = state;
    this.#stream.show(exchangeOf(state)?.stream?.streamId);
    if (isOther && exchangeOf(state)?.stream && this.ui.tab === 'body') this.#changeUi({ tab: 'stream' });
    const body = this.#textBody();
    this.#filter.show(body);
    this.#body.show(this.#listedBody(), rows);
    if (changed && this.strings) this.#announce(announcementOf(state, this.strings));
    if (isOther) this.#list?.reset();
    if (isOther && body) void this.updateComplete.then(() => this.#restoreScroll(body.bodyId));
  }

  /** More of the body is there: the list grows, and nothing moves. */
  #grow(growth: BodyGrowth): void {
    const { shown } = this;
    const body = exchangeOf(shown)?.body;
    if (shown.kind !== 'response' || !body || body.kind === 'empty' || body.bodyId !== growth.bodyId) return;
    this.shown = { ...shown, exchange: { ...shown.exchange, body: grownBody(body, growth) } };
    this.#body.grow(growth);
  }

  /** A new body starts at its first row; the one from before the reload where it was. */
  #restoreScroll(bodyId: string): void {
    this.#list?.scrollToRow(this.#scroll?.bodyId === bodyId ? this.#scroll.row : 0);
  }

  #positionIn(body: BodyInfo): ShownPosition {
    const bodyId = body.kind === 'empty' ? '' : body.bodyId;
    return {
      start: () => (this.#scroll?.bodyId === bodyId ? this.#scroll.row : 0),
      moved: (row) => this.#scrolled({ bodyId, row }),
    };
  }

  #announce(text: string): void {
    // The same words again would not be read again.
    this.#announcement = text === this.#announcement ? `${text}\u00a0` : text;
    this.requestUpdate();
  }

  #changeUi(change: Partial<UiState>): void {
    this.ui = { ...this.ui, ...change };
    this.#persist();
    this.#host.post({ type: 'layout', layout: this.#bodyLayout() });
  }

  #scrolled(scroll: UiState['scroll']): void {
    this.#scroll = scroll;
    clearTimeout(this.#scrolling);
    this.#scrolling = setTimeout(() => this.#persist(), SCROLL_PAUSE);
  }

  #persist(): void {
    this.#host.setState({ ...this.ui, scroll: this.#scroll, resume: this.model?.resume });
  }

  #openFind(): void {
    this.#body.openFind();
    void this.updateComplete.then(() => this.renderRoot.querySelector<FindBar>('latchkey-find-bar')?.focusInput());
  }

  #closeFind(): void {
    this.#body.closeFind();
    this.#list?.focusList();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' && this.model?.request) {
      // A key that is held means one send.
      if (!event.repeat) this.#lineActions.send();
    } else if (event.key === 'f' && this.#showsRows()) this.#openFind();
    else return;
    event.preventDefault();
  }

  #onResize(): void {
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => {
      this.#measure();
      this.#host.post({ type: 'layout', layout: this.#bodyLayout() });
      const body = this.#listedBody();
      if (body) this.#layOut(body);
      revealChosenTab(this.renderRoot);
      this.requestUpdate();
    }, RESIZE_PAUSE);
  }

  #measure(): void {
    const probe = this.renderRoot.querySelector<HTMLElement>('.probe');
    if (probe) this.#metrics = measureText(probe, this.clientWidth);
  }

  #bodyLayout(): { readonly form: UiState['form']; readonly columns: number } {
    return { form: this.ui.form, columns: this.ui.wrap ? this.#metrics.columns : 0 };
  }

  #layOut(body: Extract<BodyInfo, { kind: 'text' }>): void {
    this.#body.layOut({ bodyId: body.bodyId, ...this.#bodyLayout() }, 0);
  }

  /** The body whose rows are listed: what a path found in it while there is one. */
  #listedBody(): TextBody | undefined {
    const body = this.#textBody();
    if (!body || chosenViewer(body, this.ui) !== 'pretty') return body;
    return this.#filter.body ?? body;
  }

  #filterChanged(): void {
    const body = this.#listedBody();
    this.#body.show(body, undefined);
    if (body && this.ui.tab === 'body') this.#layOut(body);
    this.#list?.reset();
    this.requestUpdate();
  }

  #toggleFilter(): void {
    if (this.#filter.state) {
      this.#filter.close();
      this.#list?.focusList();
      return;
    }
    this.#filter.open();
    void this.updateComplete.then(() => this.renderRoot.querySelector<FilterBar>('latchkey-filter-bar')?.focusInput());
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

  #textBody(): Extract<BodyInfo, { kind: 'text' }> | undefined {
    const body = exchangeOf(this.shown)?.body;
    return body?.kind === 'text' ? body : undefined;
  }

  #showsRows(): boolean {
    const body = this.#textBody();
    return this.ui.tab === 'body' && body !== undefined && isTextViewer(chosenViewer(body, this.ui));
  }

  get #list(): RowList | null {
    return this.renderRoot.querySelector<RowList>('latchkey-row-list');
  }
}

function grownBody(body: Exclude<BodyInfo, { kind: 'empty' }>, growth: BodyGrowth): BodyInfo {
  const { size, hasPretty, complete, lineCount, form } = growth;
  if (body.kind === 'binary') return { ...body, size, complete };
  const counts = { ...body.lineCount, [form]: lineCount };
  // What turns out to be no JSON has no pretty form any more.
  const viewers = hasPretty ? body.viewers : body.viewers.filter((viewer) => viewer !== 'pretty');
  return { ...body, size, hasPretty, complete, viewers, lineCount: counts, shownBytes: size };
}

/** On its way, or still arriving. */
function isBusy(state: RunState): boolean {
  return state.kind === 'sending' || (state.kind === 'response' && state.exchange.receiving);
}

/** Not on its way yet: the user is asked first. */
function isAsking(state: RunState): boolean {
  return state.kind === 'sending' && state.startedAt === undefined;
}

function exchangeOf(state: RunState): ExchangeView | undefined {
  return state.kind === 'response' ? state.exchange : undefined;
}
