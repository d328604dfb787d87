import type { PageSize } from './pageLayout';

/** pdf.js lays text out in points. */
const PIXELS_PER_POINT = 96 / 72;

/** The place of a page in the view: a sheet of paper, what is drawn on it, and its text. */
export class PageSlot {
  readonly element = document.createElement('div');
  /** What its picture was drawn with; `undefined` while there is none. */
  drawnScale: number | undefined;
  /** It cannot be drawn. */
  isGivenUp = false;
  #canvas: HTMLCanvasElement | undefined;
  #text: HTMLElement | undefined;

  /** @param label for screen readers. */
  constructor(label: string) {
    this.element.className = 'page';
    this.element.role = 'group';
    this.element.ariaLabel = label;
  }

  place({ top, width, height }: PageSize & { readonly top: number }, left: number, scale: number): void {
    const { style } = this.element;
    style.top = `${top}px`;
    style.left = `${left}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    // What the text layer is laid out with: it follows without being made anew.
    style.setProperty('--total-scale-factor', `${scale * PIXELS_PER_POINT}`);
  }

  /** A canvas to draw on. The first one is seen while it is drawn on, others when they are done. */
  newCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    // Its text says it all, where there is some.
    canvas.ariaHidden = 'true';
    if (!this.#canvas) this.#show(canvas);
    return canvas;
  }

  /** The text over the picture; `undefined` while there is none. */
  get text(): HTMLElement | undefined {
    return this.#text;
  }

  /** Where the text is to go, if it is not there yet. */
  newText(): HTMLElement | undefined {
    if (this.#text) return undefined;
    const text = document.createElement('div');
    text.className = 'text-layer';
    return text;
  }

  drawn(canvas: HTMLCanvasElement, text: HTMLElement | undefined, scale: number): void {
    this.drawnScale = scale;
    this.#show(canvas);
    if (!text) return;
    this.#text = text;
    this.element.append(text);
  }

  /** In place of the page. */
  giveUp(words: string): void {
    this.isGivenUp = true;
    this.#release();
    const note = document.createElement('p');
    note.textContent = words;
    this.element.replaceChildren(note);
  }

  /** Nothing of it is kept. */
  remove(): void {
    this.#release();
    this.element.remove();
  }

  #show(canvas: HTMLCanvasElement): void {
    if (canvas === this.#canvas) return;
    this.#release();
    this.#canvas = canvas;
    this.element.prepend(canvas);
  }

  /** A canvas keeps its pixels until it is collected, unless it has none. */
  #release(): void {
    if (!this.#canvas) return;
    this.#canvas.width = this.#canvas.height = 0;
    this.#canvas.remove();
    this.#canvas = undefined;
  }
}
