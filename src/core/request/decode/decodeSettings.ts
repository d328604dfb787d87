import { authKeys, settingsKeys, timeoutKeys } from '../format/settingsKeys';
import type { SupportedKey } from '../format/keyTable';
import { parseDuration } from '../duration';
import type { AuthSetting, Field, Settings, TimeoutSetting } from '../model';
import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Template } from '../value';
import type { YamlEntry, YamlMap } from '../yaml/yamlNode';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodePlacement } from './decodePlacement';
import { decodeFields, decodeTemplate, decodeTemplates, plainText } from './decodeValue';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type SettingsDraft = Mutable<Settings>;

export function emptySettings(): SettingsDraft {
  return { auth: undefined, baseUrl: undefined, headers: [], query: [], timeout: {}, redirects: undefined };
}

export type SettingKey = SupportedKey<typeof settingsKeys>;

/** Tells the shared keys from a request's own. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingsKeys, key);
}

/** Takes one of the keys that defaults, request files and requests share. */
export function decodeSetting(key: SettingKey, entry: YamlEntry, settings: SettingsDraft, reporter: Reporter): void {
  switch (key) {
    case 'auth':
      settings.auth = decodeAuth(entry, reporter);
      return;
    case 'baseUrl':
      settings.baseUrl =
        entry.value.kind === 'null' ? null : decodeTemplate(entry, reporter, 'baseUrl: https://api.example.com');
      return;
    case 'headers':
      settings.headers = decodeHeaders(entry, reporter);
      return;
    case 'query':
      settings.query = decodeFields(entry, reporter);
      return;
    case 'timeout':
      settings.timeout = decodeTimeout(entry, reporter);
      return;
    case 'redirects':
      settings.redirects = decodeRedirects(entry, reporter);
      return;
  }
}

function decodeAuth(entry: YamlEntry, reporter: Reporter): AuthSetting | null | undefined {
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
  const placed: { in?: YamlEntry; name?: YamlEntry } = {};
  const before = reporter.mark;
  decodeKeys(map, authKeys, 'auth', reporter, (key, entry) => {
    if (key === 'connection') connection = decodeTemplate(entry, reporter, 'connection: acme');
    else if (key === 'account') account = decodeTemplate(entry, reporter, 'account: admin');
    else if (key === 'in' || key === 'name') placed[key] = entry;
    else scopes = decodeTemplates(entry, reporter, 'scopes: [orders.read]');
  });
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

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function decodeHeaders(entry: YamlEntry, reporter: Reporter): readonly Field[] {
  const seen = new Set<string>();
  return decodeFields(entry, reporter).filter(({ name, nameRange }) => {
    const lower = name.toLowerCase();
    if (!HEADER_NAME.test(name)) reporter.error('request.badHeaderName', nameRange, { name: shorten(name) });
    else if (seen.has(lower)) reporter.error('request.duplicateHeader', nameRange, { name: shorten(name) });
    const keep = !seen.has(lower);
    seen.add(lower);
    return keep;
  });
}

function decodeTimeout(entry: YamlEntry, reporter: Reporter): TimeoutSetting {
  const { value } = entry;
  if (value.kind !== 'map') return onlyKnown({ total: decodeDuration(entry, reporter) });
  const timeout: { connect?: number | null; headers?: number | null; idle?: number | null; total?: number | null } = {};
  decodeKeys(value, timeoutKeys, 'timeout', reporter, (key, phase) => {
    const duration = decodeDuration(phase, reporter);
    if (duration !== undefined) timeout[key] = duration;
  });
  return timeout;
}

function onlyKnown({ total }: { readonly total: number | null | undefined }): TimeoutSetting {
  return total === undefined ? {} : { total };
}

function decodeDuration(entry: YamlEntry, reporter: Reporter): number | null | undefined {
  if (entry.value.kind === 'null') return null;
  const text = plainText(entry.value);
  if (text === undefined) {
    wrongKind(entry, 'a duration', `${entry.key}: 30s`, reporter);
    return undefined;
  }
  const duration = parseDuration(text);
  if (duration === undefined) reporter.error('request.badDuration', entry.value.range, { value: shorten(text) });
  return duration;
}

const MOST_REDIRECTS = 100;

function decodeRedirects(entry: YamlEntry, reporter: Reporter): number | null | undefined {
  if (entry.value.kind === 'null') return null;
  const text = plainText(entry.value) ?? '';
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST_REDIRECTS) return Number(text);
  wrongKind(entry, `a whole number from 0 to ${MOST_REDIRECTS}`, 'redirects: 5', reporter);
  return undefined;
}
