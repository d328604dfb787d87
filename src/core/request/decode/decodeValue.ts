import type { Field } from '../model';
import { parseTemplate } from '../parseTemplate';
import type { Reporter } from '../reporter';
import type { Template, Value } from '../value';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { mapEntries, wrongKind, wrongValue } from './decodeKeys';

/** Any value: a JSON body, a variable. */
export function decodeValue(node: YamlNode, reporter: Reporter): Value {
  switch (node.kind) {
    case 'text':
      return parseTemplate(node, reporter);
    case 'list':
      return { ...node, items: node.items.map((item) => decodeValue(item, reporter)) };
    case 'map':
      return { ...node, entries: firstOfEach(node.entries).map((entry) => decodeEntry(entry, reporter)) };
    case 'number':
    case 'boolean':
    case 'null':
      return node;
  }
}

function decodeEntry(
  entry: YamlEntry,
  reporter: Reporter,
): { key: string; keyRange: YamlEntry['keyRange']; value: Value } {
  return { key: entry.key, keyRange: entry.keyRange, value: decodeValue(entry.value, reporter) };
}

/** Of a key that is there twice (and was reported) the first counts. */
export function firstOfEach(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ key }) => {
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

/** Text with expressions; a number or a boolean is taken as it is written. */
export function decodeTemplate(entry: YamlEntry, reporter: Reporter, example: string): Template | undefined {
  return templateOf(entry.key, entry.value, reporter, example);
}

function templateOf(key: string, node: YamlNode, reporter: Reporter, example: string): Template | undefined {
  const text = plainText(node);
  if (node.kind === 'text') return parseTemplate(node, reporter);
  if (text !== undefined) return { kind: 'text', parts: [text], range: node.range };
  wrongValue(key, node, 'a text', example, reporter);
  return undefined;
}

/** A list of texts, or one text alone. */
export function decodeTemplates(entry: YamlEntry, reporter: Reporter, example: string): readonly Template[] {
  const { key, value } = entry;
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => templateOf(key, item, reporter, example) ?? []);
}

/** Text that is not expanded. */
export function decodeText(entry: YamlEntry, reporter: Reporter, example: string): string | undefined {
  const text = plainText(entry.value);
  if (text === undefined && entry.value.kind !== 'null') wrongKind(entry, 'a text', example, reporter);
  return text;
}

export function decodeTexts(entry: YamlEntry, reporter: Reporter, example: string): readonly string[] {
  const { key, value } = entry;
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const text = plainText(item);
    if (text === undefined) wrongValue(key, item, 'a text or a list of texts', example, reporter);
    return text ?? [];
  });
}

/** What a scalar reads as in the file; `undefined` for everything else. */
export function plainText(node: YamlNode): string | undefined {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'number') return node.literal;
  return node.kind === 'boolean' ? String(node.value) : undefined;
}

export function decodeBoolean(entry: YamlEntry, reporter: Reporter): boolean | undefined {
  const { value } = entry;
  if (value.kind === 'boolean') return value.value;
  if (value.kind !== 'null') wrongKind(entry, 'true or false', `${entry.key}: true`, reporter);
  return undefined;
}

/** Entries such as those of `query`: each a scalar, `null` or a list of scalars. */
export function decodeFields(entry: YamlEntry, reporter: Reporter): readonly Field[] {
  return firstOfEach(mapEntries(entry, reporter)).map((field) => decodeField(field, reporter));
}

function decodeField(field: YamlEntry, reporter: Reporter): Field {
  const { key, keyRange, value } = field;
  const faulty = value.kind === 'list' ? value.items.find(isCollection) : value.kind === 'map' ? value : undefined;
  if (faulty)
    wrongValue(key, faulty, 'a text, a number or a list of them', `${key}: text, or ${key}: [one, two]`, reporter);
  return { name: key, nameRange: keyRange, value: decodeValue(value, reporter) };
}

function isCollection(node: YamlNode): boolean {
  return node.kind === 'list' || node.kind === 'map';
}
