import { compareDecimals } from '../json/decimal';
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../json/jsonValue';
import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { ApiNode } from './apiNode';

/** Levels below which only what is required is written. */
const OPTIONAL_LEVELS = 3;
/** Levels below which nothing is written. */
const MOST_LEVELS = 8;
/** Values of one example. */
const MOST_VALUES = 300;

/**
 * A value by a schema, to begin with: its example, its default, its first choice, or one made from its type. What the
 * server makes itself (`readOnly`) is left out.
 */
export function exampleYaml(schema: ApiNode | undefined): NewYaml {
  return new ExampleWriter().value(schema, 0) ?? literal('');
}

/** A value as YAML; nothing in it is expanded. */
export function valueYaml(value: JsonValue): NewYaml {
  if (value === null || typeof value === 'boolean') return { kind: 'raw', source: String(value) };
  if (typeof value === 'string') return literal(value);
  if (value instanceof JsonNumber) return { kind: 'raw', source: value.literal };
  if (isJsonArray(value)) return { kind: 'list', items: value.map(valueYaml) };
  const entries = isJsonObject(value) ? [...value].map(([key, inner]): NewYamlEntry => [key, valueYaml(inner)]) : [];
  return { kind: 'map', entries };
}

/** A text in which nothing is expanded. */
export function literal(text: string): NewYaml {
  return { kind: 'text', text: text.replaceAll('${', () => '$${') };
}

class ExampleWriter {
  /** Schemas that are being written: one that holds itself would have no end. */
  readonly #open = new Set<JsonValue>();
  #values = 0;

  /** `undefined` where there is no end to it. */
  value(schema: ApiNode | undefined, level: number): NewYaml | undefined {
    if (!schema) return literal('');
    const said = saidValue(schema);
    if (said !== undefined) return valueYaml(said);
    if (level > MOST_LEVELS || ++this.#values > MOST_VALUES || this.#open.has(schema.value)) return undefined;
    this.#open.add(schema.value);
    const value = this.#made(schema, level);
    this.#open.delete(schema.value);
    return value;
  }

  #made(schema: ApiNode, level: number): NewYaml | undefined {
    const choices = (schema.get('oneOf') ?? schema.get('anyOf'))?.items ?? [];
    const chosen = choices.find((choice) => typeOf(choice) !== 'null');
    switch (typeOf(schema) ?? (hasMembers(schema) ? 'object' : chosen ? 'chosen' : 'string')) {
      case 'object':
        return { kind: 'map', entries: this.#members(schema, level) };
      case 'chosen':
        return this.value(chosen, level);
      case 'array': {
        const item = this.value(schema.get('items'), level + 1);
        return { kind: 'list', items: item ? [item] : [] };
      }
      case 'integer':
      case 'number':
        return { kind: 'raw', source: numberBy(schema) };
      case 'boolean':
        return { kind: 'raw', source: 'true' };
      case 'null':
        return { kind: 'raw', source: 'null' };
      default:
        return textBy(schema);
    }
  }

  /** The properties of the schema and of all that it is put together from. */
  #members(schema: ApiNode, level: number): readonly NewYamlEntry[] {
    const entries = new Map<string, NewYaml>();
    for (const part of partsOf(schema, 0)) {
      const required = new Set((part.get('required')?.items ?? []).map(({ text }) => text));
      for (const [name, property] of part.get('properties')?.entries ?? []) {
        const isLeftOut = property.get('readOnly')?.isTrue === true || property.get('deprecated')?.isTrue === true;
        if (isLeftOut || (!required.has(name) && level >= OPTIONAL_LEVELS)) continue;
        const value = this.value(property, level + 1);
        if (value) entries.set(name, value);
      }
    }
    return [...entries];
  }
}

/** `allOf` and the first choice of `oneOf` or `anyOf`, before what the schema says itself. */
function partsOf(schema: ApiNode, depth: number): readonly ApiNode[] {
  if (depth > MOST_LEVELS) return [];
  const choice = (schema.get('oneOf') ?? schema.get('anyOf'))?.items[0];
  const parts = [...(schema.get('allOf')?.items ?? []), ...(choice ? [choice] : [])];
  return [...parts.flatMap((part) => partsOf(part, depth + 1)), schema];
}

function hasMembers(schema: ApiNode): boolean {
  return schema.get('properties') !== undefined || schema.get('allOf') !== undefined;
}

function saidValue(schema: ApiNode): JsonValue | undefined {
  const said =
    schema.get('example') ??
    schema.get('examples')?.items[0] ??
    schema.get('const') ??
    schema.get('default') ??
    schema.get('enum')?.items.find(({ value }) => value !== null);
  return said?.value;
}

/** The type; of several (OpenAPI 3.1) the first that is not null. */
function typeOf(schema: ApiNode): string | undefined {
  const type = schema.get('type');
  return type?.text ?? type?.items.map(({ text }) => text).find((text) => text !== 'null');
}

/** 1, or as near to it as the limits allow. */
function numberBy(schema: ApiNode): string {
  const minimum = schema.get('minimum')?.number ?? schema.get('exclusiveMinimum')?.number;
  const maximum = schema.get('maximum')?.number ?? schema.get('exclusiveMaximum')?.number;
  if (minimum !== undefined && (compareDecimals(minimum, '1') ?? 0) > 0) return minimum;
  if (maximum !== undefined && (compareDecimals(maximum, '1') ?? 0) < 0) return maximum;
  return '1';
}

/** Expressions where each send has a new value, else a text that is valid by the format. */
const BY_FORMAT: Readonly<Record<string, string | undefined>> = {
  ...{ uuid: '${uuid}', 'date-time': '${now}', date: '2026-01-31', time: '12:00:00Z', duration: 'PT1H' },
  ...{ email: 'ada@example.com', uri: 'https://example.com', url: 'https://example.com', hostname: 'example.com' },
  ...{ ipv4: '192.0.2.1', ipv6: '2001:db8::1', byte: 'aGVsbG8=' },
};

function textBy(schema: ApiNode): NewYaml {
  const known = BY_FORMAT[schema.textOf('format') ?? ''];
  if (known !== undefined) return { kind: 'text', text: known };
  const least = Number(schema.get('minLength')?.number ?? 0);
  return literal('text'.padEnd(Math.min(least, 200), 'x'));
}
