import type { Diagnostic, TextRange } from './diagnostic';
import type { DecodedRequest } from './decode/decodeRequest';
import type { RequestEntry } from './model';
import type { YamlMap } from './yaml/yamlNode';

/** Gives each request the lines that belong to it, and the errors of the YAML on them. */
export function placeRequests(
  text: string,
  root: YamlMap,
  decoded: readonly DecodedRequest[],
  yamlErrors: readonly Diagnostic[],
): readonly RequestEntry[] {
  const starts = decoded.map(({ range }) => lineStart(text, range.start));
  const end = endOfRequests(text, root, decoded);
  const sorted = [...yamlErrors].sort((a, b) => a.range.start - b.range.start);
  return decoded.map((request, index) => {
    const start = starts[index] ?? request.range.start;
    const extent = { start, end: Math.max(request.range.end, starts[index + 1] ?? end) };
    return { ...request, extent, faults: withErrorsIn(extent, request.faults, sorted) };
  });
}

function withErrorsIn(
  extent: TextRange,
  faults: readonly Diagnostic[],
  sorted: readonly Diagnostic[],
): readonly Diagnostic[] {
  const from = firstFrom(extent.start, sorted);
  const to = firstFrom(extent.end + 1, sorted);
  return from === to ? faults : [...faults, ...sorted.slice(from, to)];
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
