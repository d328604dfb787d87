import type { FindState } from '../findBar';
import { LayerText } from './layerText';
import { comparable, placesOf } from './textSearch';

/** Matches that are counted at most. */
const MOST_MATCHES = 10_000;
/** A page whose text does not come within this counts as one without text. Milliseconds. */
const PATIENCE = 10_000;
/** Characters of pages that are kept for the next search. */
const MOST_KEPT = 32_000_000;

export interface PdfFindHost {
  readonly pageCount: number;
  /** Where to begin: the page that the reader is at. */
  readonly current: () => number;
  readonly textOf: (page: number) => Promise<string>;
  /** The texts over the pictures of the pages that are drawn. */
  readonly layers: () => ReadonlyMap<number, HTMLElement>;
  readonly goToPage: (page: number) => void;
  /** Brings a part of a page that is drawn into sight. */
  readonly reveal: (part: Range) => void;
  /** Something changed that the find bar shows. */
  readonly changed: () => void;
}

interface Match {
  readonly page: number;
  /** Among the matches of its page. */
  readonly nth: number;
  /** It is found on the second way, from the first page on. */
  readonly isBefore: boolean;
  /** Among those of its way. */
  readonly ordinal: number;
}

/**
 * Finding in a PDF. Pages are looked through from the one in sight to the last, then from the first; matches are
 * numbered in the order of the pages. Those on pages that are drawn are marked by highlights, which change nothing in
 * the page.
 */
export class PdfFind {
  readonly #host: PdfFindHost;
  readonly #texts = new Map<number, string>();
  #kept = 0;
  readonly #all = new Highlight();
  readonly #current = new Highlight();
  #searching = new AbortController();
  #written = '';
  #wanted = '';
  #from: Match[] = [];
  #before: Match[] = [];
  #shown: Match | undefined;
  #more = false;
  /** The match that is brought into sight as soon as its page is drawn. */
  #awaited: Match | undefined;

  constructor(host: PdfFindHost) {
    this.#host = host;
    this.#current.priority = 1;
    CSS.highlights.set('latchkey-match', this.#all);
    CSS.highlights.set('latchkey-match-current', this.#current);
  }

  get state(): FindState {
    const counted = { index: this.#index, count: this.#count, more: this.#more };
    return { text: this.#written, isAnswered: true, isFailed: false, ...counted };
  }

  search(text: string): void {
    this.#searching.abort();
    this.#searching = new AbortController();
    this.#written = text;
    this.#wanted = comparable(text);
    this.#from = [];
    this.#before = [];
    this.#shown = this.#awaited = undefined;
    this.#more = text !== '';
    this.#mark();
    this.#host.changed();
    if (text !== '') void this.#look(this.#searching.signal);
  }

  /** To the next match or the previous one, round the end. */
  step(by: 1 | -1): void {
    const count = this.#count;
    const index = count === 0 ? -1 : (this.#index + by + count) % count;
    const match = this.#before[index] ?? this.#from[index - this.#before.length];
    if (match) this.#show(match);
  }

  /** A page has been drawn. */
  drawn(page: number): void {
    this.#mark();
    if (this.#awaited?.page === page) this.#reveal();
  }

  /** Nothing is looked for and marked any more. */
  end(): void {
    this.#searching.abort();
    CSS.highlights.delete('latchkey-match');
    CSS.highlights.delete('latchkey-match-current');
  }

  get #count(): number {
    return this.#before.length + this.#from.length;
  }

  get #index(): number {
    const match = this.#shown;
    if (!match) return -1;
    return match.isBefore ? match.ordinal : this.#before.length + match.ordinal;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { pageCount, current, changed } = this.#host;
    const start = current();
    for (let step = 0; step < pageCount && this.#count < MOST_MATCHES; step++) {
      const page = (start + step) % pageCount;
      const text = await this.#text(page);
      if (signal.aborted) return;
      this.#add(page, placesOf(text, this.#wanted, MOST_MATCHES - this.#count).length, page < start);
    }
    this.#more = this.#count >= MOST_MATCHES;
    changed();
  }

  #add(page: number, count: number, isBefore: boolean): void {
    if (count === 0) return;
    const matches = isBefore ? this.#before : this.#from;
    for (let nth = 0; nth < count; nth++) matches.push({ page, nth, isBefore, ordinal: matches.length });
    const [first] = matches;
    if (!this.#shown && first) this.#show(first);
    else this.#mark();
    this.#host.changed();
  }

  async #text(page: number): Promise<string> {
    const known = this.#texts.get(page);
    if (known !== undefined) return known;
    const text = comparable(await withPatience(this.#host.textOf(page)));
    this.#kept += text.length;
    if (this.#kept <= MOST_KEPT) this.#texts.set(page, text);
    return text;
  }

  #show(match: Match): void {
    this.#shown = this.#awaited = match;
    this.#mark();
    this.#host.changed();
    if (this.#host.layers().has(match.page)) this.#reveal();
    else this.#host.goToPage(match.page);
  }

  #reveal(): void {
    this.#awaited = undefined;
    const [part] = this.#current;
    if (part instanceof Range) this.#host.reveal(part);
  }

  /** Marks what is found on the pages that are drawn. */
  #mark(): void {
    this.#all.clear();
    this.#current.clear();
    if (this.#count === 0) return;
    for (const [page, layer] of this.#host.layers()) {
      const drawn = new LayerText(layer);
      placesOf(comparable(drawn.text), this.#wanted, MOST_MATCHES).forEach((place, nth) => {
        const isShown = this.#shown?.page === page && this.#shown.nth === nth;
        (isShown ? this.#current : this.#all).add(drawn.range(place, place + this.#wanted.length));
      });
    }
  }
}

/** The text of a page, or none where it cannot be had. */
async function withPatience(text: Promise<string>): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(''), PATIENCE)));
  try {
    return await Promise.race([text.catch(() => ''), late]);
  } finally {
    clearTimeout(timer);
  }
}
