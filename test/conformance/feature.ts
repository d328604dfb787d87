/** Something that people know from other OAuth libraries and tools, and where it is in Latchkey. */
export interface Feature {
  /** Put in brackets at the end of the title of the test that shows it: `[#refresh]`. */
  readonly id: `#${string}`;
  /** As Markdown: the key in `latchkey.yaml`, the command, or "refused, because …". */
  readonly where: string;
}

/** One thing that another library or tool offers. */
export interface FeatureRow {
  /** What it is called there, as Markdown. */
  readonly name: string;
  /** What it does there. */
  readonly does: string;
  /** What does the same here; or why nothing does. */
  readonly here: readonly Feature['id'][] | { readonly none: string };
}

/** What one library or tool offers. */
export interface FeatureTable {
  readonly title: string;
  readonly rows: readonly FeatureRow[];
}
