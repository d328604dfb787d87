import type { PageLayout, Place, Zoom } from './pageLayout';
import { PageSlot } from './pageSlot';
import { TooMuchError, type PdfFile } from './pdfFile';

export interface PdfPagesHost {
  /** What scrolls. */
  readonly scroller: HTMLElement;
  /** What the pages lie on. */
  readonly stage: HTMLElement;
  readonly label: (index: number) => string;
  /** What is said in place of a page. */
  readonly words: { readonly damaged: string; readonly tooMuch: string };
  /** Pages that have kept the threads busy for too long before. */
  readonly stuck: ReadonlySet<number>;
  /** A page is being drawn; `undefined`: none is. */
  readonly drawing: (index: number | undefined) => void;
  /** A page is there as it will be, with its text. */
  readonly drawn: (index: number) => void;
  /** Something about where the reader is has changed. */
  readonly moved: () => void;
}

interface Drawing {
  readonly index: number;
  readonly scale: number;
  readonly abort: AbortController;
}

/** The pages below each other. Only those in sight or near it are here and drawn, one after the other. */
export class PdfPages {
  readonly #file: PdfFile;
  readonly #layout: PageLayout;
  readonly #host: PdfPagesHost;
  readonly #slots = new Map<number, PageSlot>();
  readonly #resize = new ResizeObserver(() => this.#layOut());
  readonly #onScroll = (): void => this.#scrolled();
  #drawing: Drawing | undefined;
  #zoom: Zoom;
  /** What is at the upper edge of the view, however pages are laid out. */
  #place: Place;

  constructor(file: PdfFile, layout: PageLayout, host: PdfPagesHost, zoom: Zoom, place: Place) {
    this.#file = file;
    this.#layout = layout;
    this.#host = host;
    this.#zoom = zoom;
    this.#place = place;
    host.scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resize.observe(host.scroller);
  }

