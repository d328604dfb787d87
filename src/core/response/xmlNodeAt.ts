import { xmlTokens, type XmlToken } from './xmlTokens';

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
  const open: number[] = [];
  /** The start of the element at the place; it has not ended yet. */
  let found: number | undefined;
  for (const token of xmlTokens(text)) {
    if (!token) return undefined;
    const isHere = token.start <= place && place < token.end;
    if (isHere && token.kind === 'other') return { start: token.start, end: token.end, element: open.at(-1) };
    if (isHere && token.kind === 'empty') return node(token.start, token);
    if (token.kind === 'start') open.push(token.start);
    if (isHere) {
      found = open.at(-1);
      if (found === undefined) return undefined;
    }
    if (token.kind === 'end' && open.pop() === found && found !== undefined) return node(found, token);
  }
  return undefined;
}

function node(start: number, { end }: XmlToken): XmlNodeAt {
  return { start, end, element: start };
}
