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
  return decoded.map((request, index) => {
    const start = starts[index] ?? request.range.start;
    const extent = { start, end: Math.max(request.range.end, starts[index + 1] ?? end) };
    return { ...request, extent, faults: withErrorsIn(extent, request.faults, yamlErrors) };
  });
}

function withErrorsIn(
  extent: TextRange,
  faults: readonly Diagnostic[],
  yamlErrors: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (yamlErrors.length === 0) return faults;
  return [...faults, ...yamlErrors.filter(({ range }) => extent.start <= range.start && range.start <= extent.end)];
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
