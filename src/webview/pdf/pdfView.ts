import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { FindBar } from '../findBar';
import { fill, formatNumber } from '../format';
import { noticeStyles } from '../notice';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { strip } from '../styles/strip';
import { bodyPieces } from '../viewers/bodyPieces';
import type { ShownPosition } from '../viewers/pdfLoader';
import { isOtherBody, type ShownBody } from '../viewers/shownBody';
import { loadingLine, viewerStyles } from '../viewers/viewerStyles';
import { PageLayout, zoomStep, type Place, type Zoom } from './pageLayout';
import { PdfError, PdfFile } from './pdfFile';
import { PdfFind } from './pdfFind';
import { MOST_PAGES, pdfFault, pdfNotes, SIZE_LIMIT, type ShownFault } from './pdfNotices';
import { PdfPages } from './pdfPages';
import { pdfStyles, textLayerStyles } from './pdfStyles';
import { pdfTools } from './pdfTools';
import { Watch } from './watch';

/** Without a sign of life for so long, a file counts as one that keeps its threads busy for ever. Milliseconds. */
const PATIENCE = 30_000;

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'fault'; readonly fault: ShownFault }
  | { readonly kind: 'open'; readonly file: PdfFile; readonly layout: PageLayout };

/** A PDF: its pages as they are printed, with text that can be selected and read aloud. Nothing in it runs or leads away. */
export class PdfView extends LitElement {
  static override properties = {
    shown: { attribute: false },
    position: { attribute: false },
    state: { state: true },
    zoom: { state: true },
    isIncomplete: { state: true },
    current: { state: true },
  };

  declare shown: ShownBody;
  declare position: ShownPosition;
  declare state: State;
  declare zoom: Zoom;
  /** Something of it cannot be drawn, since it is not part of Latchkey. */
  declare isIncomplete: boolean;
  /** The page that the reader is at, and the scale it has. */
  declare current: { readonly page: number; readonly scale: number };

  static override styles = [controls, viewerStyles, strip, noticeStyles, focusRing, pdfStyles, textLayerStyles];

