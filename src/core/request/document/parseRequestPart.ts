import { byPosition } from '../byPosition';
import { decodeRequest } from '../decode/decodeRequest';
import type { Diagnostic } from '../diagnostic';
import { occurrencesInRequest } from '../index/occurrences';
import { requestFileOrigin } from '../requestFileOrigin';
import { shorten } from '../shorten';
import { REQUEST } from './coordinates';
import type { RequestPart } from './parts';
import { readRequest, readRequests, type Follower, type Links, type ReadPart } from './readPart';

/** One request as it was read alone. */
export interface ParsedRequest {
  readonly links: Links;
  /** The key. */
  readonly name: string;
  readonly part: RequestPart;
  /** What YAML has against it; it is in `part` too. */
  readonly yaml: readonly Diagnostic[];
  /** Errors that are no request's. */
  readonly faultsOutside: readonly Diagnostic[];
  /** How many diagnostics there are of kinds whose number in a file is limited. */
  readonly limited: LimitedCounts;
}

export interface LimitedCounts {
  readonly syntax: number;
  readonly control: number;
}

/** Reads and decodes one request; `undefined` when that cannot be done without what is around it. */
export function parseRequestPart(
  text: string,
  indent: number,
  first: boolean,
  follower: Follower,
): ParsedRequest | undefined {
  const read = readRequest(text, indent, first, follower);
  return read && decodePart(read, text.length);
}

/**
 * The same for several that follow each other and are followed by another; `undefined` when they have to be read one by
 * one.
 * @param starts where each begins in the text, and where the last one ends.
 */
export function parseRequestParts(
  text: string,
  starts: readonly number[],
  indent: number,
  first: boolean,
): readonly (ParsedRequest | undefined)[] | undefined {
  const read = readRequests(text, starts, indent, first);
  return read?.map((part, index) => decodePart(part, (starts[index + 1] ?? 0) - (starts[index] ?? 0)));
}

/** @param length of its text. */
function decodePart({ entries: [entry], reporter, links }: ReadPart, length: number): ParsedRequest | undefined {
  if (!entry) return undefined;
  const yaml = reporter.sorted();
  const yamlErrors = reporter.errorsSince(0);
  const extent = { start: REQUEST, end: REQUEST + length };
  const isRequest = !entry.key.startsWith('x-');
  const decoded = isRequest ? decodeRequest(entry, requestFileOrigin, reporter) : undefined;
  const request = decoded && { ...decoded, extent, faults: merge(decoded.faults, yamlErrors) };
  return {
    links,
    name: entry.key,
    part: {
      request,
      keyRange: entry.keyRange,
      diagnostics: reporter.sorted(),
      names: occurrencesInRequest(entry),
    },
    yaml,
    faultsOutside: isRequest ? [] : yamlErrors,
    limited: countLimited(yaml),
  };
}

const duplicates = new WeakMap<ParsedRequest, RequestPart>();

/** The request where another before it has the same key. */
export function asDuplicate(parsed: ParsedRequest): RequestPart {
  const known = duplicates.get(parsed);
  if (known) return known;
  const { name, yaml, part } = parsed;
  const { keyRange, request, diagnostics, names } = part;
  const found = duplicateKey(name, keyRange);
  const others = diagnostics.filter((each) => !yaml.includes(each));
  const duplicate = {
    keyRange,
    names,
    request: request && { ...request, faults: merge(request.faults, [found]) },
    // A fault of the YAML goes before those of what it says.
    diagnostics: merge(merge(yaml, [found]), others),
  };
  duplicates.set(parsed, duplicate);
  return duplicate;
}

/** By position; what is in the first list goes before what is in the second at the same place. */
function merge(first: readonly Diagnostic[], second: readonly Diagnostic[]): readonly Diagnostic[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second.toSorted(byPosition) : [...first, ...second].sort(byPosition);
}

export function duplicateKey(key: string, range: Diagnostic['range']): Diagnostic {
  return { code: 'yaml.duplicateKey', severity: 'error', range, data: { key: shorten(key) } };
}

export function countLimited(diagnostics: readonly Diagnostic[]): LimitedCounts {
  const count = (...codes: readonly Diagnostic['code'][]): number =>
    diagnostics.filter(({ code }) => codes.includes(code)).length;
  return { syntax: count('yaml.syntax', 'yaml.tab'), control: count('yaml.controlCharacter', 'yaml.notUtf8') };
}
