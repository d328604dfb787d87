import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../json/jsonValue';
import { writeJson } from '../json/writeJson';

/**
 * Reads values of which nothing can be taken for granted. What is not there, or is something else than is asked for,
 * is nothing: `undefined`, no items, an empty text.
 */
export function member(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let found = value;
  for (const name of path) found = found !== undefined && isJsonObject(found) ? found.get(name) : undefined;
  return found ?? undefined;
}

export function itemsAt(value: JsonValue | undefined, ...path: readonly string[]): readonly JsonValue[] {
  const found = member(value, ...path);
  return found !== undefined && isJsonArray(found) ? found : [];
}

export function entriesAt(
  value: JsonValue | undefined,
  ...path: readonly string[]
): readonly (readonly [name: string, value: JsonValue])[] {
  const found = member(value, ...path);
  return found !== undefined && isJsonObject(found) ? [...found] : [];
}

/** A text, or a number or boolean as a text. */
export function textAt(value: JsonValue | undefined, ...path: readonly string[]): string {
  return scalarText(member(value, ...path)) ?? '';
}

export function isTrueAt(value: JsonValue | undefined, ...path: readonly string[]): boolean {
  const found = member(value, ...path);
  return found === true || found === 'true';
}

export function isFalseAt(value: JsonValue | undefined, ...path: readonly string[]): boolean {
  const found = member(value, ...path);
  return found === false || found === 'false';
}

/** `undefined` for lists, maps, `null` and what is not there. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value instanceof JsonNumber ? value.literal : undefined;
}

/** The value as a text: what is none, as JSON. */
export function anyText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return scalarText(value) ?? writeJson(value);
}
