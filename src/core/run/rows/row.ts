import type { Resolved } from '../../request/resolve/resolved';
import type { Supplies } from '../../request/resolve/supplies';

/** One row of `forEach`. */
export interface Row {
  /** From 1. */
  readonly number: number;
  readonly fields: NonNullable<Supplies['row']>;
  readonly names: ReadonlySet<string>;
}

const ITEM: ReadonlySet<string> = new Set(['item']);

/** An item of a list as a row: the entries of a map are fields, anything else is `${item}`. */
export function rowOfItem(item: Resolved, number: number): Row {
  if (item.kind !== 'map') {
    const fields: Row['fields'] = (name) => (name === 'item' ? { state: 'known', value: item } : undefined);
    return { number, fields, names: ITEM };
  }
  const fields = new Map(item.entries.map(({ key, value }) => [key, value]));
  return rowOfFields(fields, new Set(fields.keys()), number);
}

/** @param names those of the fields, which the rows of a file have in common. */
export function rowOfFields(fields: ReadonlyMap<string, Resolved>, names: ReadonlySet<string>, number: number): Row {
  return {
    ...{ number, names },
    fields: (name) => {
      const value = fields.get(name);
      return value && { state: 'known', value };
    },
  };
}
