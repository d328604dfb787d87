/**
 * One thing that a value is held to. `V` is how operands are written: a value of a file, one with its variables put in,
 * or JSON.
 */
export type Matcher<V> =
  | { readonly kind: 'equals' | 'contains' | 'matches' | 'atLeast' | 'atMost' | 'oneOf'; readonly operand: V }
  | { readonly kind: 'exists'; readonly expected: boolean }
  /** Any of. */
  | { readonly kind: 'type'; readonly types: readonly MatchedType[] }
  | { readonly kind: 'length' | 'not'; readonly matchers: readonly Matcher<V>[] };

export type MatchedType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** The same matcher with its operands written in another way. */
export function mapOperands<V, W>(matcher: Matcher<V>, write: (operand: V) => W): Matcher<W> {
  if ('operand' in matcher) return { kind: matcher.kind, operand: write(matcher.operand) };
  if (!('matchers' in matcher)) return matcher;
  return { kind: matcher.kind, matchers: matcher.matchers.map((each) => mapOperands(each, write)) };
}
