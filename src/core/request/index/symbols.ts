import type { TextRange } from '../diagnostic';

/**
 * Something that has a name in request files. A capture belongs to the request of its file that captures it; a
 * variable that a request defines is seen by that request only, all others by the whole file.
 */
export type RequestSymbol =
  | { readonly kind: 'request' | 'variable' | 'connection' | 'input' | 'secret' | 'env'; readonly name: string }
  | { readonly kind: 'capture'; readonly request: string; readonly name: string };

export type SymbolKind = RequestSymbol['kind'];

/** Where a request file defines or uses something. */
export interface Occurrence {
  readonly symbol: RequestSymbol;
  /** In the text of its file: the name where it is defined, the whole expression or value where it is used. */
  readonly range: TextRange;
  /** The request it stands in, by name; `undefined` at the top level. */
  readonly within: string | undefined;
}

/** One text for the same symbol. */
export function symbolKey(symbol: RequestSymbol): string {
  return symbol.kind === 'capture' ? `capture ${symbol.request}.${symbol.name}` : `${symbol.kind} ${symbol.name}`;
}
