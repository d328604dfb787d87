import type { StructuredLanguage } from './classify';

/** Bytes of a body that is filtered at most: what is filtered is held in memory several times over. */
export const FILTER_BYTES = 64 * 1024 * 1024;
/** Hits that are listed at most. */
export const FILTER_HITS = 10_000;
/** Characters of what is listed, at most; the last hit may reach beyond. */
const FILTER_CHARACTERS = 4 * 1024 * 1024;

/** Where the text is that is filtered: JSON by a JSONPath (RFC 9535), XML by an XPath 1.0. */
export type FilterSource = { readonly language: StructuredLanguage } & (
  | { readonly kind: 'text'; readonly text: string }
  | {
      /** A complete file. */
      readonly kind: 'file';
      readonly path: string;
      readonly size: number;
      /** A label that `TextDecoder` knows. */
      readonly charset: string;
      /** Forms of secrets that are masked in what is found. */
      readonly forms: readonly string[];
    }
);

/** What was found, as a text. */
export interface FilterHits {
  readonly kind: 'hits';
  /** What the text is: JSON and XML are laid out. */
  readonly language: StructuredLanguage | 'text';
  /** A JSON array of values, or nodes of XML or lines of text one after the other; secrets masked. */
  readonly text: string;
  readonly count: number;
  /** Of {@link count}, those that are in the text. */
  readonly shown: number;
}

export type FilterOutcome =
  | FilterHits
  /** The path looks at more than can be looked at, or takes more memory than there is. */
  | { readonly kind: 'tooMuch' }
  /** The path means nothing in this body; in a few words, why. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** The body is not what it is said to be, from this line and column on. */
  | { readonly kind: 'unreadable'; readonly problem: string; readonly line: number; readonly column: number };

/** Filters bodies by a path, somewhere else than on the thread that everything else runs on. */
export interface BodyFilter {
  /**
   * @param key tells one source from another: what was read of the last one is kept for the next path.
   * @param path a valid path in the language of the source.
   * Rejects with an `AbortError` when the signal fires.
   */
  filter(key: string, source: FilterSource, path: string, signal: AbortSignal): Promise<FilterOutcome>;
}

/** The texts of the first hits, as many as are listed. */
export function listedHits<T>(hits: readonly T[], textOf: (hit: T) => string): readonly string[] {
  const texts: string[] = [];
  let characters = 0;
  for (const hit of hits.slice(0, FILTER_HITS)) {
    if (characters > FILTER_CHARACTERS) break;
    const text = textOf(hit);
    characters += text.length;
    texts.push(text);
  }
  return texts;
}
