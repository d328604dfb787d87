import type { TextRange } from '../request/diagnostic';
import { partsOf } from '../request/document/placedFile';
import type { RequestEntry } from '../request/model';
import type { Steps } from '../request/steps';
import type { LanguageFile } from './languageFile';

/** What was made of one request. */
export interface OfRequest<T> {
  /** Where its text begins: offsets in `value` count from here. */
  readonly start: number;
  readonly value: T;
}

/**
 * Keeps what is made of each request of a file until its text changes: after a keystroke in a file of thousands of
 * requests only one of them is looked at.
 */
export class PerRequest<T> {
  readonly #make: (text: string, request: RequestEntry) => T;
  /** By the request as it was read: as long as its text is the same, it is the same object. */
  readonly #made = new WeakMap<RequestEntry, T>();

  /**
   * @param make is given the text of a request, and the request as it was read: its ranges count from wherever its
   * `extent` begins.
   */
  constructor(make: (text: string, request: RequestEntry) => T) {
    this.#make = make;
  }

  /** In file order. Pauses after each request that is new. */
  *of({ text, requests: file }: LanguageFile): Steps<readonly OfRequest<T>[]> {
    if (!file) return [];
    const read = partsOf(file).requests.flatMap(({ request }) => request ?? []);
    const all: OfRequest<T>[] = [];
    for (const [index, { extent }] of file.requests.entries()) {
      const request = read[index];
      if (!request) continue;
      if (!this.#made.has(request)) {
        this.#made.set(request, this.#make(text.slice(extent.start, extent.end), request));
        yield;
      }
      all.push({ start: extent.start, value: this.#made.get(request) as T });
    }
    return all;
  }
}

/** The pieces of a file's text that belong to no request. */
export function* outsideRequests({ text, requests }: LanguageFile): Generator<TextRange> {
  let start = 0;
  for (const { extent } of requests?.requests ?? []) {
    if (extent.start > start) yield { start, end: extent.start };
    start = Math.max(start, extent.end);
  }
  if (start < text.length) yield { start, end: text.length };
}
