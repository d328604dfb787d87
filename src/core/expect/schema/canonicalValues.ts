import { canonicalDecimal } from '../../json/decimal';
import { isJsonArray, JsonNumber, type JsonValue } from '../../json/jsonValue';

/**
 * Numbers for values: equal values have the same. Numbers are equal by what they are worth, members in any order. The
 * time it takes grows with the values, and what is in them is looked at once.
 */
export class CanonicalValues {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<JsonValue, number>();

  numberOf(value: JsonValue): number {
    const isContainer = typeof value === 'object' && value !== null && !(value instanceof JsonNumber);
    const known = isContainer ? this.#known.get(value) : undefined;
    if (known !== undefined) return known;
    const key = this.#keyOf(value);
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    if (isContainer) this.#known.set(value, number);
    return number;
  }

  /** The first item that a list has again, and where it does so first. */
  firstRepeat(items: readonly JsonValue[]): readonly [first: number, again: number] | undefined {
    const firsts = new Map<number, number>();
    let found: readonly [number, number] | undefined;
    for (const [index, item] of items.entries()) {
      const number = this.numberOf(item);
      const first = firsts.get(number);
      if (first === undefined) firsts.set(number, index);
      else if (!found || first < found[0]) found = [first, index];
    }
    return found;
  }

  /** What tells a value from others, with the numbers of what is in it. */
  #keyOf(value: JsonValue): string {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    if (value instanceof JsonNumber) return `n${canonicalDecimal(value.literal)}`;
    if (isJsonArray(value)) return `[${value.map((item) => this.numberOf(item)).join()}`;
    const members = Array.from(value, ([name, item]) => `${JSON.stringify(name)}:${this.numberOf(item)}`);
    return `{${members.sort().join()}`;
  }
}
