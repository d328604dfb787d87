import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../json/jsonValue';
import { readJson } from '../json/readJson';
import { listOf, mapOf, rawOf, textOf, type Resolved, type ResolvedEntry } from '../request/resolve/resolved';
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
  const steps = resolving(value, name, leaf);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Lists and maps between two turns of the event loop: some milliseconds of work. */
const SLICE = 2_000;

/** As {@link toResolved}, without holding up the event loop. */
export async function toResolvedInSlices(
  value: JsonValue,
  name: string | undefined,
  leaf: TextOf,
  pause: () => Promise<void>,
): Promise<Resolved> {
  const steps = resolving(value, name, leaf);
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % SLICE === 0) await pause();
  }
}

/** Yields now and then. */
function* resolving(value: JsonValue, name: string | undefined, leaf: TextOf): Generator<undefined, Resolved> {
  if (isJsonArray(value)) {
    const items: Resolved[] = [];
    for (const item of value) {
      items.push(scalarOf(item, name, leaf) ?? (yield* resolving(item, name, leaf)));
      if (items.length % ITEMS_AT_ONCE === 0) yield undefined;
    }
    return listOf(items);
  }
  if (!isJsonObject(value)) return scalarOf(value, name, leaf) ?? rawOf('null');
  const entries: ResolvedEntry[] = [];
  for (const [key, item] of value) {
    entries.push({ key, value: scalarOf(item, key, leaf) ?? (yield* resolving(item, key, leaf)) });
  }
  yield undefined;
  return mapOf(entries);
}

const ITEMS_AT_ONCE = 8;

/** `undefined` for lists and maps. */
function scalarOf(value: JsonValue, name: string | undefined, leaf: TextOf): Resolved | undefined {
  if (value === null || typeof value === 'boolean') return rawOf(String(value));
  if (typeof value === 'string') return leaf(value, name);
  return value instanceof JsonNumber ? rawOf(value.literal) : undefined;
}

/** Text that is as it stands. */
export const plainLeaf: TextOf = (text) => textOf(text);
