import type { Diagnostic } from '../diagnostic';
import { Reporter } from '../reporter';
import { hasReserved, MARKER } from '../yaml/patches';
import { UNQUOTED_BRACKET } from '../yaml/readDocument';
import { readInnerEntries, readYaml, type ReadYaml } from '../yaml/parseYaml';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { HEAD, REQUEST, TAIL } from './coordinates';

/** What YAML says of a part of a file, together with what its errors and names mean to the other parts. */
export interface ReadPart {
  readonly links: Links;
  readonly entries: readonly YamlEntry[];
  /** Holds what was found so far; goes on with what the decoding finds. */
  readonly reporter: Reporter;
}

/** What one part has to do with the others. */
export type Links = Omit<ReadYaml, 'root'>;

/** What stands behind a request, and so ends it. */
export type Follower = 'request' | 'tail' | 'end';

/** Lines that stand for what is around requests. */
function surroundings(indent: number, first: boolean, follower: Follower): Record<'before' | 'after', string> {
  const spaces = ' '.repeat(indent);
  return {
    before: first ? `${MARKER}:\n` : `${MARKER}:\n${spaces}${MARKER}: x\n`,
    after: { request: `${spaces}${END}:\n`, tail: `${END}:\n`, end: '' }[follower],
  };
}

/** Another than {@link MARKER}, for a map that holds that already. */
const END = MARKER + MARKER;

/**
 * Reads one request alone. Lines before and after it stand for its surroundings, so that YAML is in the state in which
 * it meets the request in the whole file, and shows that it leaves the request as it should. `undefined`: it does not,
 * so the file has to be read as a whole.
 * @param text from the start of the line of its name to the next request. Ranges count from {@link REQUEST}.
 */
export function readRequest(text: string, indent: number, first: boolean, follower: Follower): ReadPart | undefined {
  if (hasReserved(text)) return undefined;
  const { before, after } = surroundings(indent, first, follower);
  const reporter = new Reporter();
  const { root, ...links } = readYaml(before + text + after, reporter, REQUEST - before.length);
  const [outer, ...behind] = entriesOf(root);
  const [entry, ...next] = entriesOf(outer?.value).slice(first ? 0 : 1);
  if (entry?.keyRange.start !== REQUEST + indent) return undefined;
  const broken = brokenOff(reporter, REQUEST + text.length);
  if (broken) return { entries: [entry], reporter: broken, links };
  const [end, ...others] = [...next, ...behind];
  if (others.length > 0 || end?.key !== (follower === 'end' ? undefined : END)) return undefined;
  if (end && end.keyRange.start !== REQUEST + text.length + (follower === 'tail' ? 0 : indent)) return undefined;
  // What is found behind the last character is of this request only when nothing follows.
  const last = REQUEST + text.length - (follower === 'end' ? 0 : 1);
  if (!all(reporter, ({ range: { start } }) => start >= REQUEST && start <= last)) return undefined;
  return { entries: [entry], reporter, links };
}

/**
 * Reads requests that follow each other and are followed by another, each as {@link readRequest} would: together they
 * take little more than half the time. `undefined`: YAML has something against one of them, so they have to be read one
 * by one.
 * @param starts where each begins in the text, and where the last one ends.
 */
export function readRequests(
  text: string,
  starts: readonly number[],
  indent: number,
  first: boolean,
): readonly ReadPart[] | undefined {
  if (hasReserved(text)) return undefined;
  const { before, after } = surroundings(indent, first, 'request');
  const bases = starts.map((start) => REQUEST - before.length - start);
  const read = readInnerEntries(before + text + after, first ? bases : [0, ...bases])?.slice(first ? 0 : 1);
  // The last one is our own, and shows that the others have left it alone.
  const parts = read?.map(({ entry, reporter, ...links }) => ({ entries: entry ? [entry] : [], reporter, links }));
  const isRight = parts?.every(({ entries: [entry] }) => entry?.keyRange.start === REQUEST + indent);
  return isRight === true && read?.at(-1)?.entry?.key === END ? parts?.slice(0, -1) : undefined;
}

/**
 * YAML gives up at a token that fits nowhere, such as the bracket in `{ id: $.items[0].id }` or one brace too many, and
 * takes no notice of anything behind it. The lines of the next request are that all the same: they are read by
 * themselves. What was found up to there, when a request ends like that.
 */
function brokenOff(reporter: Reporter, end: number): Reporter | undefined {
  const found = reporter.sorted();
  const at = found.findIndex(({ code, data }) => code === 'yaml.syntax' && hasGivenUp(String(data['problem'])));
  const first = found[at];
  if (!first || first.range.start >= end || first.range.start < REQUEST) return undefined;
  const kept = new Reporter();
  for (const diagnostic of found.slice(0, at + 1)) kept.add(diagnostic);
  return kept;
}

function hasGivenUp(problem: string): boolean {
  return problem === UNQUOTED_BRACKET || GIVEN_UP.test(problem);
}

const GIVEN_UP = /^Unexpected (?:\S+ at node end|flow-(?:map|seq)-end token in YAML stream)/;

/** Reads what is above the requests, the line `requests:` included. Its last entry is that line's. */
export function readHead(text: string, indent: number): ReadPart | undefined {
  if (hasReserved(text)) return undefined;
  const reporter = new Reporter();
  const { root, ...links } = readYaml(`${text}${' '.repeat(indent)}${MARKER}:\n`, reporter, HEAD);
  if (root?.kind !== 'map' || text[root.range.start] === '{') return undefined;
  const { entries } = root;
  const requests = entries.findIndex(({ key }) => key === 'requests');
  if (requests < 0 || requests !== entries.length - 1) return undefined;
  const [marker, ...others] = entriesOf(entries[requests]?.value);
  if (marker?.keyRange.start !== text.length + indent || others.length > 0) return undefined;
  const isInside = ({ range, code }: Diagnostic): boolean =>
    range.end <= text.length && (code !== 'yaml.unclosedQuote' || isIndented(text, range.start));
  return all(reporter, isInside) ? { entries, reporter, links } : undefined;
}

/** Reads what is below the requests. */
export function readTail(text: string, indent: number): ReadPart | undefined {
  if (hasReserved(text)) return undefined;
  const before = `${MARKER}:\n${' '.repeat(indent)}${MARKER}: x\n`;
  const reporter = new Reporter();
  const { root, ...links } = readYaml(before + text, reporter, TAIL - before.length);
  const [marker, ...entries] = entriesOf(root);
  if (marker?.key !== MARKER || entriesOf(marker.value).length !== 1) return undefined;
  if (entries[0]?.keyRange.start !== TAIL) return undefined;
  return all(reporter, ({ range }) => range.start >= TAIL) ? { entries, reporter, links } : undefined;
}

/** Whether a quote stands behind something that lets a line without indentation end it: what it swallows is known then. */
function isIndented(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^ |:[ \t]/.test(line);
}

function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

function all(reporter: Reporter, test: (diagnostic: Diagnostic) => boolean): boolean {
  return reporter.sorted().every(test);
}
