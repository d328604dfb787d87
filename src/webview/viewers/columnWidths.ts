const NARROWEST = 4;
const WIDEST = 36;

/** A grid of columns that are as wide as their first cells need, within reason. */
export function columnWidths(rows: readonly (readonly string[])[], columns: number): string {
  const widths = Array.from({ length: columns }, (_, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), NARROWEST);
    // Two for the space left and right.
    return `${Math.min(WIDEST, longest) + 3}ch`;
  });
  return widths.join(' ');
}
