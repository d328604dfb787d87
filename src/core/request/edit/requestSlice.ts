import type { TextRange } from '../diagnostic';
import { Reporter } from '../reporter';
import { readYaml } from '../yaml/parseYaml';
import type { YamlEntry, YamlMap } from '../yaml/yamlNode';

/** Where a request stands in the text of its file. */
export interface RequestPlace {
  readonly nameRange: TextRange;
  readonly range: TextRange;
}

/** The text of one request, which can be read alone. Ranges count from its beginning. */
export interface RequestSlice {
  /** Offset of the slice in the file. */
  readonly start: number;
  readonly text: string;
  readonly entry: YamlEntry;
  readonly map: YamlMap;
}

/** `undefined` when it cannot be read alone: it is broken, no map, or uses anchors together with other requests. */
export function requestSlice(text: string, { nameRange, range }: RequestPlace): RequestSlice | undefined {
  const lineStart = text.lastIndexOf('\n', nameRange.start - 1) + 1;
  const isFirst = /^[ \t]*$/.test(text.slice(lineStart, nameRange.start));
  const start = isFirst ? lineStart : nameRange.start;
  const slice = readSlice(text.slice(start, endOf(text, range.end)), start);
  return slice && !sharesAnchors(text, slice) ? slice : undefined;
}

/** Reads the text of one request; `undefined` when there is anything else in it. */
export function readSlice(text: string, start: number): RequestSlice | undefined {
  const reporter = new Reporter();
  const { root, unknownAliases } = readYaml(text, reporter);
  const [entry, ...others] = root?.kind === 'map' ? root.entries : [];
  if (reporter.errorsSince(0).length > 0 || unknownAliases.size > 0) return undefined;
  if (!entry || others.length > 0 || entry.value.kind !== 'map') return undefined;
  return { start, text, entry, map: entry.value };
}

/** The rest of its last line, and blank lines behind it, which can be part of a text in it. */
function endOf(text: string, end: number): number {
  let at = lineAfter(text, end);
  if (!/^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(end, at))) return end;
  for (;;) {
    const next = lineAfter(text, at);
    if (next === at || text.slice(at, next).trim() !== '') return at;
    at = next;
  }
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function sharesAnchors(text: string, { start, text: slice }: RequestSlice): boolean {
  const { anchors } = readYaml(slice, new Reporter());
  if (anchors.size === 0) return false;
  const outside = text.slice(0, start) + text.slice(start + slice.length);
  return [...anchors].some((name) => outside.includes(`*${name}`));
}
