import { isJsonArray, JsonNumber, type JsonValue } from '../json/jsonValue';
import { readJson } from '../json/readJson';
import { listOf, mapOf, rawOf, textOf, type Resolved } from '../request/resolve/resolved';
import { revealForTransport } from '../secret';

/** A value of a file as JSON, to be compared with one of a response. What it holds of secrets must not be shown. */
export function toJsonValue(value: Resolved): JsonValue {
  switch (value.kind) {
    case 'text':
      return revealForTransport(value.text);
    case 'raw': {
      const json = readJson(revealForTransport(value.json));
      return json.ok ? json.value : revealForTransport(value.json);
    }
    case 'list':
      return value.items.map(toJsonValue);
    case 'map':
      return new Map(value.entries.map((entry) => [entry.key, toJsonValue(entry.value)]));
  }
}

/** Says which texts of a response are secrets, and wraps them. */
export type TextOf = (text: string, name: string | undefined) => Resolved;

/**
 * A value of a response as one that can be put into requests: numbers keep their digits.
 * @param name of the member it stands under.
 */
export function toResolved(value: JsonValue, name: string | undefined, leaf: TextOf): Resolved {
  if (value === null || typeof value === 'boolean') return rawOf(String(value));
  if (typeof value === 'string') return leaf(value, name);
  if (value instanceof JsonNumber) return rawOf(value.literal);
  if (isJsonArray(value)) return listOf(value.map((item) => toResolved(item, name, leaf)));
  return mapOf(Array.from(value, ([key, item]) => ({ key, value: toResolved(item, key, leaf) })));
}

/** Text that is as it stands. */
export const plainLeaf: TextOf = (text) => textOf(text);
