/** A place in a JSON document, and what is there, without its value. */
export interface JsonPlace {
  readonly path: string;
  readonly detail: string;
}

/** Entries of one list or map that are offered. */
const MAX_ENTRIES = 200;

/**
 * The JSONPaths that go on from what is typed: the members of the value that the typed path leads to. Steps of a name,
 * an index or `[*]` are followed; `[*]` goes on with the first item.
 */
export function jsonPlaces(json: unknown, typed: string): readonly JsonPlace[] {
  const base = /^\$(?:.*(?=[.[]))?/s.exec(typed)?.[0] ?? '$';
  const value = follow(json, base);
  if (value === undefined) return base === '$' ? [{ path: '$', detail: kindOf(json) }] : [];
  return [...(base === '$' ? [{ path: '$', detail: kindOf(json) }] : []), ...members(value, base)];
}

function* members(value: unknown, base: string): Generator<JsonPlace> {
  if (Array.isArray(value)) {
    yield { path: `${base}[*]`, detail: `each of ${value.length}` };
    if (value.length > 0) yield { path: `${base}[0]`, detail: kindOf(value[0]) };
    if (value.length > 1) yield { path: `${base}[-1]`, detail: kindOf(value.at(-1)) };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value).slice(0, MAX_ENTRIES)) {
    yield { path: base + stepOf(key), detail: kindOf(item) };
  }
}

function stepOf(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `.${key}`;
  return `['${key.replace(/[\\']/g, (character) => `\\${character}`)}']`;
}

function follow(json: unknown, path: string): unknown {
  let value = json;
  for (const [, name, index, quoted] of path.matchAll(/\.([\p{L}\p{N}_]+)|\[(-?\d+|\*)\]|\['((?:[^'\\]|\\.)*)'\]/gu)) {
    if (index !== undefined) value = Array.isArray(value) ? value.at(index === '*' ? 0 : Number(index)) : undefined;
    else value = memberOf(value, name ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
  }
  return value;
}

function memberOf(value: unknown, key: string): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** A response can hold what nobody should see over a shoulder, so only the kind of a value is told. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `array of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
