import type { ForEachSetting } from '../flow';
import { isName } from '../names';
import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { wrongKind } from './decodeKeys';
import { decodeValue } from './decodeValue';

/** What kinds of files rows are read from, by the end of their name. */
export const ROW_FILE = /\.(csv|tsv|json)$/i;

/** A list, a variable that holds one, or the path of a file. */
export function decodeForEach(entry: YamlEntry, reporter: Reporter): ForEachSetting | undefined {
  const { value } = entry;
  if (value.kind === 'null') return undefined;
  const { range } = value;
  if (value.kind === 'list') {
    checkFields(value.items, reporter);
    return { kind: 'value', value: decodeValue(value, reporter), range };
  }
  if (value.kind === 'text') {
    const template = parseTemplate(value, reporter);
    const [first] = template.parts;
    if (template.parts.length === 1 && typeof first === 'object') return { kind: 'value', value: template, range };
    const last = template.parts.at(-1);
    if (typeof last === 'string' && ROW_FILE.test(last)) return { kind: 'file', path: template, range };
  }
  wrongKind(entry, 'a list, a variable that holds one, or a .csv or .json file', 'forEach: ./rows.csv', reporter);
  return undefined;
}

/** Fields are variables; one that no expression can name is of no use. */
function checkFields(items: readonly YamlNode[], reporter: Reporter): void {
  for (const item of items) {
    for (const { key, keyRange } of item.kind === 'map' ? item.entries : []) {
      if (!isName(key)) reporter.warning('run.badField', keyRange, { name: shorten(key) });
    }
  }
}
