const NARROWEST = 4;
const WIDEST = 36;

/** How wide the columns of a table must be for the cells that have been seen, within reason. */
export class ColumnWidths {
  #longest: readonly number[] = [];

  /** Takes note of more rows, for so many columns; a column never gets narrower by it. */
  add(rows: readonly (readonly string[])[], columns: number): void {
    this.#longest = Array.from({ length: columns }, (_, column) =>
      rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), this.#longest[column] ?? NARROWEST),
    );
  }

  clear(): void {
    this.#longest = [];
  }

  /** As columns of a grid. */
  get grid(): string {
    // Three for the space left and right.
    return this.#longest.map((longest) => `${Math.min(WIDEST, longest) + 3}ch`).join(' ');
  }
}
