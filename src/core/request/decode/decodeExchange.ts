import type { ExchangedTokenSetting } from '../../oauth/model';
import { exchangedTokenKeys, exchangeKeys } from '../format/projectKeys';
import type { ExchangeEntry } from '../model';
import type { Reporter } from '../reporter';
import type { Template } from '../value';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeKeys, mapEntries, wrongKind } from './decodeKeys';
import { decodeSecretName } from './decodeSecretName';
import { decodeTemplate, decodeText } from './decodeValue';

type Source = ExchangedTokenSetting['source'];

/** The tokens of a token exchange. */
export function decodeExchange(entry: YamlEntry, reporter: Reporter): ExchangeEntry | undefined {
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return undefined;
  const tokens: { subject: Source | undefined; actor: Source | undefined } = { subject: undefined, actor: undefined };
  const types: Record<'subjectType' | 'actorType' | 'requestedType', Template | undefined> = {
    subjectType: undefined,
    actorType: undefined,
    requestedType: undefined,
  };
  decodeKeys(entry.value, exchangeKeys, 'exchange', reporter, (key, item) => {
    if (key === 'subject' || key === 'actor') tokens[key] = decodeSource(item, reporter);
    else if (item.value.kind !== 'null') types[key] = decodeTemplate(item, reporter, `${key}: text`);
  });
  return { ...tokens, ...types, range: entry.keyRange };
}

/** `{ connection: name }`, or `${secret:name}`. */
function decodeSource(entry: YamlEntry, reporter: Reporter): Source | undefined {
  const { value } = entry;
  if (value.kind === 'null') return undefined;
  if (value.kind === 'text') {
    const name = decodeSecretName(entry, reporter);
    return name === undefined ? undefined : { kind: 'secret', name };
  }
  let source: Source | undefined;
  if (value.kind === 'map') {
    decodeKeys(value, exchangedTokenKeys, entry.key, reporter, (key, item) => {
      const name = decodeText(item, reporter, `${key}: acme`);
      if (name !== undefined) source = { kind: 'connection', name };
    });
  } else {
    wrongKind(entry, 'a connection or a secret', `${entry.key}: { connection: acme }`, reporter);
  }
  return source;
}
