import type { DiagnosticCode, TextRange } from '../request/diagnostic';
import { shorten } from '../request/shorten';
import type { Need } from '../request/resolve/supplies';
import type { TemplateData } from '../text/template';
import { needsOfSite, type Sources } from './evaluateSite';
import type { Library } from './library';
import type { Site } from './site';

/** A request that has to be sent before another. */
export interface Prerequisite {
  readonly site: Site;
  /** What is wanted of it; `undefined`: that it was sent. */
  readonly capture: string | undefined;
}

/** What stands in the way of naming the prerequisites. */
export interface PrerequisiteFault {
  readonly code: DiagnosticCode;
  readonly range: TextRange;
  readonly data: TemplateData;
}

export interface Prerequisites {
  readonly all: readonly Prerequisite[];
  readonly faults: readonly PrerequisiteFault[];
}

/** What has to be sent before a request: what it `needs`, in that order, then whose captures it uses. */
export function prerequisitesOf(site: Site, library: Library, sources: Sources): Prerequisites {
  return prerequisitesFor(site, needsOfSite(site, sources), library);
}

/** Like {@link prerequisitesOf}, where the needs are known. @param rangeOf where a need is written, for its faults. */
export function prerequisitesFor(
  site: Site,
  needs: readonly Need[],
  library: Library,
  rangeOf: (need: Need) => TextRange = () => site.entry.nameRange,
): Prerequisites {
  const { place, entry } = site;
  const all: Prerequisite[] = [];
  const faults: PrerequisiteFault[] = [];
  const find = (name: string, range: TextRange, capture: string | undefined): void => {
    const found = library.find(place, name);
    if (found.kind === 'found') {
      const fault = capture === undefined ? undefined : captureFault(found.site, capture, range);
      if (fault) faults.push(fault);
      else all.push({ site: found.site, capture });
    } else if (found.kind === 'none') {
      const data = { name: shorten(name), ...(found.nearest === undefined ? {} : { nearest: found.nearest }) };
      faults.push({ code: found.nearest === undefined ? 'run.unknownRequestHere' : 'run.unknownRequest', range, data });
    } else {
      const data = { name: shorten(name), files: shorten(found.files.join(', '), 200) };
      faults.push({ code: 'run.ambiguousRequest', range, data });
    }
  };
  for (const { name, range } of entry.flow.needs) find(name, range, undefined);
  for (const need of needs) if (need.kind === 'capture') find(need.request, rangeOf(need), need.name);
  return { all, faults };
}

function captureFault({ entry }: Site, name: string, range: TextRange): PrerequisiteFault | undefined {
  const known = entry.captures.map((capture) => capture.name);
  if (known.includes(name)) return undefined;
  const data = { request: shorten(entry.name), name: shorten(name), known: shorten(known.join(', '), 200) };
  return { code: known.length === 0 ? 'run.noCaptures' : 'run.unknownCapture', range, data };
}
