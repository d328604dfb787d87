import { compareDecimals } from './decimal';
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from './jsonValue';

/** Deep equality: numbers by what they are worth, members in any order. Depth costs no stack. */
export function equalJson(a: JsonValue, b: JsonValue): boolean {
  const pairs: [JsonValue, JsonValue][] = [[a, b]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    if (!equalHere(pair[0], pair[1], pairs)) return false;
  }
  return true;
}

/** Compares two values without what is in them, which is put on the list. */
function equalHere(a: JsonValue, b: JsonValue, inside: [JsonValue, JsonValue][]): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof JsonNumber || b instanceof JsonNumber) {
    return a instanceof JsonNumber && b instanceof JsonNumber && compareDecimals(a.literal, b.literal) === 0;
  }
  if (isJsonArray(a)) {
    if (!isJsonArray(b) || a.length !== b.length) return false;
    for (const [index, item] of a.entries()) inside.push([item, b[index] ?? null]);
    return true;
  }
  if (!isJsonObject(a) || !isJsonObject(b) || a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined) return false;
    inside.push([value, other]);
  }
  return true;
}
