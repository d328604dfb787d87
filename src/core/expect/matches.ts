import { FULL_EFFORT, isMatch, type Effort } from '../effort';
import { compareDecimals, isDecimal, isWhole } from '../json/decimal';
import { equalJson } from '../json/equalJson';
import { isJsonArray, isJsonObject, JsonNumber, jsonTypeOf, type JsonValue } from '../json/jsonValue';
import { LinearExpression } from '../regex/linearExpression';
import { codePoints } from '../text/codePoints';
import type { MatchedType, Matcher } from './matcher';

/** What matchers are applied to. */
export interface Subject {
  /** `undefined`: there is nothing. */
  readonly value: JsonValue | undefined;
  /** Whether something was found, where the value does not say: an empty list can be what a path found. */
  readonly found?: boolean | undefined;
  /** The value comes from where there is only text, so a text may stand for a number, `true` or `false`. */
  readonly untyped: boolean;
  /** What `length` counts, where that is not the value's own length. */
  readonly count?: number | undefined;
}

/** Whether all matchers hold. Where there is nothing, only `exists: false` does. */
export function allMatch(
  matchers: readonly Matcher<JsonValue>[],
  subject: Subject,
  effort: Effort = FULL_EFFORT,
): boolean {
  return matchers.every((matcher) => holds(matcher, subject, effort));
}

function holds(matcher: Matcher<JsonValue>, subject: Subject, effort: Effort): boolean {
  const { value } = subject;
  if (matcher.kind === 'exists') return matcher.expected === (subject.found ?? value !== undefined);
  if (matcher.kind === 'not') {
    const asksForExistence = matcher.matchers.some(({ kind }) => kind === 'exists');
    return (value !== undefined || asksForExistence) && !allMatch(matcher.matchers, subject, effort);
  }
  if (matcher.kind === 'length') {
    const count = subject.count ?? (value === undefined ? undefined : lengthOf(value));
    return count !== undefined && allMatch(matcher.matchers, number(count));
  }
  if (value === undefined) return false;
  switch (matcher.kind) {
    case 'type':
      return matcher.types.some((type) => hasType(value, type));
    case 'equals':
      return isEqual(value, matcher.operand, subject.untyped);
    case 'oneOf': {
      const items = matcher.operand;
      return isJsonArray(items) && items.some((item) => isEqual(value, item, subject.untyped));
    }
    case 'contains':
      return contains(value, matcher.operand, subject.untyped);
    case 'matches':
      return matchesPattern(value, matcher.operand, effort);
    case 'atLeast':
      return isInOrder(operandNumber(matcher.operand), numberOf(value, subject.untyped));
    case 'atMost':
      return isInOrder(numberOf(value, subject.untyped), operandNumber(matcher.operand));
  }
}

/** A number as a subject. */
export function number(value: number): Subject {
  return { value: new JsonNumber(String(value)), untyped: false };
}

function hasType(value: JsonValue, type: MatchedType): boolean {
  if (type === 'integer') return value instanceof JsonNumber && isWhole(value.literal);
  return jsonTypeOf(value) === type;
}

function lengthOf(value: JsonValue): number | undefined {
  if (typeof value === 'string') return codePoints(value);
  if (value === null || typeof value === 'boolean' || value instanceof JsonNumber) return undefined;
  return isJsonArray(value) ? value.length : value.size;
}

function isEqual(actual: JsonValue, expected: JsonValue, untyped: boolean): boolean {
  if (!untyped) return equalJson(actual, expected);
  if (typeof actual === 'string') return isSameText(actual, expected);
  if (!isJsonArray(actual) || !isJsonArray(expected)) return equalJson(actual, expected);
  return (
    actual.length === expected.length && actual.every((item, index) => isEqual(item, expected[index] ?? null, untyped))
  );
}

/** A text that has no type of its own, and a value that has one. */
function isSameText(text: string, expected: JsonValue): boolean {
  if (expected instanceof JsonNumber) return compareDecimals(text.trim(), expected.literal) === 0;
  if (typeof expected === 'boolean') return text.trim() === String(expected);
  return text === expected;
}

function contains(actual: JsonValue, expected: JsonValue, untyped: boolean): boolean {
  if (typeof actual === 'string') {
    const text = expected instanceof JsonNumber ? expected.literal : expected;
    return typeof text === 'string' && actual.includes(text);
  }
  if (isJsonArray(actual)) {
    return actual.some((item) => isEqual(item, expected, untyped) || hasEntries(item, expected));
  }
  return hasEntries(actual, expected);
}

/** Whether a map has all entries of another. */
function hasEntries(actual: JsonValue, expected: JsonValue): boolean {
  if (!isJsonObject(actual) || !isJsonObject(expected)) return false;
  return Array.from(expected).every(([key, value]) => {
    const own = actual.get(key);
    return own !== undefined && equalJson(own, value);
  });
}

function matchesPattern(actual: JsonValue, pattern: JsonValue, effort: Effort): boolean {
  const text = actual instanceof JsonNumber ? actual.literal : actual;
  const source = pattern instanceof JsonNumber ? pattern.literal : pattern;
  if (typeof text !== 'string' || typeof source !== 'string') return false;
  const parsed = LinearExpression.parse(source);
  return parsed.ok && isMatch(parsed.expression, text, effort);
}

/** Whether both are numbers and the first is not above the second. */
function isInOrder(low: string | undefined, high: string | undefined): boolean {
  const order = low === undefined || high === undefined ? undefined : compareDecimals(low, high);
  return order !== undefined && order <= 0;
}

/** A limit may come out of a variable that holds text. */
function operandNumber(operand: JsonValue): string | undefined {
  return numberOf(operand, true);
}

function numberOf(value: JsonValue, untyped: boolean): string | undefined {
  if (value instanceof JsonNumber) return value.literal;
  const text = untyped && typeof value === 'string' ? value.trim() : '';
  return isDecimal(text) ? text : undefined;
}