  #opening = new AbortController();
  #pages: PdfPages | undefined;
  #find: PdfFind | undefined;
  #drawing: number | undefined;
  #at: Place = 0;
  readonly #stuck = new Set<number>();
  readonly #watch = new Watch(PATIENCE, () => this.#onStuck());
  readonly #onVisibility = (): void => this.#watch.touch();
  readonly #onDocumentKey = (event: KeyboardEvent): void => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    this.#openFind();
    event.preventDefault();
    // VS Code gets what comes to the window, and would search in the editor beside.
    event.stopPropagation();
  };

  constructor() {
    super();
    this.state = { kind: 'loading' };
    this.zoom = 'fit';
    this.isIncomplete = false;
    this.current = { page: 0, scale: 1 };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('shown') || !isOtherBody(changed.get('shown'), this.shown)) return;
    this.#stuck.clear();
    this.zoom = 'fit';
    this.#at = this.position.start();
    void this.#open();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('keydown', this.#onDocumentKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    document.removeEventListener('keydown', this.#onDocumentKey);
    this.#close();
  }

  protected override render(): TemplateResult {
    const { strings } = this.shown;
    switch (this.state.kind) {
      case 'loading':
        return loadingLine(strings);
      case 'fault':
        return pdfFault(this.shown, this.state.fault);
      case 'open':
        return html`${this.#tools(this.state.file)} ${pdfNotes(strings, this.state.file.pageCount, this.isIncomplete)}
          ${this.#findBar()}
          <div
            class="scroller ring-inside"
            tabindex="0"
            role="region"
            aria-label=${strings.pdf}
            @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
          >
            <div class="stage"></div>
          </div>`;
    }
  }

  #tools({ pageCount }: PdfFile): TemplateResult {
    const { page, scale } = this.current;
    return pdfTools(
      this.shown.strings,
      { page, scale, pageCount, isFitted: this.zoom === 'fit' },
      { find: () => this.#openFind(), zoomTo: (zoom) => this.#zoomTo(zoom) },
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('state') && this.state.kind === 'open') this.#spread(this.state.file, this.state.layout);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === '+' || event.key === '=') this.#zoomBy(1);
    else if (event.key === '-') this.#zoomBy(-1);
    else if (event.key === '0') this.#zoomTo('fit');
    else if (event.key === 'Home') this.#pages?.goTo('first');
    else if (event.key === 'End') this.#pages?.goTo('last');
    else return;
    event.preventDefault();
  }

  #zoomBy(by: 1 | -1): void {
    this.#zoomTo(zoomStep(this.current.scale, by));
  }

  #zoomTo(zoom: Zoom): void {
    this.zoom = zoom;
    if (this.#pages) this.#pages.zoom = zoom;
  }

  async #open(): Promise<void> {
    this.#close();
    const { shown } = this;
    const { size, complete } = shown.facts;
    this.isIncomplete = false;
    this.state = size > SIZE_LIMIT ? { kind: 'fault', fault: 'tooLarge' } : { kind: 'loading' };
    if (size > SIZE_LIMIT || !complete) return;
    const { signal } = (this.#opening = new AbortController());
    const source = { size, read: (from: number, to: number) => bodyPieces(shown, from, to) };
    const onMissing = (): void => void (this.isIncomplete ||= !signal.aborted);
    this.#watch.start();
    try {
      const file = await PdfFile.open(source, { onBytes: () => this.#watch.touch(), onMissing }, signal);
      const layout = new PageLayout(Math.min(file.pageCount, MOST_PAGES), await file.pageSize(0));
      if (signal.aborted) return;
      this.#watch.stop();
      this.state = { kind: 'open', file, layout };
    } catch (error) {
      if (signal.aborted) return;
      this.#close();
      this.state = { kind: 'fault', fault: error instanceof PdfError ? error.fault : 'damaged' };
    }
  }

  /** The element is there: pages can be put on it. */
  #spread(file: PdfFile, layout: PageLayout): void {
    const scroller = this.renderRoot.querySelector<HTMLElement>('.scroller');
    const stage = scroller?.querySelector<HTMLElement>('.stage');
    if (!scroller || !stage || this.#pages) return;
    const { strings } = this.shown;
    const count = formatNumber(file.pageCount);
    const host = {
      scroller,
      stage,
      stuck: this.#stuck,
      label: (index: number) => fill(strings.pdfPageLabel, { page: formatNumber(index + 1), count }),
      words: { damaged: strings.pdfPageDamaged, tooMuch: strings.pdfPageTooMuch },
      drawing: (index: number | undefined) => this.#drawn(index),
      drawn: (index: number) => this.#find?.drawn(index),
      moved: () => this.#moved(),
    };
    this.#pages = new PdfPages(file, layout, host, this.zoom, this.#at);
  }

  #findBar(): TemplateResult | typeof nothing {
    const find = this.#find;
    if (!find) return nothing;
    return html`<latchkey-find-bar
      .strings=${this.shown.strings}
      .state=${find.state}
      .events=${{
        search: (text: string) => find.search(text),
        step: (by: 1 | -1) => find.step(by),
        close: () => this.#closeFind(),
      }}
    ></latchkey-find-bar>`;
  }

  #openFind(): void {
    const pages = this.#pages;
    if (this.state.kind !== 'open' || !pages) return;
    const { file, layout } = this.state;
    this.#find ??= new PdfFind({
      pageCount: layout.count,
      current: () => pages.current,
      textOf: (page) => file.text(page),
      layers: () => pages.layers,
      goToPage: (page) => pages.goToPage(page),
      reveal: (part) => pages.reveal(part),
      changed: () => this.requestUpdate(),
    });
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<FindBar>('latchkey-find-bar')?.focus());
  }

  #closeFind(): void {
    this.#find?.end();
    this.#find = undefined;
    this.requestUpdate();
    this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus();
  }

  #moved(): void {
    const pages = this.#pages;
    if (!pages) return;
    const { current: page, scale, place } = pages;
    if (page !== this.current.page || scale !== this.current.scale) this.current = { page, scale };
    this.#at = place;
    this.position.moved(place);
  }

  #drawn(index: number | undefined): void {
    this.#drawing = index;
    if (index === undefined) this.#watch.stop();
    else this.#watch.start();
  }

  /** The page that is being drawn is left out from now on, and the threads begin anew. */
  #onStuck(): void {
    if (document.hidden) {
      // Nothing is drawn while nobody sees it.
      this.#watch.start();
      return;
    }
    const page = this.#drawing;
    this.#close();
    if (page === undefined) {
      this.state = { kind: 'fault', fault: 'stuck' };
      return;
    }
    this.#stuck.add(page);
    void this.#open();
  }

  #close(): void {
    this.#opening.abort();
    this.#watch.stop();
    this.#find?.end();
    this.#find = undefined;
    this.#pages?.end();
    this.#pages = undefined;
    this.#drawing = undefined;
  }
}
