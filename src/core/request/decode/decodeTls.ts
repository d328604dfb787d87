import { tlsOrigin } from '../../http/tlsSetting';
import type { KeySource } from '../../oauth/model';
import { tlsKeys } from '../format/projectKeys';
import type { TlsEntry } from '../model';
import { isName } from '../names';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { decodeKeys, mapEntries } from './decodeKeys';
import { decodeSecretName } from './decodeSecretName';
import { decodeBoolean, plainText } from './decodeValue';

type Draft = { -readonly [Key in keyof TlsEntry]: TlsEntry[Key] };

/** The entries of `tls:`, by origin. */
export function decodeTls(entries: readonly YamlEntry[], reporter: Reporter): ReadonlyMap<string, TlsEntry> {
  const found = new Map<string, TlsEntry>();
  for (const entry of entries) {
    const origin = tlsOrigin(entry.key);
    if (origin === undefined) reporter.error('tls.badOrigin', entry.keyRange, { origin: shorten(entry.key) });
    else if (found.has(origin)) reporter.error('tls.originTwice', entry.keyRange, { origin });
    else found.set(origin, decodeOrigin(origin, entry, reporter));
  }
  return found;
}

function decodeOrigin(origin: string, entry: YamlEntry, reporter: Reporter): TlsEntry {
  const none = { cert: undefined, key: undefined, pfx: undefined, passphrase: undefined };
  const draft: Draft = { origin, originRange: entry.keyRange, ca: [], ...none, verify: true };
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return draft;
  decodeKeys(entry.value, tlsKeys, 'tls', reporter, (key, item) => {
    if (item.value.kind === 'null') return;
    if (key === 'ca') draft.ca = decodeFiles(item, reporter);
    else if (key === 'passphrase') draft.passphrase = decodeSecretName(item, reporter);
    else if (key === 'verify') draft.verify = decodeVerify(origin, item, reporter);
    else draft[key] = decodeSource(item, reporter);
  });
  return draft;
}

/** Said in any case: the file may be somebody else's. */
function decodeVerify(origin: string, entry: YamlEntry, reporter: Reporter): boolean {
  const verify = decodeBoolean(entry, reporter) ?? true;
  if (!verify) reporter.warning('tls.unverified', entry.value.range, { origin });
  return verify;
}

const examples = { ca: 'ca.pem', cert: 'client.pem', key: 'client.key.pem', pfx: 'client.pfx' };

function exampleOf(key: string): string {
  return Object.hasOwn(examples, key) ? examples[key as keyof typeof examples] : 'file.pem';
}

/** One file or a list of them: authorities are no secrets. */
function decodeFiles(entry: YamlEntry, reporter: Reporter): readonly string[] {
  const { key, value } = entry;
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const path = filePath(item);
    if (path === undefined) reporter.error('tls.badFile', item.range, { key, example: exampleOf(key) });
    return path ?? [];
  });
}

/** `./file`, `${file:./file}` or `${secret:name}`. */
function decodeSource(entry: YamlEntry, reporter: Reporter): KeySource | undefined {
  const { key, value } = entry;
  const path = filePath(value);
  if (path !== undefined) return { kind: 'file', path };
  const name = /^\$\{\s*secret\s*:([^}]*)\}$/.exec(plainText(value)?.trim() ?? '')?.[1]?.trim();
  if (name !== undefined && isName(name)) return { kind: 'secret', name };
  reporter.error('tls.badSource', value.range, { key, example: exampleOf(key) });
  return undefined;
}

/** A path alone, or in `${file:…}`. What spans lines is the material itself, which has no place in a file. */
function filePath(node: YamlNode): string | undefined {
  const text = node.kind === 'text' ? node.text.trim() : '';
  const path = /^\$\{\s*file\s*:([^}]+)\}$/.exec(text)?.[1]?.trim() ?? text;
  return path === '' || path.includes('${') || /[\r\n]/.test(path) ? undefined : path;
}
