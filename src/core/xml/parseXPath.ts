import type { BinaryOperator, NodeTest, XPathAxis, XPathExpression, XPathStep } from './xpathExpression';
import { xpathFunctions } from './xpathFunctionNames';
import { XPathSyntaxError, xpathTokens, type XPathToken } from './xpathTokens';

export type ParsedXPath =
  | { readonly ok: true; readonly expression: XPathExpression }
  /** `at`: offset in the path. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

/** Longer ones nobody wrote by hand. */
const LONGEST = 2_000;
const MAX_DEPTH = 50;

/** Parses an expression of XPath 1.0. Never throws. */
export function parseXPath(path: string): ParsedXPath {
  if (path.length > LONGEST) return { ok: false, problem: `it has more than ${LONGEST} characters`, at: LONGEST };
  try {
    return { ok: true, expression: new XPathParser(xpathTokens(path), path.length).parse() };
  } catch (error) {
    if (error instanceof XPathSyntaxError) return { ok: false, problem: error.message, at: error.at };
    throw error;
  }
}

/** From the loosest to the tightest. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];
const NODE_TYPES: ReadonlySet<string> = new Set(['comment', 'text', 'node', 'processing-instruction']);
const AXES: readonly XPathAxis[] = [
  ...(['ancestor', 'ancestor-or-self', 'attribute', 'child', 'descendant', 'descendant-or-self'] as const),
  ...(['following', 'following-sibling', 'parent', 'preceding', 'preceding-sibling', 'self'] as const),
];
const ANY_NODE: NodeTest = { kind: 'node' };
/** What `//` is short for. */
const ALL_BELOW: XPathStep = { axis: 'descendant-or-self', test: ANY_NODE, predicates: [] };

class XPathParser {
  readonly #tokens: readonly XPathToken[];
  readonly #end: number;
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly XPathToken[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parse(): XPathExpression {
    const expression = this.#expression();
    if (this.#next) this.#fail('what follows is not part of a path');
    return expression;
  }

  #expression(): XPathExpression {
    if (++this.#depth > MAX_DEPTH) this.#fail('the nesting is too deep');
    const expression = this.#level(0);
    this.#depth--;
    return expression;
  }

  #level(level: number): XPathExpression {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#level(level + 1);
    for (;;) {
      const { kind, text } = this.#next ?? {};
      const operator = kind === 'operator' ? operators.find((known) => known === text) : undefined;
      if (!operator) return left;
      this.#index++;
      left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
    }
  }

  #unary(): XPathExpression {
    let negations = 0;
    while (this.#takes('-')) negations++;
    let operand = this.#path();
    while (this.#takes('|')) operand = { kind: 'binary', operator: '|', left: operand, right: this.#path() };
    // Twice turns whatever it is into a number and leaves its sign.
    for (; negations > 0; negations = negations > 2 ? negations - 2 : negations - 1)
      operand = { kind: 'negate', operand };
    return operand;
  }

  #path(): XPathExpression {
    const { kind, text } = this.#next ?? this.#fail('a path is missing at the end');
    const isCall = kind === 'name' && this.#after?.text === '(' && !NODE_TYPES.has(text);
    if (isCall || kind === 'literal' || kind === 'number' || kind === 'variable' || text === '(') {
      return this.#pathFrom(this.#filtered());
    }
    if (this.#takes('/')) return { kind: 'path', start: 'root', steps: this.#startsStep() ? this.#steps([]) : [] };
    if (this.#takes('//')) return { kind: 'path', start: 'root', steps: this.#steps([ALL_BELOW]) };
    return { kind: 'path', start: 'here', steps: this.#steps([]) };
  }

  #pathFrom(start: XPathExpression): XPathExpression {
    if (this.#takes('/')) return { kind: 'path', start, steps: this.#steps([]) };
    if (this.#takes('//')) return { kind: 'path', start, steps: this.#steps([ALL_BELOW]) };
    return start;
  }

  #filtered(): XPathExpression {
    const base = this.#primary();
    const predicates = this.#predicates();
    return predicates.length === 0 ? base : { kind: 'filter', base, predicates };
  }

  #primary(): XPathExpression {
    const token = this.#next ?? this.#fail('a value is missing');
    const { kind, text } = token;
    if (kind === 'variable') this.#fail('XPath variables are not available here');
    this.#index++;
    if (kind === 'literal') return { kind, value: text.slice(1, -1) };
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind === 'name') return this.#call(token);
    const inner = this.#expression();
    this.#expect(')');
    return inner;
  }

  #call({ text: name, at }: XPathToken): XPathExpression {
    const arity = xpathFunctions.get(name);
    if (!arity) throw new XPathSyntaxError(`there is no function ${name}`, at);
    this.#expect('(');
    const values: XPathExpression[] = [];
    if (!this.#takes(')')) {
      do values.push(this.#expression());
      while (this.#takes(','));
      this.#expect(')');
    }
    const [fewest, most] = arity;
    if (values.length < fewest || values.length > most) {
      throw new XPathSyntaxError(`${name} takes another number of values`, at);
    }
    return { kind: 'call', name, values };
  }

  #startsStep(): boolean {
    const { kind, text = '' } = this.#next ?? {};
    return kind === 'name' || ['.', '..', '@', '*'].includes(text);
  }

  #steps(steps: XPathStep[]): readonly XPathStep[] {
    for (;;) {
      steps.push(this.#step());
      if (this.#takes('//')) steps.push(ALL_BELOW);
      else if (!this.#takes('/')) return steps;
    }
  }

  #step(): XPathStep {
    if (this.#takes('.')) return { axis: 'self', test: ANY_NODE, predicates: [] };
    if (this.#takes('..')) return { axis: 'parent', test: ANY_NODE, predicates: [] };
    const axis = this.#axis();
    const test = this.#nodeTest();
    return { axis, test, predicates: this.#predicates() };
  }

  #axis(): XPathAxis {
    if (this.#takes('@')) return 'attribute';
    if (this.#after?.text !== '::') return 'child';
    const axis = AXES.find((known) => known === this.#next?.text) ?? this.#fail('there is no such axis');
    this.#index += 2;
    return axis;
  }

  #nodeTest(): NodeTest {
    const { kind, text } = this.#next ?? this.#fail('a name is missing at the end');
    if (kind !== 'name' && text !== '*') this.#fail('a name is missing');
    this.#index++;
    if (!NODE_TYPES.has(text) || !this.#takes('(')) {
      const colon = text.indexOf(':');
      return { kind: 'name', prefix: colon < 0 ? undefined : text.slice(0, colon), local: text.slice(colon + 1) };
    }
    if (text !== 'processing-instruction') {
      this.#expect(')');
      return { kind: text as 'node' | 'text' | 'comment' };
    }
    const target = this.#next?.kind === 'literal' ? this.#next.text.slice(1, -1) : undefined;
    if (target !== undefined) this.#index++;
    this.#expect(')');
    return { kind: text, target };
  }

  #predicates(): readonly XPathExpression[] {
    const predicates: XPathExpression[] = [];
    while (this.#takes('[')) {
      predicates.push(this.#expression());
      this.#expect(']');
    }
    return predicates;
  }

  get #next(): XPathToken | undefined {
    return this.#tokens[this.#index];
  }

  get #after(): XPathToken | undefined {
    return this.#tokens[this.#index + 1];
  }

  #takes(text: string): boolean {
    const next = this.#next;
    if (next?.text !== text || next.kind === 'literal') return false;
    this.#index++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) this.#fail(`${text} is missing`);
  }

  #fail(problem: string): never {
    throw new XPathSyntaxError(problem, this.#next?.at ?? this.#end);
  }
}
