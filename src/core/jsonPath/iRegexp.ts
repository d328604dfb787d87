import { LinearExpression } from '../regex/linearExpression';

/** The grammar of I-Regexp (RFC 9485 §3), as far as it is narrower than that of JavaScript. */
const PIECE =
  /\\[pP]\{[A-Z][a-zA-Z]?\}|\\[()*+\-.?[\\\]^nrt{|}$]|\[\^?(?:\\[^]|[^\]\\])+\]|[()|*+?]|\{\d+(?:,\d*)?\}|[^()*+.?[\\\]{|}]|\./uy;
const IN_CLASS = /\\[pP]\{[A-Z][a-zA-Z]?\}|\\[()*+\-.?[\\\]^nrt{|}$]|[^\\[\]]/uy;

/**
 * An I-Regexp as an expression that is matched in linear time (RFC 9485 §5.3). `undefined` for what is none, and for
 * what is too big.
 */
export function toExpression(pattern: string, whole: boolean): LinearExpression | undefined {
  const source = translate(pattern);
  if (source === undefined) return undefined;
  const parsed = LinearExpression.parse(whole ? `^(?:${source})$` : source);
  return parsed.ok ? parsed.expression : undefined;
}

function translate(pattern: string): string | undefined {
  const found = pieces(pattern, PIECE);
  const faulty = !found || found.some((piece) => isClass(piece) && !pieces(piece.slice(1, -1), IN_CLASS));
  return faulty ? undefined : found.map((piece) => (isClass(piece) ? piece : outside(piece))).join('');
}

function isClass(piece: string): boolean {
  return piece.startsWith('[');
}

/** `undefined` where something else stands between the pieces. */
function pieces(text: string, piece: RegExp): readonly string[] | undefined {
  const found: string[] = [];
  piece.lastIndex = 0;
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    const next = piece.exec(text)?.[0];
    if (next === undefined) return undefined;
    found.push(next);
  }
  return found;
}

function outside(piece: string): string {
  if (piece === '.') return '[^\\n\\r]';
  // An escaped hyphen is an error outside of a class in JavaScript.
  return piece === '\\-' ? '-' : piece;
}
