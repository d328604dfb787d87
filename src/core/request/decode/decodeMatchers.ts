import type { MatchedType, Matcher } from '../../expect/matcher';
import { isDecimal } from '../../json/decimal';
import { LinearExpression } from '../../regex/linearExpression';
import { matcherKeys, typeValues } from '../format/expectKeys';
import type { KeyTable } from '../format/keyTable';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Value } from '../value';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import { decodeKeys, wrongKind, wrongValue } from './decodeKeys';
import { decodeValue, plainText } from './decodeValue';

/** `not` and `length` in each other. */
const MAX_DEPTH = 20;

/** What a value is held to: a map is always matchers, anything else must be equal. */
export function decodeMatchers(entry: YamlEntry, reporter: Reporter, depth = 0): readonly Matcher<Value>[] {
  const { value } = entry;
  if (value.kind !== 'map') return [{ kind: 'equals', operand: decodeValue(value, reporter) }];
  if (depth > MAX_DEPTH) {
    wrongKind(entry, 'nested less deep', `${entry.key}: { equals: … }`, reporter);
    return [];
  }
  if (value.entries.length === 0) {
    wrongKind(entry, 'a value or matchers', `${entry.key}: { equals: {} } for an empty map`, reporter);
    return [];
  }
  if (looksLiteral(value)) {
    reporter.error('expect.literalMap', value.range, { key: shorten(entry.key), known: MATCHER_NAMES });
    return [];
  }
  const matchers: Matcher<Value>[] = [];
  decodeKeys(value, matcherKeys, 'matchers', reporter, (key, matcher) => {
    matchers.push(...decodeMatcher(key, matcher, reporter, depth));
  });
  return matchers;
}

const MATCHER_NAMES = Object.keys(matcherKeys).join(', ');

/** None of the keys is a matcher or close to one: the author means the map itself. */
function looksLiteral(map: YamlMap): boolean {
  const table: KeyTable = matcherKeys;
  return map.entries.every(
    ({ key }) => !Object.hasOwn(table, key) && nearest(key, Object.keys(table)) === undefined && !key.startsWith('x-'),
  );
}

function decodeMatcher(
  kind: keyof typeof matcherKeys,
  entry: YamlEntry,
  reporter: Reporter,
  depth: number,
): readonly Matcher<Value>[] {
  switch (kind) {
    case 'exists':
      return decodeExists(entry, reporter);
    case 'type':
      return [{ kind, types: decodeTypes(entry, reporter) }];
    case 'length':
    case 'not':
      return [{ kind, matchers: decodeMatchers(entry, reporter, depth + 1) }];
    case 'matches':
      checkPattern(entry, reporter);
      break;
    case 'atLeast':
    case 'atMost':
      checkNumber(entry, reporter);
      break;
    case 'oneOf':
      if (entry.value.kind !== 'list' && !isOneExpression(entry.value)) {
        wrongKind(entry, 'a list', 'oneOf: [open, closed]', reporter);
      }
      break;
    case 'equals':
    case 'contains':
  }
  return [{ kind, operand: decodeValue(entry.value, reporter) }];
}

function decodeExists(entry: YamlEntry, reporter: Reporter): readonly Matcher<Value>[] {
  if (entry.value.kind === 'boolean') return [{ kind: 'exists', expected: entry.value.value }];
  wrongKind(entry, 'true or false', 'exists: false', reporter);
  return [];
}

function decodeTypes(entry: YamlEntry, reporter: Reporter): readonly MatchedType[] {
  const { value } = entry;
  const items = value.kind === 'list' ? value.items : [value];
  if (items.length === 0) wrongKind(entry, 'a type or a list of types', 'type: string', reporter);
  return items.flatMap((item) => {
    const text = item.kind === 'null' ? 'null' : (plainText(item) ?? '');
    if (isType(text)) return [text];
    const known = Object.keys(typeValues);
    const close = nearest(text, known);
    const data = { key: 'type', value: shorten(text), known: known.join(', ') };
    reporter.error('request.unknownValue', item.range, close === undefined ? data : { ...data, nearest: close });
    return [];
  });
}

function isType(text: string): text is MatchedType {
  return Object.hasOwn(typeValues, text);
}

/** A pattern with variables in it is looked at when they are put in. */
function checkPattern(entry: YamlEntry, reporter: Reporter): void {
  const text = plainText(entry.value);
  if (text === undefined) wrongKind(entry, 'a regular expression', "matches: '^ORD-[0-9]+$'", reporter);
  else if (!text.includes('${')) checkExpression(text, entry.value, reporter);
}

/** Reports a regular expression that cannot be used. */
export function checkExpression(pattern: string, node: YamlNode, reporter: Reporter): void {
  const parsed = LinearExpression.parse(pattern);
  if (!parsed.ok)
    reporter.error('expect.badPattern', node.range, { pattern: shorten(pattern), problem: parsed.problem });
}

function checkNumber(entry: YamlEntry, reporter: Reporter): void {
  const { key, value } = entry;
  const isNumber =
    value.kind === 'number' || (value.kind === 'text' && (isDecimal(value.text) || hasExpression(value)));
  if (!isNumber) wrongValue(key, value, 'a number', `${key}: 1`, reporter);
}

function isOneExpression(node: YamlNode): boolean {
  return node.kind === 'text' && /^\$\{[^}]*\}$/.test(node.text);
}

export function hasExpression(node: YamlNode): boolean {
  return node.kind === 'text' && /(?<!\$)\$\{/.test(node.text);
}
