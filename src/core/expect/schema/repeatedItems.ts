import { isJsonArray, JsonNumber, type JsonValue } from '../../json/jsonValue';

/**
 * Whether any list in a value has the same item twice, in time that grows with the value: equal values get the same
 * number, from the inside out. Numbers are equal as JSON Schema has it, by what they are worth.
 */
export function hasRepeatedItems(root: JsonValue): boolean {
  const numbers = new Map<string, number>();
  let found = false;
  const numberOf = (value: JsonValue): number => {
    const key = keyOf(value);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const keyOf = (value: JsonValue): string => {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    if (value instanceof JsonNumber) return `n${Number(value.literal)}`;
    if (isJsonArray(value)) {
      const items = value.map(numberOf);
      found ||= new Set(items).size < items.length;
      return `[${items.join()}`;
    }
    const members = Array.from(value, ([name, item]) => `${JSON.stringify(name)}:${numberOf(item)}`);
    return `{${members.sort().join()}`;
  };
  keyOf(root);
  return found;
}
