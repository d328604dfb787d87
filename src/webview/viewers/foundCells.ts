import { html, type TemplateResult } from 'lit';
import type { TableCell } from '../../shared/viewModel';

/** What was found in a table. */
export interface FoundCells {
  /** What is looked for; empty: nothing. */
  readonly text: string;
  readonly matches: readonly TableCell[];
  /** The one that people are at. */
  readonly current: TableCell | undefined;
}

/** Cells by their rows. */
export function cellsByRow(matches: readonly TableCell[]): ReadonlyMap<number, ReadonlySet<number>> {
  const rows = new Map<number, Set<number>>();
  for (const { row, cell } of matches) rows.set(row, (rows.get(row) ?? new Set()).add(cell));
  return rows;
}

/** The text of a cell, with what was looked for marked wherever it stands in it. */
export function markedText(text: string, wanted: string): TemplateResult {
  const pattern = new RegExp(`(${wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')})`, 'giu');
  const pieces = text.split(pattern);
  return html`${pieces.map((piece, at) => (at % 2 === 1 ? html`<span class="match">${piece}</span>` : piece))}`;
}
