import { isMatch, type Effort } from '../effort';
import { compareDecimals } from '../json/decimal';
import { equalJson } from '../json/equalJson';
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../json/jsonValue';
import type { LinearExpression } from '../regex/linearExpression';
import type { Comparable, JsonPathQuery, Logical, Operator } from './query';
import { toExpression } from './iRegexp';

/** Runs a query for the value that a filter looks at. */
export type RunQuery = (query: JsonPathQuery, current: JsonValue) => readonly JsonValue[];

/** Filter expressions (RFC 9535 §2.3.5). `undefined` stands for what the RFC calls Nothing. */
export class FilterTest {
  readonly #run: RunQuery;
  readonly #effort: Effort;
  readonly #expressions = new Map<string, LinearExpression | undefined>();

  constructor(run: RunQuery, effort: Effort) {
    this.#run = run;
    this.#effort = effort;
  }

  holds(test: Logical, current: JsonValue): boolean {
    switch (test.kind) {
      case 'or':
        return test.terms.some((term) => this.holds(term, current));
      case 'and':
        return test.terms.every((term) => this.holds(term, current));
      case 'not':
        return !this.holds(test.term, current);
      case 'exists':
        return this.#run(test.query, current).length > 0;
      case 'compare':
        return compare(test.operator, this.#value(test.left, current), this.#value(test.right, current));
      case 'matches':
        return this.#matches(test.whole, this.#value(test.text, current), this.#value(test.pattern, current));
    }
  }

  #value(comparable: Comparable, current: JsonValue): JsonValue | undefined {
    switch (comparable.kind) {
      case 'literal':
        return comparable.value;
      case 'query':
        return this.#run(comparable.query, current)[0];
      case 'length':
        return lengthOf(this.#value(comparable.of, current));
      case 'count':
        return count(this.#run(comparable.query, current).length);
      case 'value': {
        const [only, ...others] = this.#run(comparable.query, current);
        return others.length === 0 ? only : undefined;
      }
    }
  }

  #matches(whole: boolean, text: JsonValue | undefined, pattern: JsonValue | undefined): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') return false;
    const expression = this.#expression(pattern, whole);
    return expression !== undefined && isMatch(expression, text, this.#effort);
  }

  /** `undefined` for what is no I-Regexp (RFC 9485): it matches nothing. */
  #expression(pattern: string, whole: boolean): LinearExpression | undefined {
    const key = `${whole ? 'whole' : 'part'} ${pattern}`;
    if (this.#expressions.has(key)) return this.#expressions.get(key);
    const made = toExpression(pattern, whole);
    // A pattern can come out of the document, so there may be any number of them.
    if (this.#expressions.size < MAX_REMEMBERED) this.#expressions.set(key, made);
    return made;
  }
}

const MAX_REMEMBERED = 100;

function lengthOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string') return count(Array.from(value).length);
  if (value === undefined || value === null || typeof value === 'boolean') return undefined;
  if (isJsonArray(value)) return count(value.length);
  return isJsonObject(value) ? count(value.size) : undefined;
}

function count(number: number): JsonNumber {
  return new JsonNumber(String(number));
}

/** RFC 9535 §2.3.5.2.2. */
function compare(operator: Operator, left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || equal(left, right);
    case '>=':
      return isLess(right, left) || equal(left, right);
  }
}

function equal(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return equalJson(left, right);
}

function isLess(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left instanceof JsonNumber && right instanceof JsonNumber) {
    return (compareDecimals(left.literal, right.literal) ?? 0) < 0;
  }
  return typeof left === 'string' && typeof right === 'string' && isTextLess(left, right);
}

/** By code points, where JavaScript compares UTF-16 units. */
function isTextLess(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === length) return left.length < right.length;
  const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
  // Surrogates stand for code points above all others.
  if (isSurrogate(a) !== isSurrogate(b)) return isSurrogate(b);
  return a < b;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
