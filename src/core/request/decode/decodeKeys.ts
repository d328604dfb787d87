import type { KeyTable, KeyOf } from '../format/keyTable';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import { isRequestAtTop, keyElsewhere } from './keyElsewhere';

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
  const word = OTHER_WORDS.get(entry.key.toLowerCase());
  const other = word !== undefined && known.includes(word) ? word : undefined;
  const elsewhere = other === undefined ? keyElsewhere(entry.key, table) : undefined;
  if (isRequestAtTop(entry.value, table)) {
    reporter.error('request.requestAtTop', entry.keyRange, { key });
    return;
  }
  if (elsewhere !== undefined) {
    reporter.error('request.keyElsewhere', entry.keyRange, { key, place, elsewhere });
    return;
  }
  const close = other ?? nearest(entry.key, known);
  if (close !== undefined) reporter.error('request.unknownKey', entry.keyRange, { key, place, nearest: close });
  else reporter.error('request.unknownKeyHere', entry.keyRange, { key, place, known: known.join(', ') });
}

/** What other tools call what is meant. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ...['body', 'data', 'payload'].map((word) => [word, 'json'] as const),
  ...['params', 'parameters', 'querystring'].map((word) => [word, 'query'] as const),
  ...['assert', 'asserts', 'assertions', 'test', 'tests'].map((word) => [word, 'expect'] as const),
  ...['extract', 'save', 'captures'].map((word) => [word, 'capture'] as const),
]);

/** The entries of a map that may be missing; anything but a map is reported. */
export function mapEntries(entry: YamlEntry, reporter: Reporter): readonly YamlEntry[] {
  const { value } = entry;
  if (value.kind === 'map') return value.entries;
  const example = EXAMPLES.get(entry.key) ?? `the entries below ${entry.key}:, indented`;
  if (value.kind !== 'null') wrongKind(entry, 'a map', example, reporter);
  return [];
}

/** What to write for maps that people take for something else. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['requests', 'a name below requests:, indented, and below it what to send, such as get: /path'],
  ['expect', 'expect: { status: 200 }'],
  ['headers', 'headers: { Accept: application/json }'],
  ['query', 'query: { page: 1 }'],
  ['retry', 'retry: { times: 3 }'],
  ['capture', 'capture: { id: $.id }'],
  ['form', 'form: { name: value }'],
  ['stop', 'stop: { events: 5, after: 10s }'],
  ['until', 'until: { status: 200 }'],
  ['variables', 'variables: { name: value }'],
  ['inputs', 'inputs: { otp: { label: One-time code } }'],
  ['environments', 'environments: { local: { api: http://localhost:8080 } }'],
]);

/** Reports that a value is not of the kind the key takes. */
export function wrongKind(entry: YamlEntry, expected: string, example: string, reporter: Reporter): void {
  wrongValue(entry.key, entry.value, expected, example, reporter);
}

export function wrongValue(key: string, node: YamlNode, expected: string, example: string, reporter: Reporter): void {
  reporter.error('request.wrongKind', node.range, { key: shorten(key), expected, example });
}
