import type { ValueTable } from '../format/keyTable';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { entryRange, type YamlEntry } from '../yaml/yamlNode';
import { plainText } from './decodeValue';

/** One of the values that are supported; anything else is reported. */
export function decodeChoice<T extends ValueTable>(
  entry: YamlEntry,
  values: T,
  reporter: Reporter,
): (keyof T & string) | undefined {
  if (entry.value.kind === 'null') return undefined;
  const text = plainText(entry.value) ?? '';
  const value = Object.hasOwn(values, text) ? values[text] : undefined;
  if (value?.supported) return text;
  const { key } = entry;
  if (value) {
    reporter.error('request.notSupportedYet', entryRange(entry), { key: `${key}: ${text}` });
    return undefined;
  }
  const known = Object.keys(values);
  const close = nearest(text, known);
  const data = {
    key,
    value: shorten(text),
    known: known.join(', '),
    ...(close === undefined ? {} : { nearest: close }),
  };
  reporter.error('request.unknownValue', entry.value.range, data);
  return undefined;
}
