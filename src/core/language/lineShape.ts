import type { TextRange } from '../request/diagnostic';

/** What one line of block YAML looks like, read without its surroundings: it may as well be inside of a scalar. */
export interface LineShape {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Spaces before the first character that is none. */
  readonly indent: number;
  /** Columns of the dashes of list items that start here. */
  readonly dashes: readonly number[];
  /** Where the content begins that follows the dashes; the end of the line when there is none. */
  readonly content: number;
  readonly key: LineKey | undefined;
  /** The scalar or the start of the collection: after the key and an anchor, up to a comment. Empty when there is none. */
  readonly value: TextRange;
  /** Offset of the `#` of a comment. */
  readonly comment: number | undefined;
}

export interface LineKey {
  /** Without quotes. */
  readonly text: string;
  /** Quotes included. */
  readonly range: TextRange;
  readonly column: number;
  /** Offset of the colon. */
  readonly colon: number;
}

/** The line that begins at an offset. */
export function lineShape(text: string, start: number): LineShape {
  const end = lineEnd(text, start);
  let at = skipSpaces(text, start, end);
  const indent = at - start;
  const dashes: number[] = [];
  while (text[at] === '-' && at < end && (at + 1 === end || isSpace(text[at + 1]))) {
    dashes.push(at - start);
    at = skipSpaces(text, at + 1, end);
  }
  const content = at;
  const key = keyAt(text, content, end, start);
  const from = skipProperties(text, skipSpaces(text, key ? key.colon + 1 : content, end), end);
  const comment = commentFrom(text, from, end);
  return { start, end, indent, dashes, content, key, value: trimmed(text, from, comment ?? end), comment };
}

/** Whether a line has neither a key nor a value, nor starts a list item. */
export function isBlank({ key, value, dashes }: LineShape): boolean {
  return !key && dashes.length === 0 && value.start === value.end;
}

/** Start of the line that an offset is in. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** End of the line, without its line break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line starts; `undefined` after the last one. */
export function nextLine(text: string, offset: number): number | undefined {
  const found = text.indexOf('\n', offset);
  return found < 0 ? undefined : found + 1;
}

/** Whether a value is the head of a block scalar such as `|` or `>-`. */
export function isBlockScalarHead(value: string): boolean {
  return /^[|>][-+0-9]*$/.test(value);
}

function keyAt(text: string, content: number, end: number, start: number): LineKey | undefined {
  const first = text.charAt(content);
  if (content >= end || '{[#|>'.includes(first)) return undefined;
  const quoted = first === '"' || first === "'";
  const keyEnd = quoted ? quoteEnd(text, content, end) : plainKeyEnd(text, content, end);
  if (keyEnd === undefined) return undefined;
  const colon = quoted ? skipSpaces(text, keyEnd, end) : keyEnd;
  if (text[colon] !== ':' || colon >= end || (colon + 1 < end && !isSpace(text[colon + 1]))) return undefined;
  const range = quoted ? { start: content, end: keyEnd } : trimmed(text, content, keyEnd);
  return { text: unquoted(text.slice(range.start, range.end)), range, column: content - start, colon };
}

/** The colon that ends a plain key. */
function plainKeyEnd(text: string, from: number, end: number): number | undefined {
  const comment = commentFrom(text, from, end) ?? end;
  for (let at = text.indexOf(':', from); at >= 0 && at < comment; at = text.indexOf(':', at + 1)) {
    if (at + 1 === end || isSpace(text[at + 1])) return at;
  }
  return undefined;
}

/** Behind the closing quote of the quote at an offset; `undefined` when it is not closed before the end. */
export function quoteEnd(text: string, open: number, end: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < end; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return undefined;
}

/** The text of a scalar without its quotes; escapes stay. */
export function unquoted(source: string): string {
  const quote = source[0];
  if (quote !== '"' && quote !== "'") return source;
  return source.endsWith(quote) && source.length > 1 ? source.slice(1, -1) : source.slice(1);
}

/** An anchor or a tag before a value is passed over. */
function skipProperties(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === '&' || text[at] === '!')) {
    while (at < end && !isSpace(text[at])) at++;
    at = skipSpaces(text, at, end);
  }
  return at;
}

function commentFrom(text: string, from: number, end: number): number | undefined {
  let at = from;
  const first = text.charAt(from);
  if (first === '"' || first === "'") at = quoteEnd(text, from, end) ?? end;
  for (let hash = text.indexOf('#', at); hash >= 0 && hash < end; hash = text.indexOf('#', hash + 1)) {
    if (hash === 0 || isSpace(text[hash - 1]) || text[hash - 1] === '\n') return hash;
  }
  return undefined;
}

function trimmed(text: string, from: number, to: number): TextRange {
  let end = to;
  while (end > from && isSpace(text[end - 1])) end--;
  return { start: from, end };
}

export function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text[at])) at++;
  return at;
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
