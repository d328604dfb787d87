/** Browsers draw elements up to some 33 million pixels; well below that everything is exact. */
const TALLEST = 8_000_000;

/**
 * Turns scroll positions into rows and back. Up to a height that browsers can draw it is exact; beyond it the scroll
 * bar stands for a share of the rows, and small steps are made by row.
 */
export interface ScrollRange {
  /** Height of what is scrolled, in pixels. */
  readonly height: number;
  readonly scaled: boolean;
  /** The row, with fraction, at the top when scrolled to this position. */
  topRow(scrollTop: number): number;
  scrollTop(topRow: number): number;
}

export function scrollRange(rowCount: number, rowHeight: number, viewportHeight: number): ScrollRange {
  const exact = rowCount * rowHeight;
  if (exact <= TALLEST) {
    return {
      height: exact,
      scaled: false,
      topRow: (scrollTop) => scrollTop / rowHeight,
      scrollTop: (topRow) => topRow * rowHeight,
    };
  }
  const travel = TALLEST - viewportHeight;
  const lastTop = rowCount - viewportHeight / rowHeight;
  return {
    height: TALLEST,
    scaled: true,
    topRow: (scrollTop) => (scrollTop / travel) * lastTop,
    scrollTop: (topRow) => (topRow / lastTop) * travel,
  };
}
