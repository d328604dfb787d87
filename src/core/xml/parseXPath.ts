export type ParsedXPath =
  | { readonly ok: true }
  /** `at`: offset in the path. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

/** Longer ones nobody wrote by hand. */
const LONGEST = 2_000;
const MAX_DEPTH = 50;

/** Checks an expression against the grammar of XPath 1.0 and its function library. Never throws. */
export function parseXPath(path: string): ParsedXPath {
  if (path.length > LONGEST) return { ok: false, problem: `it has more than ${LONGEST} characters`, at: LONGEST };
  try {
    new XPathChecker(tokenise(path), path.length).check();
    return { ok: true };
  } catch (error) {
    if (error instanceof XPathSyntaxError) return { ok: false, problem: error.message, at: error.at };
    throw error;
  }
}

class XPathSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Token {
  readonly kind: 'operator' | 'symbol' | 'name' | 'literal' | 'number' | 'variable';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|(\$[\p{L}_][\p{L}\p{N}\p{M}_.:-]*)|([\p{L}_][\p{L}\p{N}\p{M}_.-]*(?::(?!:)(?:\*|[\p{L}_][\p{L}\p{N}\p{M}_.-]*))?)|(\/\/|::|\.\.|!=|<=|>=|[()[\].@,/|+=<>*-]))/uy;
const OPERATORS: ReadonlySet<string> = new Set(['|', '+', '-', '=', '!=', '<', '<=', '>', '>=', '/', '//']);
const OPERATOR_NAMES: ReadonlySet<string> = new Set(['and', 'or', 'mod', 'div']);

function tokenise(path: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (path.slice(TOKEN.lastIndex).trim() !== '') {
    const start = TOKEN.lastIndex;
    const found = TOKEN.exec(path);
    if (!found) {
      const at = start + path.slice(start).search(/\S/);
      const quote = /["']/.exec(path.charAt(at))?.[0];
      throw new XPathSyntaxError(quote ? `the quote ${quote} is not closed` : 'this character has no meaning here', at);
    }
    const [whole, literal, number, variable, name, symbol] = found;
    const text = literal ?? number ?? variable ?? name ?? symbol ?? '';
    const at = start + whole.length - text.length;
    const kind = literal ? 'literal' : number ? 'number' : variable ? 'variable' : name ? 'name' : 'symbol';
    tokens.push({ kind: afterOperand(tokens.at(-1)) && isOperator(text) ? 'operator' : kind, text, at });
  }
  return tokens;
}

/** Section 3.7: after an operand `*` and names such as `and` are operators, elsewhere they are names. */
function afterOperand(before: Token | undefined): boolean {
  if (!before || before.kind === 'operator') return false;
  return before.kind !== 'symbol' || !['@', '::', '(', '[', ',', '/', '//'].includes(before.text);
}

function isOperator(text: string): boolean {
  return text === '*' || OPERATORS.has(text) || OPERATOR_NAMES.has(text);
}

const NODE_TYPES: ReadonlySet<string> = new Set(['comment', 'text', 'node', 'processing-instruction']);
const AXES: ReadonlySet<string> = new Set([
  ...['ancestor', 'ancestor-or-self', 'attribute', 'child', 'descendant', 'descendant-or-self', 'following'],
  ...['following-sibling', 'namespace', 'parent', 'preceding', 'preceding-sibling', 'self'],
]);

/** The fewest and the most arguments of each function (section 4). */
const FUNCTIONS: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  ...functions(0, 0, ['last', 'position', 'true', 'false']),
  ...functions(1, 1, ['count', 'id', 'boolean', 'not', 'lang', 'sum', 'floor', 'ceiling', 'round']),
  ...functions(0, 1, ['local-name', 'namespace-uri', 'name', 'string', 'string-length', 'normalize-space', 'number']),
  ...functions(2, 2, ['starts-with', 'contains', 'substring-before', 'substring-after']),
  ...functions(2, Infinity, ['concat']),
  ...functions(2, 3, ['substring']),
  ...functions(3, 3, ['translate']),
]);

function functions(fewest: number, most: number, names: readonly string[]): [string, readonly [number, number]][] {
  return names.map((name) => [name, [fewest, most]]);
}

class XPathChecker {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #index = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  check(): void {
    this.#expression(0);
    if (this.#next) this.#fail('what follows is not part of a path');
  }

  #expression(depth: number): void {
    if (depth > MAX_DEPTH) this.#fail('the nesting is too deep');
    for (;;) {
      while (this.#takes('-'));
      this.#path(depth);
      const { kind, text } = this.#next ?? {};
      if (kind !== 'operator' || text === '/' || text === '//') return;
      this.#index++;
    }
  }

  #path(depth: number): void {
    const { kind, text } = this.#next ?? this.#fail('a path is missing at the end');
    const isCall = kind === 'name' && this.#after?.text === '(' && !NODE_TYPES.has(text);
    if (isCall || kind === 'literal' || kind === 'number' || kind === 'variable' || text === '(') {
      this.#primary(depth);
      this.#predicates(depth);
      if (!this.#takes('/') && !this.#takes('//')) return;
    } else if (this.#takes('/')) {
      if (!this.#startsStep()) return;
    } else {
      this.#takes('//');
    }
    do this.#step(depth);
    while (this.#takes('/') || this.#takes('//'));
  }

  #primary(depth: number): void {
    const token = this.#next ?? this.#fail('a value is missing');
    if (token.kind === 'variable') this.#fail('XPath variables are not available here');
    this.#index++;
    if (token.text === '(') {
      this.#expression(depth + 1);
      this.#expect(')');
    } else if (token.kind === 'name') {
      this.#call(token, depth);
    }
  }

  #call({ text, at }: Token, depth: number): void {
    const arity = FUNCTIONS.get(text);
    if (!arity) throw new XPathSyntaxError(`there is no function ${text}`, at);
    this.#expect('(');
    let count = 0;
    if (!this.#takes(')')) {
      do {
        this.#expression(depth + 1);
        count++;
      } while (this.#takes(','));
      this.#expect(')');
    }
    const [fewest, most] = arity;
    if (count < fewest || count > most) throw new XPathSyntaxError(`${text} takes another number of values`, at);
  }

  #startsStep(): boolean {
    const { kind, text = '' } = this.#next ?? {};
    return kind === 'name' || ['.', '..', '@', '*'].includes(text);
  }

  #step(depth: number): void {
    if (this.#takes('.') || this.#takes('..')) return;
    if (!this.#takes('@') && this.#after?.text === '::') {
      if (!AXES.has(this.#next?.text ?? '')) this.#fail('there is no such axis');
      this.#index += 2;
    }
    const { kind, text } = this.#next ?? this.#fail('a name is missing at the end');
    if (kind !== 'name' && text !== '*') this.#fail('a name is missing');
    this.#index++;
    if (NODE_TYPES.has(text) && this.#takes('(')) {
      if (text === 'processing-instruction' && this.#next?.kind === 'literal') this.#index++;
      this.#expect(')');
    }
    this.#predicates(depth);
  }

  #predicates(depth: number): void {
    while (this.#takes('[')) {
      this.#expression(depth + 1);
      this.#expect(']');
    }
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#index];
  }

  get #after(): Token | undefined {
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
