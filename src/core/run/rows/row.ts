import type { Resolved } from '../../request/resolve/resolved';
import type { Supplies } from '../../request/resolve/supplies';

/** One row of `forEach`. */
export interface Row {
  /** From 1. */
  readonly number: number;
  readonly fields: NonNullable<Supplies['row']>;
}

/** An item of a list as a row: the entries of a map are fields, anything else is `${item}`. */
export function rowOfItem(item: Resolved, number: number): Row {
  if (item.kind !== 'map') {
    return { number, fields: (name) => (name === 'item' ? { state: 'known', value: item } : undefined) };
  }
  return rowOfFields(new Map(item.entries.map(({ key, value }) => [key, value])), number);
}

export function rowOfFields(fields: ReadonlyMap<string, Resolved>, number: number): Row {
  return {
    number,
    fields: (name) => {
      const value = fields.get(name);
      return value && { state: 'known', value };
    },
  };
}
