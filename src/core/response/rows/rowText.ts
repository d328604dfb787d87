import { BACKSLASH, COLON, QUOTE } from './jsonBytes';

const SPACE = 32;

/**
 * The bytes of a row of pretty JSON without the whitespace between tokens, and with one space after a colon. The row
 * must be a stretch of a valid JSON text.
 */
export function respaced(bytes: Uint8Array, inString: boolean): Uint8Array {
  if (!inString && isTight(bytes)) return bytes;
  const result = new Uint8Array(bytes.length * 2);
  let length = 0;
  let inside = inString;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] ?? 0;
    if (inside) {
      result[length++] = code;
      if (code === BACKSLASH && at + 1 < bytes.length) result[length++] = bytes[++at] ?? 0;
      else if (code === QUOTE) inside = false;
    } else if (code > SPACE) {
      result[length++] = code;
      if (code === QUOTE) inside = true;
      else if (code === COLON) result[length++] = SPACE;
    }
  }
  return result.subarray(0, length);
}

/** Nothing to change: most elements of minified arrays. */
function isTight(bytes: Uint8Array): boolean {
  return !bytes.includes(COLON) && !bytes.some((code) => code <= SPACE);
}

export const INDENT = 2;

/** Columns of indentation of a row, and of the rows that go on with its line. */
export function indentOf(level: number, continues: boolean): number {
  return INDENT * (continues ? level + 1 : level);
}
