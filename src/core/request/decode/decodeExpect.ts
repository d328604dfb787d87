import { nothingExpected } from '../../expect/expectations';
import type { StatusExpectation } from '../../http/httpRequest';
import { expectKeys } from '../format/expectKeys';
import type { BodyEntry, ExpectEntry, HeaderEntry, SchemaEntry } from '../expectModel';
import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Template } from '../value';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { decodeBodyPlace } from './decodeBodyPlace';
import { decodeKeys, mapEntries, wrongKind, wrongValue } from './decodeKeys';
import { decodeMatchers, hasExpression } from './decodeMatchers';
import { decodeSize, decodeTime } from './decodeMeasure';
import { decodeTemplate, decodeValue, firstOfEach, plainText } from './decodeValue';

type Draft = { -readonly [K in keyof ExpectEntry]: ExpectEntry[K] };

/** An `expect:` block, or another that is written like one. `undefined` when there is nothing in it. */
export function decodeExpect(entry: YamlEntry, reporter: Reporter): ExpectEntry | undefined {
  mapEntries(entry, reporter);
  if (entry.value.kind !== 'map') return undefined;
  const draft: Draft = { ...nothingExpected };
  decodeKeys(entry.value, expectKeys, 'expect', reporter, (key, part) => decodePart(key, part, draft, reporter));
  return draft;
}

function decodePart(key: keyof typeof expectKeys, entry: YamlEntry, draft: Draft, reporter: Reporter): void {
  // Nothing is expected where nothing is written.
  if (entry.value.kind === 'null') return;
  switch (key) {
    case 'status':
      draft.status = decodeStatuses(entry, reporter);
      return;
    case 'headers':
      draft.headers = decodeHeaders(entry, reporter);
      return;
    case 'body':
      draft.body = decodeBody(entry, reporter);
      return;
    case 'schema':
      draft.schema = decodeSchema(entry, reporter);
      return;
    case 'time':
      draft.time = decodeTime(entry, reporter);
      return;
    case 'size':
      draft.size = decodeSize(entry, reporter);
      return;
    case 'sha256':
      draft.sha256 = decodeDigest(entry, reporter);
  }
}

function decodeStatuses(entry: YamlEntry, reporter: Reporter): readonly StatusExpectation[] {
  const { value } = entry;
  const items = value.kind === 'list' ? value.items : [value];
  if (items.length === 0) wrongValue('status', value, 'a status or a list of them', 'status: [200, 404]', reporter);
  return items.flatMap((item) => decodeStatus(item, reporter) ?? []);
}

function decodeStatus(node: YamlNode, reporter: Reporter): StatusExpectation | undefined {
  const text = plainText(node);
  if (text === undefined) {
    wrongValue('status', node, 'a status or a list of them', 'status: [200, 404]', reporter);
    return undefined;
  }
  if (/^[1-5]\d\d$/.test(text)) return Number(text);
  if (/^[1-5]xx$/i.test(text)) return text.toLowerCase() as StatusExpectation;
  reporter.error('request.badStatus', node.range, { value: shorten(text) });
  return undefined;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function decodeHeaders(entry: YamlEntry, reporter: Reporter): readonly HeaderEntry[] {
  return firstOfEach(mapEntries(entry, reporter)).map((header) => {
    const { key: name, keyRange: nameRange } = header;
    if (!HEADER_NAME.test(name)) reporter.error('request.badHeaderName', nameRange, { name: shorten(name) });
    return { name, nameRange, matchers: decodeMatchers(header, reporter) };
  });
}

function decodeBody(entry: YamlEntry, reporter: Reporter): readonly BodyEntry[] {
  const { value } = entry;
  if (value.kind !== 'map') {
    wrongKind(entry, 'a map of paths', 'body: { $.status: open }, or body: { text: … } for all of it', reporter);
    return [];
  }
  return firstOfEach(value.entries).flatMap((item) => {
    if (item.key.startsWith('x-')) return [];
    const place = decodeBodyPlace(item.key, item.keyRange, reporter);
    const matchers = decodeMatchers(item, reporter);
    return place ? [{ place, matchers }] : [];
  });
}

function decodeSchema(entry: YamlEntry, reporter: Reporter): SchemaEntry | undefined {
  const { value } = entry;
  if (value.kind === 'text') return { kind: 'file', path: parseTemplate(value, reporter) };
  if (value.kind === 'map' || value.kind === 'boolean') return { kind: 'inline', value: decodeValue(value, reporter) };
  wrongKind(entry, 'a file or a JSON Schema', 'schema: ./schemas/order.json', reporter);
  return undefined;
}

function decodeDigest(entry: YamlEntry, reporter: Reporter): Template | undefined {
  const text = plainText(entry.value);
  const digest = text !== undefined && (hasExpression(entry.value) || /^[0-9a-fA-F]{64}$/.test(text));
  if (digest) return decodeTemplate(entry, reporter, 'sha256: …');
  wrongKind(entry, 'the 64 hexadecimal digits of a SHA-256', 'sha256: e3b0c442…', reporter);
  return undefined;
}
