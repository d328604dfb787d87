import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { PROTOCOL_VERSION, type BodyGrowth, type HostMessage, type ViewMessage } from '../shared/protocol';
import type { HistoryItem } from '../shared/historyView';
import { shownRequest, type TypedView } from '../shared/typedView';
import { isHostMessage } from '../shared/protocolGuards';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { BodyRows, ExchangeView, RunnerModel, RunState } from '../shared/viewModel';
import { announcementOf } from './announcement';
import { ArrivalRate } from './arrivalRate';
import { BodySection } from './bodySection';
import { contextBar } from './contextBar';
import { EditSection } from './editSection';
import { failureCard } from './failureCard';
import { FocusKeeper } from './focusKeeper';
import { cookiesPane } from './panes/cookiesPane';
import { headersPane } from './panes/headersPane';
import { sentPane } from './panes/sentPane';
import { testsPane } from './panes/testsPane';
import { streamPane } from './panes/streamPane';
import { timingPane } from './panes/timingPane';
import type { Page } from './page';
import { pastBanner } from './pastBanner';
import { requestLine, type RequestLineActions } from './requestLine';
import { responseNotice } from './responseNotice';
import { ScrollPlace } from './scrollPlace';
import { exchangeOf, grownState, isAsking, isBusy } from './shownState';
import { shownTab } from './shownTab';
import { cancelledState, idleState, progressBar, sendingState } from './states';
import { StreamStore } from './streamStore';
import { takeFocus } from './takeFocus';
import { statusLine } from './statusLine';
import { appStyles } from './styles/app';
import { revealChosenTab, tabPanel, tabStrip } from './tabStrip';
import { readUiState, type UiState } from './uiState';
import type { View } from './view';
import { acquireViewHost } from './viewHost';

