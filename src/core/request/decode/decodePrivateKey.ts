import type { KeySource } from '../../oauth/model';
import { privateKeyKeys } from '../format/projectKeys';
import type { PrivateKeyEntry } from '../model';
import type { Reporter } from '../reporter';
import type { Template } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodeSecretName } from './decodeSecretName';
import { decodeTemplate, plainText } from './decodeValue';

const example = 'privateKey: ${secret:signing-key}';

/** `${secret:name}`, `${file:./key.pem}`, or a map with one of them as `key`. A key written out is an error. */
export function decodePrivateKey(entry: YamlEntry, reporter: Reporter): PrivateKeyEntry | undefined {
  const { value } = entry;
  if (value.kind === 'null') return undefined;
  if (value.kind !== 'map') {
    const source = decodeKeySource(entry, reporter);
    return source && { source, keyId: undefined, algorithm: undefined };
  }
  let source: KeySource | undefined;
  const texts: { keyId: Template | undefined; algorithm: Template | undefined } = {
    keyId: undefined,
    algorithm: undefined,
  };
  const before = reporter.mark;
  decodeKeys(value, privateKeyKeys, 'privateKey', reporter, (key, item) => {
    if (key === 'key') source = decodeKeySource(item, reporter);
    else if (item.value.kind !== 'null') texts[key] = decodeTemplate(item, reporter, `${key}: text`);
  });
  if (!source && reporter.mark === before)
    wrongKind(entry, 'a key', 'privateKey: { key: ${secret:signing-key} }', reporter);
  return source && { source, ...texts };
}

function decodeKeySource(entry: YamlEntry, reporter: Reporter): KeySource | undefined {
  const text = plainText(entry.value)?.trim() ?? '';
  const path = /^\$\{\s*file\s*:([^}]+)\}$/.exec(text)?.[1]?.trim();
  if (path !== undefined && path !== '') return { kind: 'file', path };
  if (entry.value.kind !== 'text') {
    wrongKind(entry, 'the name of a secret or a file', example, reporter);
    return undefined;
  }
  const name = decodeSecretName(entry, reporter);
  return name === undefined ? undefined : { kind: 'secret', name };
}
