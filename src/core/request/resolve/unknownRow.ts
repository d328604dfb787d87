import type { Resolved } from './resolved';
import { findVariable, type Scopes } from './scopes';
import type { Supplies } from './supplies';

/** Before the rows of `forEach` are there, every name that nothing else defines counts as a field of them. */
export function unknownRow(scopes: Scopes): NonNullable<Supplies['row']> {
  return (name) => (name === 'item' || !findVariable(name, scopes) ? { state: 'later' } : undefined);
}

/** The same where the files say what the items are: what is in one of them counts as a field of all. */
export function rowOfItems(items: readonly Resolved[]): {
  readonly row: NonNullable<Supplies['row']>;
  readonly rowNames: ReadonlySet<string>;
} {
  const rowNames = new Set(
    items.flatMap((item) => (item.kind === 'map' ? item.entries.map(({ key }) => key) : 'item')),
  );
  return { rowNames, row: (name) => (rowNames.has(name) ? { state: 'later' } : undefined) };
}