/** A send that is faster than this shows no "sending": it would only flicker. Milliseconds. */
const PATIENCE = 150;
/** Resizing goes on for a while; the rows are wrapped anew when it stops for so long. Milliseconds. */
const RESIZE_PAUSE = 80;

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
  readonly #page: Page = {
    post: (message) => this.#host.post(message),
    changed: () => this.requestUpdate(),
    root: () => this.renderRoot,
    whenDrawn: (task) => void this.updateComplete.then(task),
    announce: (text) => this.#announce(text),
  };
  readonly #scroll: ScrollPlace;
  readonly #body: BodySection;
  readonly #edit = new EditSection(this.#page);
  readonly #stream = new StreamStore();
  readonly #arrival = new ArrivalRate();
  readonly #focus = new FocusKeeper(() => this.shadowRoot);
  #announcement = '';
  /** Of the request that is shown, once they were asked for. */
  #history: readonly HistoryItem[] | undefined;
  /** The tab that was brought in sight last, with its response. */
  #revealed = '';
  #patience: ReturnType<typeof setTimeout> | undefined;
  #resizing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.ui = readUiState(this.#host.getState());
    this.#scroll = new ScrollPlace(this.ui.scroll, () => this.#persist());
    this.#body = new BodySection(this.#page, () => this.ui, this.#scroll);
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
    this.#host.post({ type: 'ready', version: PROTOCOL_VERSION, layout: this.#body.layout });
    new ResizeObserver(() => this.#onResize()).observe(this);
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}
      <span class="probe mono" aria-hidden="true"></span>
      <div class="hidden-text" role="status" aria-live="polite">${this.#announcement}</div>`;
  }

  protected override willUpdate(): void {
    this.#focus.willDraw();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#focus.drawn(this.shown.kind === 'response');
    if (!changed.has('ui') && !changed.has('shown')) return;
    this.#revealTab();
    if (changed.has('ui')) this.#body.viewChanged();
    if (this.ui.tab === 'body') this.#body.layOut();
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
      arrival: this.#arrival,
      editing: this.#edit.editing,
      post: (message) => this.#host.post(message),
      send: () => this.#sendFromBelow(),
      changeUi: (change) => this.#changeUi(change),
    };
    const busy = isBusy(this.shown);
    return html`<header class="top">
        ${contextBar(view)} ${this.#edit.editing && !busy ? nothing : requestLine(view, busy, this.#lineActions)}
        ${this.#edit.render(view)} ${model.past ? pastBanner(view, model.past) : nothing}
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
        return this.#body.render(view, exchange);
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
      if (this.#edit.editing) this.#edit.applyAndSend();
      else this.#host.post({ type: 'send' });
    },
    edit: () => this.#host.post({ type: 'edit' }),
  };

  /** The button that was pressed is gone as soon as the send is shown. */
  #sendFromBelow(): void {
    takeFocus(this.renderRoot.querySelector<HTMLElement>('#send'));
    this.#lineActions.send();
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
      case 'foundCells':
      case 'refolded':
      case 'filtered':
      case 'bodyBytes':
      case 'bodyTable':
      case 'bodyPreview':
        this.#body.receive(message);
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
      case 'editEnd':
        this.#edit.receive(message, this.strings?.editApplied);
        break;
      case 'history':
        this.#history = message.items;
        this.requestUpdate();
        break;
      case 'typed':
        if (message.of === shownRequest(this.model)) this.#resume(message.typed);
        break;
      case 'announce':
        this.#announce(message.text);
        break;
    }
  }

  #show(model: RunnerModel, rows: BodyRows | undefined): void {
    const isOtherRequest = shownRequest(model) !== shownRequest(this.model);
    this.model = model;
    if (isOtherRequest) {
      this.#history = undefined;
      this.#edit.leave();
      this.#stream.typed = '';
    }
    clearTimeout(this.#patience);
    if (model.state.kind === 'sending' && !isOtherRequest && this.shown.kind !== 'sending') {
      this.#patience = setTimeout(() => this.#draw(model.state), PATIENCE);
    } else {
      this.#draw(model.state, rows);
    }
    this.#persist();
  }

  #draw(state: RunState, rows?: BodyRows): void {
    const isOther = state.kind !== this.shown.kind || exchangeOf(state)?.id !== exchangeOf(this.shown)?.id;
    const changed = isOther || isBusy(state) !== isBusy(this.shown) || isAsking(state) !== isAsking(this.shown);
    if (isOther) {
      this.#body.forget();
      this.#arrival.forget();
    }
    this.shown = state;
    this.#stream.show(exchangeOf(state)?.stream?.streamId);
    if (isOther && exchangeOf(state)?.stream && this.ui.tab === 'body') this.#changeUi({ tab: 'stream' });
    this.#body.show(exchangeOf(state)?.body, rows);
    if (changed && this.strings) this.#announce(announcementOf(state, this.strings));
    if (isOther) this.#body.startOver();
  }

  /** What was typed for this request before is there again. */
  #resume({ edit, message }: TypedView): void {
    if (edit) this.#edit.resume(edit);
    this.#stream.typed = message;
    this.requestUpdate();
  }

  #grow(growth: BodyGrowth): void {
    const grown = grownState(this.shown, growth);
    if (!grown) return;
    this.shown = grown;
    this.#arrival.grew(growth.size, Date.now());
    this.#body.grow(growth, exchangeOf(grown)?.body);
  }

  #announce(text: string): void {
    // The same words again would not be read again.
    this.#announcement = text === this.#announcement ? `${text}\u00a0` : text;
    this.requestUpdate();
  }

  #changeUi(change: Partial<UiState>): void {
    this.ui = { ...this.ui, ...change };
    this.#persist();
    this.#host.post({ type: 'layout', layout: this.#body.layout });
  }

  #persist(): void {
    this.#host.setState({ ...this.ui, scroll: this.#scroll.place, resume: this.model?.resume });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' && this.model?.request) {
      // A key that is held means one send.
      if (!event.repeat) this.#lineActions.send();
    } else if (event.key !== 'f' || !this.#body.openFind()) return;
    event.preventDefault();
  }

  #onResize(): void {
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => {
      this.#measure();
      this.#host.post({ type: 'layout', layout: this.#body.layout });
      this.#body.layOut();
      revealChosenTab(this.renderRoot);
      this.requestUpdate();
    }, RESIZE_PAUSE);
  }

  #measure(): void {
    const probe = this.renderRoot.querySelector<HTMLElement>('.probe');
    if (probe) this.#body.measure(probe, this.clientWidth);
  }
}
