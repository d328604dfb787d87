/** CSS pixels at 100%. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** As wide as the view, or a factor. */
export type Zoom = 'fit' | number;

/** Space around pages. */
export const GAP = 12;

/** A narrow page is not blown up without end, and a very long one is still a page. */
const LARGEST_FIT = 2;
const MOST_HEIGHT = 100_000;

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

/** The next larger step, or the next smaller one. */
export function zoomStep(scale: number, by: 1 | -1): number {
  // Steps are as good as equal when nobody sees a difference.
  const next = by > 0 ? STEPS.find((step) => step > scale * 1.01) : STEPS.findLast((step) => step < scale * 0.99);
  return next ?? scale;
}

/** A place in a document that stays the same when pages are laid out anew: a page, and how far down on it. */
export type Place = number;

/** Where pages are that lie below each other. The size of a page is taken to be that of the first until it is known. */
export class PageLayout {
  readonly #sizes: PageSize[];
  readonly #tops: Float64Array;
  #zoom: Zoom = 'fit';
  #viewWidth = 0;
  #widest = 0;

  constructor(count: number, first: PageSize) {
    this.#sizes = Array.from({ length: count }, () => first);
    this.#tops = new Float64Array(count + 1);
  }

  get count(): number {
    return this.#sizes.length;
  }

  /** Of all pages with the space around them. */
  get height(): number {
    return this.#tops[this.count] ?? 0;
  }

  /** Of the widest page with the space around it, and not less than what there is. */
  get width(): number {
    return Math.max(this.#viewWidth, this.#widest + 2 * GAP);
  }

  layOut(zoom: Zoom, viewWidth: number): void {
    this.#zoom = zoom;
    this.#viewWidth = viewWidth;
    this.#stack();
  }

  /** Whether it was thought to be another. */
  setSize(index: number, size: PageSize): boolean {
    const { width, height } = this.#size(index);
    if (width === size.width && height === size.height) return false;
    this.#sizes[index] = size;
    this.#stack();
    return true;
  }

  scale(index: number): number {
    const { width, height } = this.#size(index);
    const wanted = this.#zoom === 'fit' ? Math.min(LARGEST_FIT, (this.#viewWidth - 2 * GAP) / width) : this.#zoom;
    return Math.max(0.01, Math.min(wanted, MOST_HEIGHT / height));
  }

  box(index: number): PageSize & { readonly top: number } {
    const { width, height } = this.#size(index);
    const scale = this.scale(index);
    return { top: this.#tops[index] ?? 0, width: width * scale, height: height * scale };
  }

  /** The page at this height, or the one above the space there. */
  pageAt(y: number): number {
    let from = 0;
    let to = this.count - 1;
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      if ((this.#tops[middle] ?? 0) <= y) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  placeAt(y: number): Place {
    const page = this.pageAt(y);
    const { top, height } = this.box(page);
    // What lies between two pages is the end of the first; above the first page the document begins.
    return page + Math.max(0, Math.min(0.999, (y - top) / height));
  }

  topOf(place: Place): number {
    if (place === 0) return 0;
    const page = Math.min(Math.floor(place), this.count - 1);
    const { top, height } = this.box(page);
    return top + (place - page) * height;
  }

  #size(index: number): PageSize {
    return this.#sizes[index] ?? { width: 1, height: 1 };
  }

  #stack(): void {
    let top = GAP;
    this.#widest = 0;
    for (let index = 0; index < this.count; index++) {
      this.#tops[index] = top;
      const { width, height } = this.box(index);
      top += height + GAP;
      this.#widest = Math.max(this.#widest, width);
    }
    this.#tops[this.count] = top;
  }
}
