import { isJsonArray, JsonNumber, type JsonValue } from '../../json/jsonValue';

/** A value as `JSON.parse` would give it, digits lost, with objects that inherit nothing. */
export function plainJson(value: JsonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof JsonNumber) return Number(value.literal);
  if (isJsonArray(value)) return value.map(plainJson);
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of value) plain[key] = plainJson(item);
  return plain;
}
