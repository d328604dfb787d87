import { graphqlKeys, partKeys } from '../format/bodyKeys';
import type { Body, MultipartField, PartEntry } from '../model';
import type { Reporter } from '../reporter';
import type { Template, Value } from '../value';
import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlNode';
import { parseTemplate } from '../parseTemplate';
import { decodeKeys, mapEntries, wrongKind, wrongValue } from './decodeKeys';
import { decodeFields, decodeTemplate, decodeValue, firstOfEach } from './decodeValue';

export type BodyKey = 'json' | 'form' | 'text' | 'xml' | 'graphql' | 'file' | 'multipart';

/** What a request sends. `undefined` where that cannot be read, which was reported. */
export function decodeBody(key: BodyKey, entry: YamlEntry, reporter: Reporter): Body | undefined {
  const range = entryRange(entry);
  switch (key) {
    case 'json':
      return { kind: 'json', value: decodeValue(entry.value, reporter), range };
    case 'form':
      return { kind: 'form', fields: decodeFields(entry, reporter), range };
    case 'text':
    case 'xml': {
      const text = decodeTemplate(entry, reporter, `${key}: what is sent`);
      return text && { kind: key, text, range };
    }
    case 'file': {
      const path = decodeTemplate(entry, reporter, 'file: ./body.bin');
      return path && { kind: 'file', path, range };
    }
    case 'graphql':
      return decodeGraphql(entry, reporter);
    case 'multipart':
      return { kind: 'multipart', fields: decodeParts(entry, reporter), range };
  }
}

const queryExample = 'graphql: { query: "{ orders { id } }" }';

function decodeGraphql(entry: YamlEntry, reporter: Reporter): Body | undefined {
  const range = entryRange(entry);
  const draft: { query?: Template | undefined; operationName?: Template | undefined; variables?: Value | undefined } =
    {};
  const before = reporter.mark;
  if (entry.value.kind !== 'map') draft.query = decodeTemplate(entry, reporter, queryExample);
  else {
    decodeKeys(entry.value, graphqlKeys, 'graphql', reporter, (key, item) => {
      if (key !== 'variables') draft[key] = decodeTemplate(item, reporter, `${key}: text`);
      else if (item.value.kind === 'map') draft.variables = decodeValue(item.value, reporter);
      else draft.variables = decodeVariableMap(item, reporter);
    });
  }
  const { query, operationName, variables } = draft;
  if (!query && reporter.mark === before) wrongKind(entry, 'a map with query', queryExample, reporter);
  return query && { kind: 'graphql', query, operationName, variables, range };
}

/** One expression that has all of them. */
function decodeVariableMap(entry: YamlEntry, reporter: Reporter): Value | undefined {
  const { value } = entry;
  if (value.kind === 'text' && value.text.includes('${')) return parseTemplate(value, reporter);
  if (value.kind !== 'null') wrongKind(entry, 'a map', 'variables: { id: 1 }', reporter);
  return undefined;
}

const partExample = 'invoice: { file: ./invoice.pdf }';

function decodeParts(entry: YamlEntry, reporter: Reporter): readonly MultipartField[] {
  return firstOfEach(mapEntries(entry, reporter)).flatMap(({ key, keyRange, value }) => {
    const items = value.kind === 'list' ? value.items : [value];
    return items.flatMap((item) => {
      const part = decodePart(key, item, reporter);
      return part ? [{ name: key, nameRange: keyRange, part }] : [];
    });
  });
}

function decodePart(name: string, node: YamlNode, reporter: Reporter): PartEntry | undefined {
  if (node.kind === 'map') return decodePartMap(name, node, reporter);
  if (node.kind === 'list') {
    wrongValue(name, node, 'a text or a map', partExample, reporter);
    return undefined;
  }
  return node.kind === 'null' ? undefined : { kind: 'value', value: decodeValue(node, reporter), type: undefined };
}

function decodePartMap(name: string, map: YamlMap, reporter: Reporter): PartEntry | undefined {
  const texts: { text?: Template | undefined; file?: Template | undefined } = {};
  const more: { type?: Template | undefined; name?: Template | undefined } = {};
  let json: Value | undefined;
  const before = reporter.mark;
  decodeKeys(map, partKeys, `the part ${name}`, reporter, (key, item) => {
    if (key === 'json') json = decodeValue(item.value, reporter);
    else if (key === 'text' || key === 'file') texts[key] = decodeTemplate(item, reporter, `${key}: text`);
    else if (item.value.kind !== 'null') more[key] = decodeTemplate(item, reporter, `${key}: text`);
  });
  const { text, file } = texts;
  const found = [json, text, file].filter((each) => each !== undefined).length;
  if (found === 1) {
    if (file) return { kind: 'file', path: file, type: more.type, name: more.name };
    if (json) return { kind: 'json', value: json, type: more.type };
    if (text) return { kind: 'value', value: text, type: more.type };
  }
  if (reporter.mark === before) {
    wrongValue(name, map, 'a map with one of text, json and file', partExample, reporter);
  }
  return undefined;
}
