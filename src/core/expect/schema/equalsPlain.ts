import { isJsonArray, JsonNumber, type JsonValue } from '../../json/jsonValue';
import { isPlainObject } from './subschemas';

/** Whether a value of a body is one of a schema, by what JSON Schema takes for equal. */
export function equalsPlain(value: JsonValue, plain: unknown): boolean {
  if (value === null || typeof value !== 'object') return value === plain;
  if (value instanceof JsonNumber) return Number(value.literal) === plain;
  if (isJsonArray(value)) {
    if (!Array.isArray(plain) || plain.length !== value.length) return false;
    return value.every((item, index) => equalsPlain(item, plain[index]));
  }
  if (!isPlainObject(plain) || Object.keys(plain).length !== value.size) return false;
  return Array.from(value).every(([name, item]) => Object.hasOwn(plain, name) && equalsPlain(item, plain[name]));
}
