import { CDATA_BEGINS, EMPTY_TAG, END_TAG, MARKUP_BEGINS, OTHER_ENDS, START_TAG, XmlLexer } from './rows/xmlLexer';

/** A node by its stretch of an XML text. */
export interface XmlNodeAt {
  readonly start: number;
  /** After its last character. */
  readonly end: number;
  /** Where the element begins that it is, or is in; `undefined`: it is outside of all. */
  readonly element: number | undefined;
}

/**
 * The node at a place of a text whose tags match: a comment or declaration that the place is in, else the innermost
 * element. `undefined`: there is only text, outside of all elements.
 */
export function xmlNodeAt(text: string, place: number): XmlNodeAt | undefined {
  const lexer = new XmlLexer();
  const open: number[] = [];
  let start = 0;
  let isCdata = false;
  /** The element at the place; it has not ended yet. */
  let found: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const event = lexer.take(text.charCodeAt(at));
    if (event === MARKUP_BEGINS) {
      start = at;
      isCdata = false;
    } else if (event === CDATA_BEGINS) isCdata = true;
    else if (event === START_TAG) open.push(start);
    const isPast = found === undefined && place <= at;
    const isEnd = event >= START_TAG;
    // Where a piece of markup goes on, what it is shows at its end.
    if (isPast && (isEnd || lexer.isInText)) {
      if (event === EMPTY_TAG) return { start, end: at + 1, element: start };
      if (event === OTHER_ENDS && !isCdata) return { start, end: at + 1, element: open.at(-1) };
      found = open.at(-1);
      if (found === undefined) return undefined;
    }
    if (event === END_TAG && open.pop() === found && found !== undefined) {
      return { start: found, end: at + 1, element: found };
    }
  }
  return undefined;
}
