/** Digits that the line numbers always have room for, so that short bodies all start at the same place. */
const FEWEST_DIGITS = 3;

/** Columns that the line numbers of a body take. */
export function gutterDigits(largestLine: number): number {
  return Math.max(FEWEST_DIGITS, String(largestLine).length);
}

/**
 * Columns left for text in a list of `columns` columns. Host and view must agree on it, or the rows that the host
 * sends unasked do not fit. 0 stays 0: not wrapped.
 */
export function textColumns(columns: number, largestLine: number): number {
  return columns === 0 ? 0 : Math.max(16, columns - gutterDigits(largestLine));
}