  /** Nothing is drawn any more. */
  end(): void {
    this.#host.scroller.removeEventListener('scroll', this.#onScroll);
    this.#resize.disconnect();
    this.#stopDrawing();
    for (const slot of this.#slots.values()) slot.remove();
    this.#slots.clear();
  }

  set zoom(zoom: Zoom) {
    this.#zoom = zoom;
    this.#layOut();
  }

  /** To the first page or the last one, at once: on a long way, pages turn out to be elsewhere. */
  goTo(end: 'first' | 'last'): void {
    this.#host.scroller.scrollTop = end === 'first' ? 0 : this.#layout.height;
  }

  goToPage(index: number): void {
    this.#host.scroller.scrollTop = this.#layout.topOf(index);
  }

  /** Scrolls as little as it takes to bring a part of a page into sight, with some room around it. */
  reveal(part: Range): void {
    const { scroller } = this.#host;
    const { top, left, bottom, right } = part.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    if (top < view.top || bottom > view.bottom) scroller.scrollTop += top - view.top - view.height / 3;
    if (left < view.left || right > view.right) scroller.scrollLeft += left - view.left - view.width / 3;
  }

  /** The texts of the pages that are drawn. */
  get layers(): ReadonlyMap<number, HTMLElement> {
    return new Map([...this.#slots].flatMap(([index, { text }]) => (text ? [[index, text] as const] : [])));
  }

  get place(): Place {
    return this.#place;
  }

  /** The page that most of the view shows. */
  get current(): number {
    const { scrollTop, clientHeight } = this.#host.scroller;
    return this.#layout.pageAt(scrollTop + clientHeight / 2);
  }

  /** CSS pixels for each of the current page's at 100%. */
  get scale(): number {
    return this.#layout.scale(this.current);
  }

  #layOut(): void {
    const { scroller, stage } = this.#host;
    if (scroller.clientWidth === 0) return;
    const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / Math.max(1, scroller.scrollWidth);
    this.#layout.layOut(this.#zoom, scroller.clientWidth);
    stage.style.height = `${this.#layout.height}px`;
    stage.style.width = `${this.#layout.width}px`;
    const left = middle * this.#layout.width - scroller.clientWidth / 2;
    const top = this.#layout.topOf(this.#place);
    // Setting a position ends a scrolling that is under way, even where nothing moves.
    if (!isNear(scroller.scrollLeft, left)) scroller.scrollLeft = left;
    if (!isNear(scroller.scrollTop, top)) scroller.scrollTop = top;
    this.#refresh();
  }

  #scrolled(): void {
    const { scrollTop } = this.#host.scroller;
    if (!isNear(scrollTop, this.#layout.topOf(this.#place))) this.#place = this.#layout.placeAt(scrollTop);
    this.#refresh();
  }

  /** Makes the pages near what is in sight, gives up the others, and draws what is to be drawn. */
  #refresh(): void {
    const { scrollTop, clientHeight } = this.#host.scroller;
    const first = this.#layout.pageAt(scrollTop - clientHeight);
    const last = this.#layout.pageAt(scrollTop + 2 * clientHeight);
    for (const [index, slot] of this.#slots) {
      if (index >= first && index <= last) continue;
      const isDrawn = slot.drawnScale !== undefined || this.#drawing?.index === index;
      if (this.#drawing?.index === index) this.#stopDrawing();
      slot.remove();
      this.#slots.delete(index);
      if (isDrawn) void this.#file.forget(index).catch(() => undefined);
    }
    for (let index = first; index <= last; index++) this.#putSlot(index);
    this.#host.moved();
    this.#drawNext();
  }

  #putSlot(index: number): void {
    const slot = this.#slots.get(index) ?? this.#newSlot(index);
    const box = this.#layout.box(index);
    slot.place(box, (this.#layout.width - box.width) / 2, this.#layout.scale(index));
  }

  #newSlot(index: number): PageSlot {
    const { label, stage, stuck, words } = this.#host;
    const slot = new PageSlot(label(index));
    this.#slots.set(index, slot);
    if (stuck.has(index)) slot.giveUp(words.tooMuch);
    // In the order in which they are read.
    const next = [...this.#slots].filter(([other]) => other > index).sort(([a], [b]) => a - b)[0]?.[1];
    stage.insertBefore(slot.element, next?.element ?? null);
    return slot;
  }

  #drawNext(): void {
    if (this.#drawing) {
      if (this.#drawing.scale === this.#layout.scale(this.#drawing.index)) return;
      this.#stopDrawing();
    }
    const index = this.#nearestUndrawn();
    if (index !== undefined) void this.#draw(index);
  }

  #nearestUndrawn(): number | undefined {
    const { current } = this;
    return [...this.#slots]
      .filter(([index, slot]) => !slot.isGivenUp && slot.drawnScale !== this.#layout.scale(index))
      .map(([index]) => index)
      .sort((a, b) => Math.abs(a - current) - Math.abs(b - current))[0];
  }

  async #draw(index: number): Promise<void> {
    const slot = this.#slots.get(index);
    if (!slot) return;
    const drawing = { index, scale: this.#layout.scale(index), abort: new AbortController() };
    this.#drawing = drawing;
    this.#host.drawing(index);
    try {
      const size = await this.#file.pageSize(index);
      if (this.#drawing !== drawing) return;
      if (this.#layout.setSize(index, size)) {
        // Everything is elsewhere now, and this page perhaps not in sight.
        this.#stopDrawing();
        this.#layOut();
        return;
      }
      const { scale } = drawing;
      const canvas = slot.newCanvas();
      const text = slot.newText();
      await this.#file.draw(index, { canvas, text, scale }, drawing.abort.signal);
      if (this.#drawing === drawing) {
        slot.drawn(canvas, text, scale);
        this.#host.drawn(index);
      }
    } catch (error) {
      const { words } = this.#host;
      if (this.#drawing === drawing) slot.giveUp(error instanceof TooMuchError ? words.tooMuch : words.damaged);
    }
    if (this.#drawing !== drawing) return;
    this.#drawing = undefined;
    this.#host.drawing(undefined);
    this.#drawNext();
  }

  #stopDrawing(): void {
    this.#drawing?.abort.abort();
    this.#drawing = undefined;
    this.#host.drawing(undefined);
  }
}

/** Positions are whole pixels: what was only rounded is still the same. */
function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1;
}
