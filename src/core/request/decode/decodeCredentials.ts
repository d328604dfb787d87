import { apiKeyKeys, apiKeyPlaces, awsKeys, basicKeys, hmacAlgorithms, hmacKeys } from '../format/authKeys';
import type { KeyTable, KeyOf } from '../format/keyTable';
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
  basic: (entry, range, reporter) => decodeBasic('basic', entry, range, reporter),
  digest: (entry, range, reporter) => decodeBasic('digest', entry, range, reporter),
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
  awsSigV4: (entry, range, reporter) => {
    const example = '{ region: eu-central-1, service: s3, accessKeyId: AKIA…, secretAccessKey: "${secret:name}" }';
    const found = entriesOf(entry, awsKeys, example, reporter);
    const region = required(entry, 'region', found.region, 'region: eu-central-1', reporter);
    const service = required(entry, 'service', found.service, 'service: s3', reporter);
    const accessKeyId = required(entry, 'accessKeyId', found.accessKeyId, 'accessKeyId: AKIA…', reporter);
    const secretExample = 'secretAccessKey: ${secret:name}';
    const secretAccessKey = required(entry, 'secretAccessKey', found.secretAccessKey, secretExample, reporter);
    const sessionToken = found.sessionToken && decodeTemplate(found.sessionToken, reporter, '${secret:name}');
    if (!region || !service || !accessKeyId || !secretAccessKey) return undefined;
    return { kind: 'awsSigV4', region, service, accessKeyId, secretAccessKey, sessionToken, range };
  },
  hmac: (entry, range, reporter) => {
    const found = entriesOf(entry, hmacKeys, '{ key: "${secret:name}", header: X-Signature }', reporter);
    const key = required(entry, 'key', found.key, 'key: ${secret:name}', reporter);
    if (!found.header && entry.value.kind === 'map') missing(entry, 'header', 'header: X-Signature', reporter);
    const header = found.header && decodePlacement({ name: found.header }, reporter)?.name;
    const message = found.message && decodeTemplate(found.message, reporter, 'message: "${timestamp}.${body}"');
    const value = found.value && decodeTemplate(found.value, reporter, 'value: sha256=${signature}');
    const algorithm = found.algorithm ? decodeChoice(found.algorithm, hmacAlgorithms, reporter) : 'sha256';
    return key && header !== undefined && algorithm
      ? { kind: 'hmac', key, header, message, value, algorithm, range }
      : undefined;
  },
} as const satisfies Readonly<Record<string, CredentialsDecoder>>;

function decodeBasic(
  kind: 'basic' | 'digest',
  entry: YamlEntry,
  range: TextRange,
  reporter: Reporter,
): CredentialsSetting | undefined {
  const found = entriesOf(entry, basicKeys, '{ username: admin, password: "${secret:name}" }', reporter);
  const username = required(entry, 'username', found.username, 'username: admin', reporter);
  const password = required(entry, 'password', found.password, 'password: ${secret:name}', reporter);
  return username && password && { kind, username, password, range };
}

/** The entries of a map with a closed set of keys; those that say nothing are left out. */
function entriesOf<T extends KeyTable>(
  entry: YamlEntry,
  table: T,
  example: string,
  reporter: Reporter,
): Readonly<Partial<Record<KeyOf<T>, YamlEntry>>> {
  const found: Partial<Record<KeyOf<T>, YamlEntry>> = {};
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
