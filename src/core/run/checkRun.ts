import type { Diagnostic, TextRange } from '../request/diagnostic';
import { partsOf } from '../request/document/placedFile';
import type { RequestEntry } from '../request/model';
import { Reporter } from '../request/reporter';
import { needKey, type Need } from '../request/resolve/supplies';
import { shorten } from '../request/shorten';
import type { Expression } from '../request/value';
import { needsOfSite, type Sources } from './evaluateSite';
import { expressionsIn } from '../request/expressionsIn';
import { findInput, unknownInput } from './inputs';
import { importPath, type Library } from './library';
import { prerequisitesFor } from './prerequisites';
import { siteKey, type FilePlace, type Site } from './site';

/** Looking at files must give the same each time. */
const fixed: Sources = { clock: { now: () => 0 }, random: { bytes: (length) => new Uint8Array(length) } };

/**
 * What an editor shows of how the requests of a file depend on each other: requests, captures and inputs that are not
 * there, imports that lead nowhere, and circles. Nothing is read or asked for. Ranges lie in the file.
 */
export function checkRun(place: FilePlace, library: Library): readonly Diagnostic[] {
  const reporter = new Reporter();
  checkImports(place, library, reporter);
  const shared = sourcesIn(expressionsIn(place.file.variables));
  const isProjectPlain = expressionsIn([
    place.project?.variables,
    place.project?.environments,
    place.project?.defaults,
  ]).every(isPlain);
  const circles = new Circles(library);
  const isPlainFile = shared.size === 0 && isProjectPlain;
  const read = partsOf(place.file).requests.flatMap(({ request }) => request ?? []);
  for (const [index, entry] of place.file.requests.entries()) {
    // Most requests need nothing of each other, and evaluating every one of them again would be felt.
    if (isPlainFile && isAlone(read[index] ?? entry)) continue;
    const site = { place, entry };
    checkRequest(site, library, new Map([...shared, ...sourcesIn(expressionsOf(entry))]), reporter);
    const circle = circles.of(site);
    if (circle) reporter.error('run.cycle', entry.nameRange, { chain: shorten(circle.join(' → '), 300) });
  }
  return reporter.sorted();
}

/** By the request as it was read, which is the same object for as long as its text is the same. */
const alone = new WeakMap<RequestEntry, boolean>();

/** Whether a request says nothing of others, nor of inputs. */
function isAlone(entry: RequestEntry): boolean {
  const known = alone.get(entry);
  if (known !== undefined) return known;
  const found = entry.flow.needs.length === 0 && expressionsOf(entry).every(isPlain);
  alone.set(entry, found);
  return found;
}

function expressionsOf({ url, settings, body, variables, expect, flow }: RequestEntry): readonly Expression[] {
  return expressionsIn([url, settings, body, variables, expect, flow]);
}

function isPlain({ source }: Expression): boolean {
  return source.kind !== 'capture' && source.kind !== 'input';
}

/** Where captures and inputs are used, by need. */
function sourcesIn(expressions: readonly Expression[]): ReadonlyMap<string, TextRange> {
  const ranges = new Map<string, TextRange>();
  for (const { source, range } of expressions) {
    if (source.kind === 'capture' || source.kind === 'input') ranges.set(needKey(source), range);
  }
  return ranges;
}

function checkRequest(site: Site, library: Library, ranges: ReadonlyMap<string, TextRange>, reporter: Reporter): void {
  const needs = needsOfSite(site, fixed);
  const rangeOf = (need: Need): TextRange => ranges.get(needKey(need)) ?? site.entry.nameRange;
  for (const { code, range, data } of prerequisitesFor(site, needs, library, rangeOf).faults) {
    reporter.error(code, range, data);
  }
  for (const need of needs) {
    if (need.kind !== 'input' || findInput(site, need.name)) continue;
    const { code, data } = unknownInput(site, need.name);
    reporter.error(code, rangeOf(need), data);
  }
}

function checkImports(place: FilePlace, library: Library, reporter: Reporter): void {
  for (const { name, range } of place.file.imports) {
    const file = shorten(name);
    if (place.directory === undefined) continue;
    const path = importPath(place, name);
    if (path === undefined) reporter.error('run.importOutside', range, { file });
    else if (!/\.http\.ya?ml$/.test(path)) reporter.error('run.importNotARequestFile', range, { file });
    else if (library.isMissing(place, name)) reporter.error('run.importMissing', range, { file });
  }
}

/** Requests that need themselves, by way of others. */
class Circles {
  readonly #library: Library;
  readonly #before = new Map<string, readonly Site[]>();

  constructor(library: Library) {
    this.#library = library;
  }

  /** The names on a shortest way from a request to itself; `undefined` when there is none. */
  of(start: Site): readonly string[] | undefined {
    const goal = siteKey(start);
    const seen = new Set<string>();
    let ways: readonly (readonly Site[])[] = [[start]];
    while (ways.length > 0) {
      const next: (readonly Site[])[] = [];
      for (const way of ways) {
        for (const site of this.#prerequisites(way.at(-1) ?? start)) {
          if (siteKey(site) === goal) return [...way, site].map(({ entry }) => entry.name);
          if (seen.has(siteKey(site))) continue;
          seen.add(siteKey(site));
          next.push([...way, site]);
        }
      }
      ways = next;
    }
    return undefined;
  }

  #prerequisites(site: Site): readonly Site[] {
    const key = siteKey(site);
    const known = this.#before.get(key);
    if (known) return known;
    const needs = needsOfSite(site, fixed);
    const found = prerequisitesFor(site, needs, this.#library).all.map((prerequisite) => prerequisite.site);
    this.#before.set(key, found);
    return found;
  }
}
