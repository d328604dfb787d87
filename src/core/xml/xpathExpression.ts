/** A parsed XPath 1.0 expression. */
export type XPathExpression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'negate'; readonly operand: XPathExpression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: XPathExpression;
      readonly right: XPathExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly XPathExpression[] }
  /** A set of nodes, cut down. */
  | { readonly kind: 'filter'; readonly base: XPathExpression; readonly predicates: readonly XPathExpression[] }
  | { readonly kind: 'path'; readonly start: 'root' | 'here' | XPathExpression; readonly steps: readonly XPathStep[] };

export type BinaryOperator =
  'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|';

export interface XPathStep {
  readonly axis: XPathAxis;
  readonly test: NodeTest;
  readonly predicates: readonly XPathExpression[];
}

export type XPathAxis =
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'following'
  | 'following-sibling'
  | 'parent'
  | 'preceding'
  | 'preceding-sibling'
  | 'self';

export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string | undefined; readonly local: string }
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'processing-instruction'; readonly target: string | undefined };
