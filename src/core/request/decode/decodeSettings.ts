import { cookieValues, settingsKeys, timeoutKeys } from '../format/settingsKeys';
import type { KeyOf } from '../format/keyTable';
import { parseDuration } from '../duration';
import type { Field, Settings, TimeoutSetting } from '../model';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeAuth } from './decodeAuth';
import { decodeChoice } from './decodeChoice';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodeFields, decodeTemplate, plainText } from './decodeValue';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type SettingsDraft = Mutable<Settings>;

export function emptySettings(): SettingsDraft {
  return {
    ...{ auth: undefined, baseUrl: undefined, headers: [], query: [], timeout: {}, redirects: undefined },
    cookies: undefined,
  };
}

export type SettingKey = KeyOf<typeof settingsKeys>;

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
    case 'cookies':
      settings.cookies = decodeCookies(entry, reporter);
      return;
  }
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

/** `on`, `off`, or what YAML has for the same. */
function decodeCookies(entry: YamlEntry, reporter: Reporter): boolean | null | undefined {
  const { value } = entry;
  if (value.kind === 'null') return null;
  if (value.kind === 'boolean') return value.value;
  const choice = decodeChoice(entry, cookieValues, reporter);
  return choice === undefined ? undefined : choice === 'on';
}
