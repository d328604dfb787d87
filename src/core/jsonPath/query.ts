import type { JsonValue } from '../json/jsonValue';

/** A parsed JSONPath query (RFC 9535). `@` begins at the value that a filter looks at. */
export interface JsonPathQuery {
  readonly root: '$' | '@';
  readonly segments: readonly Segment[];
}

export interface Segment {
  /** `..`: the selectors are applied to everything below, too. */
  readonly descendant: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start?: number; readonly end?: number; readonly step?: number }
  | { readonly kind: 'filter'; readonly test: Logical };

export type Logical =
  | { readonly kind: 'or' | 'and'; readonly terms: readonly Logical[] }
  | { readonly kind: 'not'; readonly term: Logical }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Comparable; readonly right: Comparable }
  | { readonly kind: 'exists'; readonly query: JsonPathQuery }
  /** `match` where the `whole` text has to match, `search` where a part is enough. */
  | { readonly kind: 'matches'; readonly whole: boolean; readonly text: Comparable; readonly pattern: Comparable };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** What stands for one value, or for nothing. */
export type Comparable =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  /** The query is singular. */
  | { readonly kind: 'query'; readonly query: JsonPathQuery }
  | { readonly kind: 'length'; readonly of: Comparable }
  | { readonly kind: 'count' | 'value'; readonly query: JsonPathQuery };

/** Whether a query can find one value at most (RFC 9535 §2.3.5.1). */
export function isSingular({ segments }: JsonPathQuery): boolean {
  return segments.every(({ descendant, selectors }) => {
    const [only, ...others] = selectors;
    return !descendant && others.length === 0 && (only?.kind === 'name' || only?.kind === 'index');
  });
}
