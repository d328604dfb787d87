import { parseJsonPath } from '../../jsonPath/parseJsonPath';
import { parseXPath } from '../../xml/parseXPath';
import type { TextRange } from '../diagnostic';
import type { BodyPlace } from '../expectModel';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';

/** A JSONPath, an XPath, or `text`; what is none of them is reported. `range` is where it stands. */
export function decodeBodyPlace(path: string, range: TextRange, reporter: Reporter): BodyPlace | undefined {
  if (path === 'text') return { kind: 'text' };
  if (path.startsWith('$')) return decodeJsonPath(path, range, reporter);
  if (looksLikeXPath(path)) return decodeXPath(path, range, reporter);
  const data = { path: shorten(path), nearest: suggested(path) };
  reporter.error('expect.noPath', range, data);
  return undefined;
}

/** `/order/id`, `(//id)[1]`, `count(//id)`. */
export function looksLikeXPath(path: string): boolean {
  return /^(?:\/|\(|[a-z-]+\()/.test(path);
}

function decodeJsonPath(path: string, range: TextRange, reporter: Reporter): BodyPlace | undefined {
  const parsed = parseJsonPath(path);
  if (parsed.ok) return { kind: 'jsonPath', path, query: parsed.query };
  const { problem, at } = parsed;
  reporter.error('expect.badJsonPath', rangeAt(path, at, range), { path: shorten(path), problem });
  return undefined;
}

function decodeXPath(path: string, range: TextRange, reporter: Reporter): BodyPlace | undefined {
  const parsed = parseXPath(path);
  if (parsed.ok) return { kind: 'xpath', path };
  reporter.error('expect.badXPath', rangeAt(path, parsed.at, range), { path: shorten(path), problem: parsed.problem });
  return undefined;
}

/** From the mistake to the end; all of it where quotes or escapes in the file shift the positions. */
function rangeAt(path: string, at: number, range: TextRange): TextRange {
  const length = range.end - range.start;
  const quotes = length === path.length + 2 ? 1 : 0;
  if (length !== path.length + 2 * quotes) return range;
  const end = range.start + quotes + path.length;
  return { start: Math.min(range.start + quotes + at, Math.max(range.start, end - 1)), end };
}

function suggested(path: string): string {
  const dotted = `$.${path.replace(/^\.+/, '')}`;
  return parseJsonPath(dotted).ok ? shorten(dotted) : '$.name';
}
