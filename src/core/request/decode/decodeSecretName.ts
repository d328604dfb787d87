import { isName } from '../names';
import type { Reporter } from '../reporter';
import type { YamlEntry } from '../yaml/yamlNode';

/**
 * The name in `${secret:name}`, which is all that a field for a secret may say: what is written out here, or comes
 * from a variable, would be committed with the file. Reports anything else.
 */
export function decodeSecretName(entry: YamlEntry, reporter: Reporter): string | undefined {
  const { key, value } = entry;
  if (value.kind === 'null') return undefined;
  const name = value.kind === 'text' ? /^\$\{\s*secret\s*:([^}]*)\}$/.exec(value.text.trim())?.[1]?.trim() : undefined;
  if (name !== undefined && isName(name)) return name;
  reporter.error('connection.secretInFile', value.range, { key });
  return undefined;
}
