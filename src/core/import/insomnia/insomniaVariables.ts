import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../../json/jsonValue';
import type { ImportedVariable } from '../importModel';
import type { ImportNote } from '../importNote';
import type { InsomniaTexts } from './insomniaTags';

const MAX_DEPTH = 20;

/** The values of an environment. Those inside of others have the names that lead to them: `user.name`. */
export function insomniaVariables(
  data: JsonValue | undefined,
  texts: InsomniaTexts,
  notes: ImportNote[],
): readonly ImportedVariable[] {
  const variables: ImportedVariable[] = [];
  const add = (path: string, value: JsonValue, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (value !== null && isJsonObject(value)) {
      for (const [key, inner] of value) add(path === '' ? key : `${path}.${key}`, inner, depth + 1);
    } else if (value !== null && isJsonArray(value)) {
      for (const [index, inner] of value.entries()) add(`${path}.${index}`, inner, depth + 1);
    } else if (path !== '') {
      const name = texts.placeholders.name(path);
      if (value instanceof JsonNumber) variables.push({ name, value: { kind: 'raw', source: value.literal } });
      else if (typeof value === 'boolean') variables.push({ name, value: { kind: 'raw', source: String(value) } });
      else if (typeof value === 'string')
        variables.push({ name, value: { kind: 'text', text: texts.text(value, notes) } });
    }
  };
  if (data !== undefined && data !== null && isJsonObject(data)) add('', data, 0);
  return variables;
}
