import { parseDuration } from '../duration';
import type { RetrySetting } from '../flow';
import { retryKeys } from '../format/requestKeys';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { decodeExpect } from './decodeExpect';
import { decodeKeys, mapEntries, wrongKind } from './decodeKeys';
import { plainText } from './decodeValue';
import type { YamlEntry } from '../yaml/yamlNode';

const MOST_TIMES = 100;
const DEFAULT_INTERVAL = 1_000;

interface Draft {
  times: number | undefined;
  interval: number | undefined;
  until: RetrySetting['until'];
}

/** `{ times, interval, until }`. */
export function decodeRetry(entry: YamlEntry, reporter: Reporter): RetrySetting | undefined {
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return undefined;
  const draft: Draft = { times: undefined, interval: DEFAULT_INTERVAL, until: undefined };
  const before = reporter.mark;
  decodeKeys(entry.value, retryKeys, 'retry', reporter, (key, item) => {
    if (key === 'times') draft.times = decodeTimes(item, reporter);
    else if (key === 'interval') draft.interval = decodeInterval(item, reporter);
    else draft.until = decodeExpect(item, reporter);
  });
  const { times, interval, until } = draft;
  if (times !== undefined && interval !== undefined) return { times, interval, until };
  if (reporter.mark === before) wrongKind(entry, 'a map with times', '{ times: 3 }', reporter);
  return undefined;
}

function decodeTimes(entry: YamlEntry, reporter: Reporter): number | undefined {
  const text = plainText(entry.value) ?? '';
  const times = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (times >= 1 && times <= MOST_TIMES) return times;
  wrongKind(entry, `a whole number from 1 to ${MOST_TIMES}`, 'times: 3', reporter);
  return undefined;
}

function decodeInterval(entry: YamlEntry, reporter: Reporter): number | undefined {
  if (entry.value.kind === 'null') return DEFAULT_INTERVAL;
  const text = plainText(entry.value);
  if (text === undefined) {
    wrongKind(entry, 'a duration', 'interval: 2s', reporter);
    return undefined;
  }
  const duration = parseDuration(text);
  if (duration === undefined) reporter.error('request.badDuration', entry.value.range, { value: shorten(text) });
  return duration;
}
