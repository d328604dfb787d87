/** Digits that the line numbers always have room for, so that short bodies all start at the same place. */
const FEWEST_DIGITS = 3;

/** Columns that the line numbers of a body take. */
export function gutterDigits(lineCount: number): number {
  return Math.max(FEWEST_DIGITS, String(lineCount).length);
}

/**
 * Columns left for text in a list of `columns` columns. Host and view must agree on it, or the rows that the host
 * sends unasked do not fit. 0 stays 0: not wrapped.
 */
export function textColumns(columns: number, lineCount: number): number {
  return columns === 0 ? 0 : Math.max(16, columns - gutterDigits(lineCount));
}
