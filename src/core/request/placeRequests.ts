import { byPosition } from './byPosition';
import type { DecodedRequest } from './decode/decodeRequest';
import type { Diagnostic, TextRange } from './diagnostic';
import type { RequestEntry } from './model';
import type { YamlEntry, YamlMap } from './yaml/yamlNode';

/**
 * Gives each request the lines that belong to it, and the errors of the YAML on them.
 * @param entries everything under `requests:`, entries that are no request included.
 */
export function placeRequests(
  text: string,
  root: YamlMap,
  entries: readonly YamlEntry[],
  decoded: readonly DecodedRequest[],
  yamlErrors: readonly Diagnostic[],
): readonly RequestEntry[] {
  const starts = entries.map(({ keyRange }) => keyRange.start);
  const end = endOfRequests(text, root, decoded);
  const sorted = yamlErrors.toSorted(byPosition);
  let next = 0;
  return decoded.map((request) => {
    next = starts.indexOf(request.nameRange.start, next) + 1;
    const behind = starts[next];
    const extent = {
      start: lineStart(text, request.nameRange.start),
      end: Math.max(request.range.end, behind === undefined ? end : lineStart(text, behind)),
    };
    const errors = errorsIn(firstOwn(extent.start, request), ownEnd(extent, behind, text), sorted);
    return { ...request, extent, faults: errors.length === 0 ? request.faults : merge(request.faults, errors) };
  });
}

function merge(faults: readonly Diagnostic[], errors: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...faults, ...errors].sort(byPosition);
}

/** An error before the indentation of a name is of what stands above; one at the first character is the name's own. */
function firstOwn(start: number, { nameRange }: DecodedRequest): number {
  return start < nameRange.start ? start + 1 : start;
}

/** Behind the last offset whose error is this request's own. */
function ownEnd({ end }: TextRange, next: number | undefined, text: string): number {
  const isLast = end === text.length;
  return isLast || (next !== undefined && end < next) ? end + 1 : end;
}

/** Those that start in a range; its end is outside. */
function errorsIn(start: number, end: number, sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  return sorted.slice(firstFrom(start, sorted), firstFrom(end, sorted));
}

/** Index of the first diagnostic that starts at the offset or after it. */
function firstFrom(offset: number, sorted: readonly Diagnostic[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.range.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the next top-level key starts, or the end of the text. */
function endOfRequests(text: string, root: YamlMap, decoded: readonly DecodedRequest[]): number {
  const last = decoded.at(-1)?.range.end ?? 0;
  const next = root.entries.find(({ keyRange }) => keyRange.start >= last && last > 0);
  return next ? lineStart(text, next.keyRange.start) : text.length;
}

/** The start of the line when only indentation stands before; the offset itself otherwise. */
function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] === ' ') start--;
  return start === 0 || text[start - 1] === '\n' ? start : offset;
}
