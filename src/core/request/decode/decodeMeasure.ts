import type { Matcher } from '../../expect/matcher';
import { parseDuration } from '../duration';
import { sizeKeys, timeKeys } from '../format/expectKeys';
import type { DiagnosticCode } from '../diagnostic';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { parseSize } from '../size';
import type { Value } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeKeys, wrongKind } from './decodeKeys';
import { hasExpression } from './decodeMatchers';
import { decodeValue, plainText } from './decodeValue';

/** `time`: limits only, because nothing takes exactly so long. */
export function decodeTime(entry: YamlEntry, reporter: Reporter): readonly Matcher<Value>[] {
  const { value } = entry;
  const matchers: Matcher<Value>[] = [];
  if (value.kind !== 'map' || value.entries.length === 0) {
    wrongKind(entry, 'a map with atMost or atLeast', 'time: { atMost: 800ms }', reporter);
    return matchers;
  }
  decodeKeys(value, timeKeys, 'time', reporter, (kind, limit) => {
    check(limit, parseDuration, 'request.badDuration', reporter);
    matchers.push({ kind, operand: decodeValue(limit.value, reporter) });
  });
  return matchers;
}

/** `size`: an exact size, or limits. */
export function decodeSize(entry: YamlEntry, reporter: Reporter): readonly Matcher<Value>[] {
  const { value } = entry;
  if (value.kind !== 'map') {
    check(entry, parseSize, 'request.badSize', reporter);
    return [{ kind: 'equals', operand: decodeValue(value, reporter) }];
  }
  const matchers: Matcher<Value>[] = [];
  if (value.entries.length === 0) wrongKind(entry, 'a size or limits', 'size: { atMost: 5MB }', reporter);
  decodeKeys(value, sizeKeys, 'size', reporter, (kind, limit) => {
    check(limit, parseSize, 'request.badSize', reporter);
    matchers.push({ kind, operand: decodeValue(limit.value, reporter) });
  });
  return matchers;
}

function check(
  { key, value }: YamlEntry,
  parse: (text: string) => number | undefined,
  code: DiagnosticCode,
  reporter: Reporter,
): void {
  const text = plainText(value) ?? key;
  if (!hasExpression(value) && parse(text) === undefined) reporter.error(code, value.range, { value: shorten(text) });
}
