import type { KeyTable, KeyOf } from '../format/keyTable';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';

/**
 * Visits the keys of a closed set, in file order. A key that nobody knows is reported; `x-…` is passed over; of a key
 * that is there twice the first counts.
 */
export function decodeKeys<T extends KeyTable>(
  map: YamlMap,
  table: T,
  place: string,
  reporter: Reporter,
  visit: (key: KeyOf<T>, entry: YamlEntry) => void,
): void {
  const seen = new Set<string>();
  for (const entry of map.entries) {
    const { key } = entry;
    if (key.startsWith('x-') || seen.has(key)) continue;
    seen.add(key);
    if (Object.hasOwn(table, key)) visit(key, entry);
    else reportUnknownKey(entry, table, place, reporter);
  }
}

function reportUnknownKey(entry: YamlEntry, table: KeyTable, place: string, reporter: Reporter): void {
  const key = shorten(entry.key);
  const known = Object.keys(table);
  const close = nearest(entry.key, known);
  if (close !== undefined) reporter.error('request.unknownKey', entry.keyRange, { key, place, nearest: close });
  else reporter.error('request.unknownKeyHere', entry.keyRange, { key, place, known: known.join(', ') });
}

/** The entries of a map that may be missing; anything but a map is reported. */
export function mapEntries(entry: YamlEntry, reporter: Reporter): readonly YamlEntry[] {
  const { value } = entry;
  if (value.kind === 'map') return value.entries;
  if (value.kind !== 'null') wrongKind(entry, 'a map', `the entries below ${entry.key}:, indented`, reporter);
  return [];
}

/** Reports that a value is not of the kind the key takes. */
export function wrongKind(entry: YamlEntry, expected: string, example: string, reporter: Reporter): void {
  wrongValue(entry.key, entry.value, expected, example, reporter);
}

export function wrongValue(key: string, node: YamlNode, expected: string, example: string, reporter: Reporter): void {
  reporter.error('request.wrongKind', node.range, { key: shorten(key), expected, example });
}
