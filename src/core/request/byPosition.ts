import type { Diagnostic } from './diagnostic';

/** The order of diagnostics in a text, for sorting. */
export function byPosition(a: Diagnostic, b: Diagnostic): number {
  return a.range.start - b.range.start || a.range.end - b.range.end;
}
