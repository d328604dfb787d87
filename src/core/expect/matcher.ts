/**
 * One thing that a value is held to. `V` is how operands are written: a value of a file, or one with its variables put
 * in.
 */
export type Matcher<V> =
  | { readonly kind: 'equals' | 'contains' | 'matches' | 'atLeast' | 'atMost' | 'oneOf'; readonly operand: V }
  | { readonly kind: 'exists'; readonly expected: boolean }
  /** Any of. */
  | { readonly kind: 'type'; readonly types: readonly MatchedType[] }
  | { readonly kind: 'length' | 'not'; readonly matchers: readonly Matcher<V>[] };

export type MatchedType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';
