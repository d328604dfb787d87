import { apiKeyKeys, apiKeyPlaces, basicKeys } from '../format/authKeys';
import type { KeyTable, SupportedKey } from '../format/keyTable';
import type { TextRange } from '../diagnostic';
import type { CredentialsSetting } from '../model';
import type { Reporter } from '../reporter';
import type { Template } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeChoice } from './decodeChoice';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodePlacement } from './decodePlacement';
import { decodeTemplate } from './decodeValue';

type CredentialsDecoder = (entry: YamlEntry, range: TextRange, reporter: Reporter) => CredentialsSetting | undefined;

/** By the key under `auth`. The range is that of the whole `auth`. Each reports what is wrong or missing. */
export const credentialDecoders = {
  basic: (entry, range, reporter) => {
    const { username, password } = entriesOf(
      entry,
      basicKeys,
      '{ username: admin, password: "${secret:name}" }',
      reporter,
    );
    const name = required(entry, 'username', username, 'username: admin', reporter);
    const word = required(entry, 'password', password, 'password: ${secret:name}', reporter);
    return name && word && { kind: 'basic', username: name, password: word, range };
  },
  bearer: (entry, range, reporter) => {
    const token = decodeTemplate(entry, reporter, 'bearer: ${secret:name}');
    return token && { kind: 'bearer', token, range };
  },
  apiKey: (entry, range, reporter) => {
    const example = '{ in: header, name: X-Api-Key, value: "${secret:name}" }';
    const { in: where, name, value } = entriesOf(entry, apiKeyKeys, example, reporter);
    if (where && !decodeChoice(where, apiKeyPlaces, reporter)) return undefined;
    if (!name && entry.value.kind === 'map') missing(entry, 'name', 'name: X-Api-Key', reporter);
    const placement = name && decodePlacement({ name, ...(where && { in: where }) }, reporter);
    const key = required(entry, 'value', value, 'value: ${secret:name}', reporter);
    return placement && key && { kind: 'apiKey', placement, value: key, range };
  },
} as const satisfies Readonly<Record<string, CredentialsDecoder>>;

/** The entries of a map with a closed set of keys; those that say nothing are left out. */
function entriesOf<T extends KeyTable>(
  entry: YamlEntry,
  table: T,
  example: string,
  reporter: Reporter,
): Readonly<Partial<Record<SupportedKey<T>, YamlEntry>>> {
  const found: Partial<Record<SupportedKey<T>, YamlEntry>> = {};
  if (entry.value.kind !== 'map') {
    wrongKind(entry, 'a map', `${entry.key}: ${example}`, reporter);
    return found;
  }
  decodeKeys(entry.value, table, entry.key, reporter, (key, item) => {
    if (item.value.kind !== 'null') found[key] = item;
  });
  return found;
}

function required(
  parent: YamlEntry,
  key: string,
  entry: YamlEntry | undefined,
  example: string,
  reporter: Reporter,
): Template | undefined {
  if (entry) return decodeTemplate(entry, reporter, example);
  if (parent.value.kind === 'map') missing(parent, key, example, reporter);
  return undefined;
}

function missing(parent: YamlEntry, key: string, example: string, reporter: Reporter): void {
  reporter.error('request.missingKey', parent.keyRange, { place: parent.key, key, example });
}
