import { assertionKeys } from '../format/projectKeys';
import type { AssertionEntry, Field } from '../model';
import type { Reporter } from '../reporter';
import type { Template } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeKeys, mapEntries } from './decodeKeys';
import { decodeFields, decodeTemplate } from './decodeValue';

/** What the assertion of the JWT bearer grant says. */
export function decodeAssertion(entry: YamlEntry, reporter: Reporter): AssertionEntry | undefined {
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return undefined;
  const texts: Record<'issuer' | 'subject' | 'audience', Template | undefined> = {
    issuer: undefined,
    subject: undefined,
    audience: undefined,
  };
  let claims: readonly Field[] = [];
  decodeKeys(entry.value, assertionKeys, 'assertion', reporter, (key, item) => {
    if (key === 'claims') claims = decodeFields(item, reporter);
    else if (item.value.kind !== 'null') texts[key] = decodeTemplate(item, reporter, `${key}: text`);
  });
  return { ...texts, claims };
}
