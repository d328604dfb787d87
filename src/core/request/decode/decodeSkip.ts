import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import type { Value } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { wrongKind } from './decodeKeys';

/** `true`, `false` or a variable that says so. */
export function decodeSkip(entry: YamlEntry, reporter: Reporter): Value | undefined {
  const { value } = entry;
  if (value.kind === 'null') return undefined;
  if (value.kind === 'boolean') return value;
  if (value.kind === 'text' && value.text.includes('${')) return parseTemplate(value, reporter);
  wrongKind(entry, 'true, false or a variable', 'skip: true', reporter);
  return undefined;
}
