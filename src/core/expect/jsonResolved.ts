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

/** Levels of lists and maps that a value in a request can have: whatever walks through one calls itself for each. */
export const MAX_LEVELS = 500;

/**
 * A value of a response as one that can be put into requests: numbers keep their digits. `undefined` when it has more
 * than {@link MAX_LEVELS}.
 * @param name of the member it stands under.
 */
export function toResolved(value: JsonValue, name: string | undefined, leaf: TextOf): Resolved | undefined {
  const steps = resolving(value, name, leaf, 1);
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
): Promise<Resolved | undefined> {
  const steps = resolving(value, name, leaf, 1);
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % SLICE === 0) await pause();
  }
}

/** Yields now and then. @param level of the value, if it is a list or a map. */
function* resolving(
  value: JsonValue,
  name: string | undefined,
  leaf: TextOf,
  level: number,
): Generator<undefined, Resolved | undefined> {
  const scalar = scalarOf(value, name, leaf);
  if (scalar || level > MAX_LEVELS) return scalar;
  if (isJsonArray(value)) {
    const items: Resolved[] = [];
    for (const item of value) {
      const made = scalarOf(item, name, leaf) ?? (yield* resolving(item, name, leaf, level + 1));
      if (!made) return undefined;
      items.push(made);
      if (items.length % ITEMS_AT_ONCE === 0) yield undefined;
    }
    return listOf(items);
  }
  const entries: ResolvedEntry[] = [];
  for (const [key, item] of isJsonObject(value) ? value : []) {
    const made = scalarOf(item, key, leaf) ?? (yield* resolving(item, key, leaf, level + 1));
    if (!made) return undefined;
    entries.push({ key, value: made });
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
