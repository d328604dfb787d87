import type { SecretMasker } from '../http/secretMasker';
import type { JsonValue } from '../json/jsonValue';
import { writeJson } from '../json/writeJson';
import type { JsonPathQuery } from '../jsonPath/query';
import { selectJson } from '../jsonPath/selectJson';

/** Bytes of a body that is filtered at most: what is filtered is held in memory several times over. */
export const FILTER_BYTES = 64 * 1024 * 1024;
/** Values that are listed at most. */
export const FILTER_HITS = 10_000;
/** Characters of what is listed, at most; the last value may reach beyond. */
const FILTER_CHARACTERS = 4 * 1024 * 1024;

/** Where the JSON is that is filtered. */
export type JsonSource =
  | { readonly kind: 'text'; readonly text: string }
  /** A complete file in UTF-8; `forms` of secrets are masked in what is found. */
  | { readonly kind: 'file'; readonly path: string; readonly size: number; readonly forms: readonly string[] };

export type FilterOutcome =
  | {
      readonly kind: 'hits';
      /** A JSON array of the values, secrets masked. */
      readonly text: string;
      readonly count: number;
      /** Of {@link count}, those that are in the text. */
      readonly shown: number;
    }
  /** The path looks at more than can be looked at, or takes more memory than there is. */
  | { readonly kind: 'tooMuch' };

/** Filters JSON by a path, somewhere else than on the thread that everything else runs on. */
export interface JsonFilter {
  /**
   * @param key tells one source from another: the JSON of the last one is kept for the next path.
   * @param path a valid JSONPath.
   * Rejects with an `AbortError` when the signal fires.
   */
  filter(key: string, source: JsonSource, path: string, signal: AbortSignal): Promise<FilterOutcome>;
}

/** The values that a path finds, as a text. */
export function filterJson(root: JsonValue, query: JsonPathQuery, mask: SecretMasker): FilterOutcome {
  const values = selectJson(query, root);
  if (!values) return { kind: 'tooMuch' };
  const texts: string[] = [];
  let characters = 0;
  for (const value of values.slice(0, FILTER_HITS)) {
    if (characters > FILTER_CHARACTERS) break;
    const text = writeJson(value);
    characters += text.length;
    texts.push(text);
  }
  // Written anew, a string may show what its escapes hid.
  return { kind: 'hits', text: mask(`[${texts.join(',')}]`), count: values.length, shown: texts.length };
}
