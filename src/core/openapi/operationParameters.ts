import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import type { Operation, Parameter } from './apiDescription';
import { exampleYaml, literal, valueYaml } from './exampleYaml';
import { isScalar, jsonText } from './operationBody';
import { withoutSecret } from './withoutSecrets';

/** What stands in the braces of the path, also where no parameter is described for it. */
export function pathVariables({ path, parameters }: Operation): readonly NewYamlEntry[] {
  const names = new Set(Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = '']) => name));
  return [...names].map((name) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return [variableName(name), parameter ? variableValue(parameter) : literal('text')];
  });
}

/** What a variable may be called: a name, and not one that means something else. */
export function variableName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_');
  const reserved = /^(?:uuid|now|item)$/.test(clean);
  return clean === '' || reserved ? `${clean}_` : clean;
}

function variableValue(parameter: Parameter): NewYaml {
  const value = exampleOf(parameter);
  if (value.kind === 'list') return listText(value.items, ',');
  return value.kind === 'map' ? literal('') : value;
}

/** A parameter as entries of `query` or `headers`: an object can be several (OpenAPI 3.1 §4.8.12.4). */
export function parameterEntries(parameter: Parameter): readonly NewYamlEntry[] {
  const { name, in: place, isJson, list, isDeep } = parameter;
  const value = exampleOf(parameter);
  if (isJson && !isScalar(value)) return [[name, text(jsonText(value))]];
  if (value.kind === 'map') {
    const isSpread =
      place === 'query' && (isDeep || list.explode) && value.entries.every(([, inner]) => isScalar(inner));
    if (!isSpread) return [[name, text(jsonText(value))]];
    return value.entries.map(([key, inner]) => [isDeep ? `${name}[${key}]` : key, inner]);
  }
  if (value.kind !== 'list') return [[name, value]];
  if (!value.items.every(isScalar)) return [[name, text(jsonText(value))]];
  return [[name, list.explode ? value : listText(value.items, list.separator)]];
}

function exampleOf({ example, schema }: Parameter): NewYaml {
  return example ? valueYaml(example.value) : exampleYaml(schema);
}

function listText(items: readonly NewYaml[], separator: string): NewYaml {
  return text(items.map(scalarText).join(separator));
}

export function cookieHeader(shown: readonly Parameter[]): readonly NewYamlEntry[] {
  const cookies = shown.filter((parameter) => parameter.in === 'cookie');
  if (cookies.length === 0) return [];
  const pairs = cookies.map((cookie) => {
    const pieces = parameterEntries(cookie).map(([name, value]) => `${name}=${withoutSecret(name, scalarText(value))}`);
    return pieces.join('; ');
  });
  return [['Cookie', text(pairs.join('; '))]];
}

function scalarText(value: NewYaml): string {
  return value.kind === 'text' ? value.text : value.kind === 'raw' ? value.source : jsonText(value);
}

function text(value: string): NewYaml {
  return { kind: 'text', text: value };
}
