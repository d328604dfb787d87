import type { RequestEntry } from '../request/model';
import type { LanguageFile } from './languageFile';

/** What was made of one request. */
export interface OfRequest<T> {
  readonly request: RequestEntry;
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
  #known: ReadonlyMap<string, T> = new Map();

  /** @param make is given the text of a request, from which offsets count, and the request as it is in the file. */
  constructor(make: (text: string, request: RequestEntry) => T) {
    this.#make = make;
  }

  /** In file order. */
  of({ text, requests }: LanguageFile): readonly OfRequest<T>[] {
    const known = new Map<string, T>();
    const all = (requests?.requests ?? []).map((request): OfRequest<T> => {
      const { start, end } = request.extent;
      const piece = text.slice(start, end);
      const value = known.get(piece) ?? this.#known.get(piece) ?? this.#make(piece, request);
      known.set(piece, value);
      return { request, start, value };
    });
    this.#known = known;
    return all;
  }
}

/** The pieces of a file's text that belong to no request. */
export function* outsideRequests({
  text,
  requests,
}: LanguageFile): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  for (const { extent } of requests?.requests ?? []) {
    if (extent.start > start) yield { start, end: extent.start };
    start = Math.max(start, extent.end);
  }
  if (start < text.length) yield { start, end: text.length };
}
