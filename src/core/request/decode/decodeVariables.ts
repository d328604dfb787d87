import type { FileOrigin, Variable, Variables } from '../model';
import { isName } from '../names';
import { BUILT_IN_NAMES } from '../parseTemplate';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { mapEntries } from './decodeKeys';
import { decodeValue } from './decodeValue';

/** Says which file a value was written in; after a merge they differ. */
export type OriginOf = (node: YamlNode) => FileOrigin;

export function decodeVariables(entry: YamlEntry, origin: OriginOf, reporter: Reporter): Variables {
  const variables = new Map<string, Variable>();
  for (const item of mapEntries(entry, reporter)) {
    if (item.key.startsWith('x-') || variables.has(item.key)) continue;
    variables.set(item.key, decodeVariable(item, origin, reporter));
  }
  return variables;
}

function decodeVariable({ key, keyRange, value }: YamlEntry, origin: OriginOf, reporter: Reporter): Variable {
  const before = reporter.mark;
  if (!isName(key)) reporter.error('request.badName', keyRange, { name: shorten(key) });
  else if (BUILT_IN_NAMES.includes(key)) reporter.warning('variable.reserved', keyRange, { name: key });
  const decoded = decodeValue(value, reporter);
  return {
    name: key,
    nameRange: keyRange,
    value: decoded,
    origin: origin(value),
    faults: reporter.errorsSince(before),
  };
}
