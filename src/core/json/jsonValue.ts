/**
 * A JSON value that keeps what `JSON.parse` loses: the digits of its numbers, and the order of an object's members.
 * Of members with one name the last counts, as with `JSON.parse`.
 */
export type JsonValue = string | boolean | null | JsonNumber | readonly JsonValue[] | JsonObject;

/** Never inherits anything, so that a member called `__proto__` is one like any other. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** A number as it was written: `1.10` stays `1.10`, and twenty digits stay twenty. */
export class JsonNumber {
  readonly literal: string;

  /** @param literal a number by the grammar of RFC 8259 §6. */
  constructor(literal: string) {
    this.literal = literal;
  }
}

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

export function jsonTypeOf(value: JsonValue): JsonType {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return isJsonArray(value) ? 'array' : 'object';
}

export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isJsonObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}
