import { JsonReader } from '../../json/jsonReader';
import type { CookieMark, JarContent } from './jarContent';
import { cookieId, type KeptCookie } from './keptCookie';

/** Raised when an entry can no longer be read by older code. */
const version = 1;

/** Milliseconds after which every open window has heard that a cookie was removed. */
const REMEMBERED = 60_000;
/** Removed cookies that are remembered. */
const MOST_REMOVED = 500;
/** Characters; our own entries are far below. */
const LONGEST_ENTRY = 4_000_000;

/** A jar as it lies in the secret store. */
export interface JarEntry {
  /** Whose jar it is: its key is a hash of that. */
  readonly scope: string;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  readonly content: JarContent;
}

/** The text for the secret store. It holds values in the clear: it goes nowhere else. */
export function encodeJar({ scope, savedAt, content: { clearedAt, marks } }: JarEntry): string {
  const all = [...marks];
  const cookies = all.flatMap(([, { stamp, cookie }]) => (cookie ? [{ ...cookie, stamp }] : []));
  const removed = all.flatMap(([id, { stamp, cookie }]) =>
    cookie || stamp < savedAt - REMEMBERED ? [] : [{ id, stamp }],
  );
  const latest = removed.toSorted((a, b) => b.stamp - a.stamp).slice(0, MOST_REMOVED);
  return JSON.stringify({ latchkey: version, scope, savedAt, clearedAt, cookies, removed: latest });
}

/** Reads a stored jar: `newer` is one that only a later version understands, `broken` anything that is none. */
export function decodeJar(text: string): JarEntry | 'newer' | 'broken' {
  if (text.length > LONGEST_ENTRY) return 'broken';
  try {
    const json = JsonReader.parse(text);
    const written = json.number('latchkey');
    return written === version ? entryOf(json) : written > version ? 'newer' : 'broken';
  } catch {
    // The parser's message quotes the text.
    return 'broken';
  }
}

function entryOf(json: JsonReader): JarEntry {
  const marks = new Map<string, CookieMark>();
  for (const each of json.objects('cookies')) {
    const cookie = cookieOf(each);
    marks.set(cookieId(cookie), { stamp: stampIn(each, 'stamp'), cookie });
  }
  for (const each of json.objects('removed'))
    marks.set(each.text('id'), { stamp: stampIn(each, 'stamp'), cookie: undefined });
  return {
    scope: json.text('scope'),
    savedAt: json.number('savedAt'),
    content: { clearedAt: stampIn(json, 'clearedAt'), marks },
  };
}

const sameSites: ReadonlySet<NonNullable<KeptCookie['sameSite']>> = new Set(['strict', 'lax', 'none'] as const);

function cookieOf(json: JsonReader): KeptCookie {
  return {
    name: json.text('name'),
    value: json.text('value'),
    domain: json.text('domain'),
    hostOnly: json.boolean('hostOnly'),
    path: json.text('path'),
    secure: json.boolean('secure'),
    httpOnly: json.boolean('httpOnly'),
    sameSite: json.has('sameSite') ? json.oneOf('sameSite', sameSites) : undefined,
    expiresAt: json.optionalNumber('expiresAt'),
    createdAt: json.number('createdAt'),
    usedAt: json.number('usedAt'),
  };
}

/** A number that can be counted on from. */
function stampIn(json: JsonReader, name: string): number {
  const stamp = json.number(name);
  if (stamp < 0 || stamp > Number.MAX_SAFE_INTEGER / 2) throw new RangeError(`${name} is no stamp`);
  return stamp;
}
