import type { ValueTable } from '../format/keyTable';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry } from '../yaml/yamlNode';
import { plainText } from './decodeValue';

/** One of the values; anything else is reported. */
export function decodeChoice<T extends ValueTable>(
  entry: YamlEntry,
  values: T,
  reporter: Reporter,
): (keyof T & string) | undefined {
  if (entry.value.kind === 'null') return undefined;
  const text = plainText(entry.value) ?? '';
  if (Object.hasOwn(values, text)) return text;
  const { key } = entry;
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
