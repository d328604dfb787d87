import { parseFilter } from './parseFilter';
import type { JsonPathQuery, Segment, Selector } from './query';
import { JsonPathSyntaxError, Scanner } from './scanner';

export type ParsedJsonPath =
  | { readonly ok: true; readonly query: JsonPathQuery }
  /** `at`: offset in the path. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

/** Longer ones nobody wrote by hand. */
const LONGEST = 2_000;

/** Parses a JSONPath query (RFC 9535), function types included. Never throws. */
export function parseJsonPath(path: string): ParsedJsonPath {
  if (path.length > LONGEST) return { ok: false, problem: `it has more than ${LONGEST} characters`, at: LONGEST };
  const scanner = new Scanner(path);
  try {
    scanner.expect('$');
    const query: JsonPathQuery = { root: '$', segments: parseSegments(scanner, 0) };
    if (!scanner.atEnd) scanner.fail('what follows is not part of a path');
    return { ok: true, query };
  } catch (error) {
    if (!(error instanceof JsonPathSyntaxError)) throw error;
    return { ok: false, problem: error.message, at: Math.min(error.at, path.length) };
  }
}

/** The segments that follow; space after the last one stays where it is. `depth` counts the filters around. */
export function parseSegments(scanner: Scanner, depth: number): readonly Segment[] {
  const segments: Segment[] = [];
  for (;;) {
    const before = scanner.at;
    scanner.skipSpace();
    const segment = parseSegment(scanner, depth);
    if (!segment) {
      scanner.at = before;
      return segments;
    }
    segments.push(segment);
  }
}

function parseSegment(scanner: Scanner, depth: number): Segment | undefined {
  const descendant = scanner.takes('..');
  if (scanner.takes('[')) return { descendant, selectors: parseBrackets(scanner, depth) };
  if (!descendant && !scanner.takes('.')) return undefined;
  if (scanner.takes('*')) return { descendant, selectors: [{ kind: 'wildcard' }] };
  return { descendant, selectors: [{ kind: 'name', name: scanner.name() }] };
}

function parseBrackets(scanner: Scanner, depth: number): readonly Selector[] {
  const selectors: Selector[] = [];
  do {
    scanner.skipSpace();
    selectors.push(parseSelector(scanner, depth));
    scanner.skipSpace();
  } while (scanner.takes(','));
  scanner.expect(']');
  return selectors;
}

function parseSelector(scanner: Scanner, depth: number): Selector {
  const name = scanner.string();
  if (name !== undefined) return { kind: 'name', name };
  if (scanner.takes('*')) return { kind: 'wildcard' };
  if (scanner.takes('?')) {
    scanner.skipSpace();
    return { kind: 'filter', test: parseFilter(scanner, depth + 1) };
  }
  return parseIndexOrSlice(scanner);
}

function parseIndexOrSlice(scanner: Scanner): Selector {
  const start = scanner.integer();
  const afterStart = scanner.at;
  scanner.skipSpace();
  if (!scanner.takes(':')) {
    scanner.at = afterStart;
    return start === undefined ? scanner.fail('a name in quotes, an index, *, or ? is missing') : index(start);
  }
  scanner.skipSpace();
  const end = scanner.integer();
  scanner.skipSpace();
  let step: number | undefined;
  if (scanner.takes(':')) {
    scanner.skipSpace();
    step = scanner.integer();
  }
  return {
    kind: 'slice',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(step === undefined ? {} : { step }),
  };
}

function index(value: number): Selector {
  return { kind: 'index', index: value };
}
