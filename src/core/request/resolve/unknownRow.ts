import type { KnownRows } from '../knownRows';
import type { Resolved } from './resolved';
import { findVariable, type Scopes } from './scopes';
import type { Supplies } from './supplies';

/** Before the rows of `forEach` are there, every name that nothing else defines counts as a field of them. */
export function unknownRow(scopes: Scopes): NonNullable<Supplies['row']> {
  return (name) => (name === 'item' || !findVariable(name, scopes) ? { state: 'later' } : undefined);
}

/** What is known of a row before it is there. */
export type RowToCome = Pick<Supplies, 'row' | 'rowNames'>;

/** The same where the files say what the items are: what is in one of them counts as a field of all. */
export function rowOfItems(items: readonly Resolved[]): RowToCome {
  return rowOfNames(
    new Set(items.flatMap((item) => (item.kind === 'map' ? item.entries.map(({ key }) => key) : 'item'))),
  );
}

/** The same where a file has been looked into. */
export function rowOfKnown(rows: KnownRows | undefined, scopes: Scopes): RowToCome {
  if (rows?.ok !== true) return { row: unknownRow(scopes) };
  const names = new Set(rows.fields.keys());
  if (rows.isComplete) return rowOfNames(names);
  const { row: known } = rowOfNames(names);
  const others = unknownRow(scopes);
  return { row: (name) => known?.(name) ?? others(name) };
}

function rowOfNames(rowNames: ReadonlySet<string>): RowToCome {
  return { rowNames, row: (name) => (rowNames.has(name) ? { state: 'later' } : undefined) };
}
