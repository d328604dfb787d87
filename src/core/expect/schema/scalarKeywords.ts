import { format } from '@cfworker/json-schema';
import { codePoints } from '../../text/codePoints';
import type { PlainSchema } from './subschemas';
import { isMultipleOf } from './isMultipleOf';

/** Longer texts are not held to formats, whose expressions are a library's own. */
const LONGEST_FORMATTED = 1_000;

/** What the keywords for numbers have against one; the last reason. */
export function numberMistake(schema: PlainSchema, value: number, isDraft4: boolean): string | undefined {
  const { multipleOf } = schema;
  if (multipleOf !== undefined && !isMultipleOf(value, multipleOf))
    return `${value} is not a multiple of ${Number(multipleOf)}`;
  return isDraft4 ? draft4Limits(schema, value) : limits(schema, value);
}

function limits(schema: PlainSchema, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (exclusiveMaximum !== undefined && value >= Number(exclusiveMaximum)) {
    return `${value} is greater than or equal to ${Number(exclusiveMaximum)}`;
  }
  if (exclusiveMinimum !== undefined && value <= Number(exclusiveMinimum))
    return `${value} is less than ${Number(exclusiveMinimum)}`;
  if (maximum !== undefined && value > Number(maximum)) return `${value} is greater than ${Number(maximum)}`;
  if (minimum !== undefined && value < Number(minimum)) return `${value} is less than ${Number(minimum)}`;
  return undefined;
}

/** In draft 4 `exclusiveMinimum` says of `minimum` what it is. */
function draft4Limits(schema: PlainSchema, value: number): string | undefined {
  const { minimum, maximum } = schema;
  const isBelow = schema['exclusiveMaximum'] === true;
  const isAbove = schema['exclusiveMinimum'] === true;
  if (maximum !== undefined && (value > Number(maximum) || (isBelow && value === Number(maximum)))) {
    return `${value} is greater than ${isBelow ? 'or equal to ' : ''}${Number(maximum)}`;
  }
  if (minimum !== undefined && (value < Number(minimum) || (isAbove && value === Number(minimum)))) {
    return `${value} is less than ${isAbove ? 'or equal to ' : ''}${Number(minimum)}`;
  }
  return undefined;
}

/** What the keywords for texts have against one, but for `pattern`; the last reason. */
export function textMistake(schema: PlainSchema, value: string): string | undefined {
  const { minLength, maxLength, format: name } = schema;
  if (typeof name === 'string' && value.length <= LONGEST_FORMATTED && Object.hasOwn(format, name)) {
    if (format[name]?.(value) === false) return `String does not match format "${name}"`;
  }
  if (minLength === undefined && maxLength === undefined) return undefined;
  const length = codePoints(value);
  if (maxLength !== undefined && length > Number(maxLength))
    return `String is too long (${length} > ${Number(maxLength)})`;
  if (minLength !== undefined && length < Number(minLength))
    return `String is too short (${length} < ${Number(minLength)})`;
  return undefined;
}
