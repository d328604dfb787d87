import { plainText } from '../decode/decodeValue';
import { methodKeys } from '../format/requestKeys';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import type { RequestSlice } from './requestSlice';

export const bodyKinds = ['json', 'form', 'text', 'xml', 'graphql', 'multipart', 'file'] as const;
export type BodyKind = (typeof bodyKinds)[number];

/** What can be edited of a request, as it is written: `${…}` is not put in. */
export interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  readonly query: readonly WrittenField[];
  readonly headers: readonly WrittenField[];
  /** `undefined`: none. */
  readonly body: WrittenBody | undefined;
}

export interface WrittenField {
  readonly name: string;
  readonly value: string;
  /** A list, or `null`, which takes away what is set further out: to be changed in the file. */
  readonly isFixed: boolean;
}

export interface WrittenBody {
  readonly kind: BodyKind;
  /** The text that is sent, or with `isYaml` the value as the file has it. Line breaks are `\n`. */
  readonly text: string;
  readonly isYaml: boolean;
}

/** What a request says; `undefined` where that cannot be shown in fields, as with an alias. */
export function writtenRequest({ text, map }: RequestSlice): WrittenRequest | undefined {
  const target = targetEntry(map);
  if (!target || isAlias(target)) return undefined;
  const url = plainText(target.value);
  const method = methodOf(map, target);
  if (url === undefined || method === undefined) return undefined;
  const query = fieldsOf(map, 'query');
  const headers = fieldsOf(map, 'headers');
  const bodies = map.entries.filter(({ key }) => isBodyKind(key));
  if (!query || !headers || bodies.length > 1) return undefined;
  const [entry] = bodies;
  const body = entry && bodyOf(text, entry);
  return entry && !body ? undefined : { method, url, query, headers, body };
}

/** The entry whose value is the URL. */
export function targetEntry(map: YamlMap): YamlEntry | undefined {
  return map.entries.find(({ key }) => Object.hasOwn(methodKeys, key) || key === 'url');
}

export function isBodyKind(key: string): key is BodyKind {
  return bodyKinds.some((kind) => kind === key);
}

/** What it stands for is written elsewhere. */
export function isAlias({ keyRange, value }: YamlEntry): boolean {
  return value.range.start < keyRange.end;
}

function methodOf(map: YamlMap, { key }: YamlEntry): string | undefined {
  if (key !== 'url') return key.toUpperCase();
  const entry = map.entries.find((each) => each.key === 'method');
  return entry && !isAlias(entry) ? plainText(entry.value) : undefined;
}

function fieldsOf(map: YamlMap, key: 'query' | 'headers'): readonly WrittenField[] | undefined {
  const entry = map.entries.find((each) => each.key === key);
  if (!entry || entry.value.kind === 'null') return [];
  if (entry.value.kind !== 'map' || isAlias(entry)) return undefined;
  return entry.value.entries.map((field) => {
    const value = plainText(field.value);
    return { name: field.key, value: value ?? shownValue(field.value), isFixed: value === undefined || isAlias(field) };
  });
}

function shownValue(node: YamlNode): string {
  return node.kind === 'list' ? node.items.map((item) => plainText(item) ?? '…').join(', ') : '';
}

function bodyOf(text: string, entry: YamlEntry): WrittenBody | undefined {
  const { key, value } = entry;
  if (!isBodyKind(key) || isAlias(entry)) return undefined;
  const plain = plainText(value);
  if (isPlainBody(key, value)) return { kind: key, text: plain ?? '', isYaml: false };
  return { kind: key, text: dedented(text, value), isYaml: true };
}

/** Bodies that are a text as such; a GraphQL document may also stand alone. */
function isPlainBody(kind: BodyKind, value: YamlNode): boolean {
  return kind === 'text' || kind === 'xml' || kind === 'file' || (kind === 'graphql' && value.kind === 'text');
}

/** The source of a value without the indentation of its first line. */
export function dedented(text: string, { range }: YamlNode): string {
  const column = range.start - (text.lastIndexOf('\n', range.start - 1) + 1);
  const indent = new RegExp(`^[ \\t]{0,${column}}`);
  const [first = '', ...rest] = text.slice(range.start, range.end).replaceAll('\r\n', '\n').split('\n');
  return [first, ...rest.map((line) => line.replace(indent, ''))].join('\n');
}
