import type { TextRange } from '../diagnostic';

/**
 * Where the parts of a request file count their offsets from while their places are left open. A part that is read once
 * keeps these ranges, however the text before it grows and shrinks. Far enough apart that an offset tells its part, and
 * small enough to stay plain integers.
 */
const PART = 2 ** 28;
/** Offsets above the requests are places in the text already. */
export const HEAD = 0;
/** Offsets in a request count from here. */
export const REQUEST = PART;
/** Offsets below the requests. */
export const TAIL = 2 * PART;

/** Where in the text a request, and what is below the requests, begin. */
export interface Place {
  readonly request: number;
  readonly tail: number;
}

export function placeRange(range: TextRange, place: Place): TextRange {
  const { start, end } = range;
  if (start < REQUEST) return range;
  const shift = start < TAIL ? place.request - REQUEST : place.tail - TAIL;
  return { start: start + shift, end: end + shift };
}

/**
 * A copy of what was decoded, with all ranges in it put in their place; what holds none is not copied. Data goes in:
 * objects of classes are taken as they are.
 */
export function placeAll<T>(value: T, place: Place): T {
  return placeUnknown(value, place) as T;
}

function placeUnknown(value: unknown, place: Place): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return placeItems(value, place);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, placeUnknown(item, place)]));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return isRange(value) ? placeRange(value, place) : placeMembers(value, place);
}

function placeItems(items: readonly unknown[], place: Place): readonly unknown[] {
  const placed = items.map((item) => placeUnknown(item, place));
  return placed.some((item, index) => item !== items[index]) ? placed : items;
}

function placeMembers(value: object, place: Place): object {
  const members = value as Readonly<Record<string, unknown>>;
  let placed: Record<string, unknown> | undefined;
  for (const key of Object.keys(members)) {
    const member = members[key];
    if (typeof member !== 'object' || member === null) continue;
    const result = placeUnknown(member, place);
    if (result !== member) (placed ??= { ...members })[key] = result;
  }
  return placed ?? value;
}

/** A range has nothing else; the bounds of a slice in a JSONPath, which are no places, have. */
function isRange(value: object): value is TextRange {
  if (Object.keys(value).length !== 2) return false;
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
