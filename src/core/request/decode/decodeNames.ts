import type { NamedSetting } from '../model';
import type { Reporter } from '../reporter';
import type { YamlEntry } from '../yaml/yamlNode';
import { wrongValue } from './decodeKeys';
import { plainText } from './decodeValue';

/** A list of names or paths, or one alone, each with its place. */
export function decodeNames(entry: YamlEntry, reporter: Reporter, example: string): readonly NamedSetting[] {
  const { key, value } = entry;
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const name = plainText(item);
    if (name === undefined) wrongValue(key, item, 'a text or a list of texts', example, reporter);
    return name === undefined ? [] : { name, range: item.range };
  });
}
