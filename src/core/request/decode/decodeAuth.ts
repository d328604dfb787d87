import { authKeys } from '../format/authKeys';
import type { AuthSetting, CredentialsSetting } from '../model';
import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Template } from '../value';
import type { YamlEntry, YamlMap } from '../yaml/yamlNode';
import { credentialDecoders } from './decodeCredentials';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodePlacement } from './decodePlacement';
import { decodeTemplate, decodeTemplates, plainText } from './decodeValue';

/** Who a request is sent as; `null` removes what is inherited. */
export function decodeAuth(entry: YamlEntry, reporter: Reporter): AuthSetting | null | undefined {
  const { value } = entry;
  if (value.kind === 'null') return null;
  if (value.kind === 'map') return decodeAuthMap(value, reporter);
  if (value.kind !== 'text') {
    wrongKind(entry, 'the name of a connection, none, auto, or a map', 'auth: none', reporter);
    return undefined;
  }
  const { range } = value;
  if (value.text === 'none' || value.text === 'auto') return { kind: value.text, range };
  const connection = parseTemplate(value, reporter);
  return { kind: 'connection', connection, account: undefined, scopes: undefined, range };
}

function decodeAuthMap(map: YamlMap, reporter: Reporter): AuthSetting | undefined {
  let connection: Template | undefined;
  let account: Template | undefined;
  let scopes: readonly Template[] | undefined;
  let credentials: CredentialsSetting | undefined;
  const placed: { in?: YamlEntry; name?: YamlEntry } = {};
  let first: string | undefined;
  const before = reporter.mark;
  decodeKeys(map, authKeys, 'auth', reporter, (key, entry) => {
    const part = isConnectionKey(key) ? 'connection' : key;
    if (first !== undefined && part !== first) {
      reporter.error('request.twoAuths', entry.keyRange, { key, other: first });
      return;
    }
    first = part;
    if (key === 'connection') connection = decodeTemplate(entry, reporter, 'connection: acme');
    else if (key === 'account') account = decodeAccount(entry, reporter);
    else if (key === 'scopes') scopes = decodeTemplates(entry, reporter, 'scopes: [orders.read]');
    else if (key === 'in' || key === 'name') placed[key] = entry;
    else credentials = credentialDecoders[key](entry, map.range, reporter);
  });
  if (credentials) return credentials;
  const placement = decodePlacement(placed, reporter);
  if (connection) {
    return { kind: 'connection', connection, account, scopes, ...(placement && { placement }), range: map.range };
  }
  if (reporter.mark === before) {
    const data = { key: 'auth', expected: 'a map with connection', example: '{ connection: acme }' };
    reporter.error('request.wrongKind', map.range, data);
  }
  return undefined;
}

/** Accounts are roles: addresses of people have no place in a repository. */
function decodeAccount(entry: YamlEntry, reporter: Reporter): Template | undefined {
  const text = plainText(entry.value) ?? '';
  const host = /^[^\s@${}]+@([^\s@]+)$/.exec(text)?.[1];
  if (host !== undefined && /.\../.test(host)) {
    reporter.warning('request.accountAddress', entry.value.range, { account: shorten(text) });
  }
  return decodeTemplate(entry, reporter, 'account: admin');
}

type ConnectionKey = 'connection' | 'account' | 'scopes' | 'in' | 'name';

function isConnectionKey(key: string): key is ConnectionKey {
  return /^(?:connection|account|scopes|in|name)$/.test(key);
}
