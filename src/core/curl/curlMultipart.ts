import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { CurlFormField } from './curlCommand';
import { filePath } from './filePath';
import { expressionMark } from './marks';
import type { SecretKeeper } from './secretKeeper';

/** The parts of `-F name=content`, `-F name=@file;type=…;filename=…`, `-F name=<file`. Parts of one name become a list. */
export function multipartEntries(form: readonly CurlFormField[], secrets: SecretKeeper): readonly NewYamlEntry[] {
  const parts = new Map<string, NewYaml[]>();
  for (const field of form) {
    const equals = field.field.indexOf('=');
    const name = equals < 0 ? field.field : field.field.slice(0, equals);
    const content = equals < 0 ? '' : field.field.slice(equals + 1);
    const values = field.literal ? [text(secrets.field(name, content))] : partsOf(name, content, secrets);
    parts.set(name, [...(parts.get(name) ?? []), ...values]);
  }
  return [...parts].map(([name, values]): NewYamlEntry => {
    const [first] = values;
    return [name, values.length === 1 && first ? first : { kind: 'list', items: values }];
  });
}

function partsOf(name: string, content: string, secrets: SecretKeeper): readonly NewYaml[] {
  const mark = content[0];
  if (mark === '<') {
    const { value, type } = attributes(content.slice(1));
    return [part('text', expressionMark(`file:${filePath(value)}`), type, undefined)];
  }
  if (mark !== '@') {
    const { value, type, filename } = attributes(content);
    return [part('text', secrets.field(name, value), type, filename)];
  }
  // One part per file, separated by commas.
  return filesOf(content.slice(1)).map((file) => {
    const { value, type, filename } = attributes(file);
    return part('file', filePath(value), type, filename);
  });
}

function part(kind: 'file' | 'text', value: string, type: string | undefined, filename: string | undefined): NewYaml {
  if (kind === 'text' && type === undefined && filename === undefined) return text(value);
  const entries: NewYamlEntry[] = [[kind, text(value)]];
  if (type !== undefined) entries.push(['type', text(type)]);
  if (filename !== undefined) entries.push(['name', text(filename)]);
  return { kind: 'map', entries };
}

interface Attributes {
  readonly value: string;
  readonly type?: string;
  readonly filename?: string;
}

/** A quoted value may hold the characters that end a plain one. */
function attributes(content: string): Attributes {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"/.exec(content);
  const plain = /^[^]*?(?=;(?:type|filename|encoder|headers)=|$)/.exec(content)?.[0] ?? content;
  const value = quoted ? unescaped(quoted[1] ?? '') : plain;
  const rest = content.slice(quoted ? quoted[0].length : plain.length);
  const type = /;type=("?)([^";]+(?:;[^=;"]+=[^;"]+)*?)\1(?=;(?:filename|encoder|headers)=|$)/.exec(rest)?.[2];
  const filename = /;filename=(?:"((?:[^"\\]|\\["\\])*)"|([^;]*))/.exec(rest);
  const name = filename ? unescaped(filename[1] ?? filename[2] ?? '') : undefined;
  return { value, ...(type === undefined ? {} : { type }), ...(name === undefined ? {} : { filename: name }) };
}

function filesOf(content: string): readonly string[] {
  return content.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [content];
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}
