import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { RequestBody } from './apiDescription';
import type { ApiNode } from './apiNode';
import { isJsonType } from './dialect';
import { exampleYaml, literal, valueYaml } from './exampleYaml';

export interface OperationBody {
  /** The body's own key with what it holds; none where there is no body. */
  readonly entries: readonly NewYamlEntry[];
  /** What has to be said beside it. */
  readonly headers: readonly NewYamlEntry[];
}

/** The body of an operation with its example, in the form that says its media type by itself where there is one. */
export function operationBody(body: RequestBody | undefined): OperationBody {
  if (!body) return { entries: [], headers: [] };
  const { mediaType, schema, example } = body;
  const value = example ? valueYaml(example.value) : exampleYaml(schema);
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  switch (type) {
    case 'application/json':
    case '*/*':
      return only('json', value);
    case 'application/x-www-form-urlencoded':
      return only('form', fields(value, formField));
    case 'multipart/form-data':
      return only(
        'multipart',
        fields(value, (name, field) => part(name, field, schema?.get('properties')?.get(name))),
      );
    case 'application/xml':
      return only('xml', xmlText(value, schema));
    case 'text/plain':
      return only('text', plainText(value));
  }
  const headers: readonly NewYamlEntry[] = [['Content-Type', literal(mediaType)]];
  if (isJsonType(type)) return { headers, entries: [['json', value]] };
  if (/[/+]xml$/.test(type)) return { headers, entries: [['xml', xmlText(value, schema)]] };
  if (type.startsWith('text/')) return { headers, entries: [['text', plainText(value)]] };
  return { headers, entries: [['file', literal('./body')]] };
}

function only(key: string, value: NewYaml): OperationBody {
  return { entries: [[key, value]], headers: [] };
}

/** The members of a value, each as what a form has it. */
function fields(value: NewYaml, convert: (name: string, field: NewYaml) => NewYaml): NewYaml {
  const entries = value.kind === 'map' ? value.entries : [];
  return { kind: 'map', entries: entries.map(([name, field]) => [name, convert(name, field)]) };
}

/** What is no text in a form is JSON in it (OpenAPI 3.1 §4.8.15). */
function formField(_name: string, field: NewYaml): NewYaml {
  if (field.kind === 'map') return text(jsonText(field));
  if (field.kind !== 'list') return field;
  return { kind: 'list', items: field.items.map((item) => (isScalar(item) ? item : text(jsonText(item)))) };
}

function part(name: string, field: NewYaml, schema: ApiNode | undefined): NewYaml {
  const shape = schema?.get('items') ?? schema;
  if (isFile(shape)) return { kind: 'map', entries: [['file', literal(`./${name.replace(/[^\w.-]+/g, '-')}`)]] };
  if (field.kind === 'list' && field.items.every(isScalar)) return field;
  return isScalar(field) ? field : { kind: 'map', entries: [['json', field]] };
}

/** Bytes (OpenAPI 3.0 `format: binary`, 3.1 `contentMediaType`, Swagger 2 `type: file`). */
function isFile(schema: ApiNode | undefined): boolean {
  const isBinary = schema?.textOf('format') === 'binary' || schema?.textOf('type') === 'file';
  return isBinary || schema?.textOf('contentMediaType') !== undefined;
}

export function isScalar({ kind }: NewYaml): boolean {
  return kind === 'text' || kind === 'raw';
}

function plainText(value: NewYaml): NewYaml {
  return value.kind === 'text' ? value : text(jsonText(value));
}

function xmlText(value: NewYaml, schema: ApiNode | undefined): NewYaml {
  if (value.kind === 'text' && value.text.trim().startsWith('<')) return value;
  return text(xmlElement(schema?.get('xml')?.textOf('name') ?? 'root', value, schema).join('\n'));
}

/** An element; where a property is an attribute or has another name, its schema says so (OpenAPI 3.1 §4.8.26). */
function xmlElement(name: string, value: NewYaml, schema: ApiNode | undefined): readonly string[] {
  if (value.kind === 'list') return value.items.flatMap((item) => xmlElement(name, item, schema?.get('items')));
  if (value.kind !== 'map') return [`<${name}>${xmlScalar(value)}</${name}>`];
  const members = value.entries.map(([key, inner]) => {
    const property = schema?.get('properties')?.get(key);
    return { inner, property, key: property?.get('xml')?.textOf('name') ?? key };
  });
  const isAttribute = ({ property }: (typeof members)[number]): boolean =>
    property?.get('xml')?.get('attribute')?.isTrue === true;
  const attributes = members.filter(isAttribute).map(({ key, inner }) => ` ${key}="${xmlScalar(inner)}"`);
  const children = members.filter((member) => !isAttribute(member));
  const inside = children.flatMap(({ key, inner, property }) => xmlElement(key, inner, property));
  return [`<${name}${attributes.join('')}>`, ...inside.map((line) => `  ${line}`), `</${name}>`];
}

function xmlScalar(value: NewYaml): string {
  const plain = value.kind === 'text' ? value.text : value.kind === 'raw' ? value.source : '';
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** As JSON on one line; expressions stay what they are. */
export function jsonText(value: NewYaml): string {
  switch (value.kind) {
    case 'raw':
      return value.source;
    case 'text':
      return JSON.stringify(value.text);
    case 'list':
      return `[${value.items.map(jsonText).join(',')}]`;
    case 'map':
      return `{${value.entries.map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`).join(',')}}`;
  }
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}
