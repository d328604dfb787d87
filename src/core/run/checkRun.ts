import type { Diagnostic, TextRange } from '../request/diagnostic';
import { Reporter } from '../request/reporter';
import { needKey, type Need } from '../request/resolve/supplies';
import { shorten } from '../request/shorten';
import type { Expression } from '../request/value';
import { expressionsIn, expressionsOf } from '../request/expressionsIn';
import { finish, type Steps } from '../request/steps';
import { circlesAmongInSteps } from './circles';
import { findInput, unknownInput } from './inputs';
import { KnownNeeds } from './knownNeeds';
import { importPath, type Library } from './library';
import { prerequisitesFor } from './prerequisites';
import { siteKey, type FilePlace, type Site } from './site';

/**
 * What an editor shows of how the requests of a file depend on each other: requests, captures and inputs that are not
 * there, imports that lead nowhere, and circles. Nothing is read or asked for. Ranges lie in the file.
 */
export function checkRun(place: FilePlace, library: Library): readonly Diagnostic[] {
  return finish(checkRunInSteps(place, library));
}

/** The same, in steps of a few milliseconds. */
export function checkRunInSteps(place: FilePlace, library: Library): Steps<readonly Diagnostic[]> {
  return new RunCheck(place, library).run();
}

/** A millisecond's work or two. */
const REQUESTS_PER_STEP = 20;

class RunCheck {
  readonly #place: FilePlace;
  readonly #library: Library;
  readonly #needs = new KnownNeeds();
  readonly #sites = new Map<string, Site>();
  readonly #before = new Map<string, readonly string[]>();
  readonly #reporter = new Reporter();

  constructor(place: FilePlace, library: Library) {
    this.#place = place;
    this.#library = library;
  }

  *run(): Steps<readonly Diagnostic[]> {
    this.#checkImports();
    const place = this.#place;
    const linked: Site[] = [];
    for (const [index, entry] of place.file.requests.entries()) {
      if (index % REQUESTS_PER_STEP === 0) yield;
      const site = { place, entry };
      if (!this.#needs.isAlone(site)) linked.push(site);
    }
    for (const [index, site] of linked.entries()) {
      if (index % REQUESTS_PER_STEP === 0) yield;
      this.#checkRequest(site);
    }
    yield* this.#checkCircles(linked.map((site) => this.#keyOf(site)));
    return this.#reporter.sorted();
  }

  *#checkCircles(keys: readonly string[]): Steps<void> {
    for (const [key, circle] of yield* circlesAmongInSteps(keys, (each) => this.#prerequisites(each))) {
      const site = this.#sites.get(key);
      // Those of other files are marked there.
      if (site?.place !== this.#place) continue;
      const chain = circle.map((each) => this.#sites.get(each)?.entry.name ?? '').join(' → ');
      this.#reporter.error('run.cycle', site.entry.nameRange, { chain: shorten(chain, 300) });
    }
  }

  #checkRequest(site: Site): void {
    const needs = this.#needs.of(site);
    const inputs = needs.filter((need) => need.kind === 'input' && !findInput(site, need.name));
    const isFaulty = prerequisitesFor(site, needs, this.#library).faults.length > 0;
    if (inputs.length === 0 && !isFaulty) return;
    const ranges = rangesIn(site);
    const rangeOf = (need: Need): TextRange => ranges.get(needKey(need)) ?? site.entry.nameRange;
    for (const { code, range, data } of prerequisitesFor(site, needs, this.#library, rangeOf).faults) {
      this.#reporter.error(code, range, data);
    }
    for (const need of inputs) {
      if (need.kind !== 'input') continue;
      const { code, data } = unknownInput(site, need.name);
      this.#reporter.error(code, rangeOf(need), data);
    }
  }

  #checkImports(): void {
    for (const { name, range } of this.#place.file.imports) {
      const file = shorten(name);
      if (this.#place.directory === undefined) continue;
      const path = importPath(this.#place, name);
      const isOutside = path === undefined || this.#library.isOutside(this.#place, name);
      if (isOutside) this.#reporter.error('run.importOutside', range, { file });
      else if (!/\.http\.ya?ml$/.test(path)) this.#reporter.error('run.importNotARequestFile', range, { file });
      else if (this.#library.isMissing(this.#place, name)) this.#reporter.error('run.importMissing', range, { file });
    }
  }

  #prerequisites(key: string): readonly string[] {
    const known = this.#before.get(key);
    const site = this.#sites.get(key);
    if (known || !site) return known ?? [];
    const all = prerequisitesFor(site, this.#needs.of(site), this.#library).all.map((each) => this.#keyOf(each.site));
    this.#before.set(key, all);
    return all;
  }

  #keyOf(site: Site): string {
    const key = siteKey(site);
    if (!this.#sites.has(key)) this.#sites.set(key, site);
    return key;
  }
}

/** Where captures and inputs stand that a request uses, by need: in itself, else in a variable of its file. */
function rangesIn({ place, entry }: Site): ReadonlyMap<string, TextRange> {
  return new Map([...sourcesIn(expressionsIn(place.file.variables)), ...sourcesIn(expressionsOf(entry))]);
}

function sourcesIn(expressions: readonly Expression[]): ReadonlyMap<string, TextRange> {
  const ranges = new Map<string, TextRange>();
  for (const { source, range } of expressions) {
    if (source.kind === 'capture' || source.kind === 'input') ranges.set(needKey(source), range);
  }
  return ranges;
}
