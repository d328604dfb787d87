import type { StopRule } from '../../stream/stopRule';
import { parseDuration } from '../duration';
import { stopKeys } from '../format/flowKeys';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeKeys, mapEntries, wrongKind } from './decodeKeys';
import { checkExpression } from './decodeMatchers';
import { plainText } from './decodeValue';

const MOST_EVENTS = 1_000_000;

/** `{ events, after, matches }`. */
export function decodeStop(entry: YamlEntry, reporter: Reporter): StopRule | undefined {
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return undefined;
  const rule: { -readonly [K in keyof StopRule]: StopRule[K] } = {};
  decodeKeys(entry.value, stopKeys, 'stop', reporter, (key, item) => {
    if (key === 'events') rule.events = decodeEvents(item, reporter);
    else if (key === 'after') rule.after = decodeAfter(item, reporter);
    else rule.matches = decodeMatches(item, reporter);
  });
  return rule;
}

function decodeEvents(entry: YamlEntry, reporter: Reporter): number | undefined {
  const text = plainText(entry.value) ?? '';
  const events = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (events >= 1 && events <= MOST_EVENTS) return events;
  wrongKind(entry, `a whole number from 1 to ${MOST_EVENTS}`, 'events: 5', reporter);
  return undefined;
}

function decodeAfter(entry: YamlEntry, reporter: Reporter): number | undefined {
  const text = plainText(entry.value);
  if (text === undefined) {
    wrongKind(entry, 'a duration', 'after: 10s', reporter);
    return undefined;
  }
  const duration = parseDuration(text);
  if (duration === undefined) reporter.error('request.badDuration', entry.value.range, { value: shorten(text) });
  return duration;
}

function decodeMatches(entry: YamlEntry, reporter: Reporter): string | undefined {
  const text = plainText(entry.value);
  if (text === undefined) wrongKind(entry, 'a regular expression', 'matches: "done"', reporter);
  else checkExpression(text, entry.value, reporter);
  return text;
}
