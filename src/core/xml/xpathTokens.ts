/** Why an XPath cannot be read, and where: an offset in it. */
export class XPathSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export interface XPathToken {
  readonly kind: 'operator' | 'symbol' | 'name' | 'literal' | 'number' | 'variable';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|(\$[\p{L}_][\p{L}\p{N}\p{M}_.:-]*)|([\p{L}_][\p{L}\p{N}\p{M}_.-]*(?::(?!:)(?:\*|[\p{L}_][\p{L}\p{N}\p{M}_.-]*))?)|(\/\/|::|\.\.|!=|<=|>=|[()[\].@,/|+=<>*-]))/uy;
const OPERATORS: ReadonlySet<string> = new Set([
  ...['|', '+', '-', '=', '!=', '<', '<=', '>', '>=', '/', '//', '*', 'and', 'or', 'mod', 'div'],
]);
const BEFORE_OPERANDS: ReadonlySet<string> = new Set(['@', '::', '(', '[', ',', '/', '//']);

/** The pieces of an expression (XPath 1.0 §3.7). */
export function xpathTokens(path: string): readonly XPathToken[] {
  const tokens: XPathToken[] = [];
  TOKEN.lastIndex = 0;
  for (let start = 0; path.slice(start).trim() !== ''; start = TOKEN.lastIndex) {
    const found = TOKEN.exec(path);
    if (!found) {
      const at = start + path.slice(start).search(/\S/);
      const quote = /["']/.exec(path.charAt(at))?.[0];
      throw new XPathSyntaxError(quote ? `the quote ${quote} is not closed` : 'this character has no meaning here', at);
    }
    const [whole, literal, number, variable, name, symbol] = found;
    const text = literal ?? number ?? variable ?? name ?? symbol ?? '';
    const kind = literal ? 'literal' : number ? 'number' : variable ? 'variable' : name ? 'name' : 'symbol';
    const isOperator = OPERATORS.has(text) && isOperand(tokens.at(-1));
    tokens.push({ kind: isOperator ? 'operator' : kind, text, at: start + whole.length - text.length });
  }
  return tokens;
}

/** After an operand `*` and names such as `and` are operators, elsewhere they are names. */
function isOperand(token: XPathToken | undefined): boolean {
  if (!token || token.kind === 'operator') return false;
  return token.kind !== 'symbol' || !BEFORE_OPERANDS.has(token.text);
}
