import type { Diagnostic } from '../diagnostic';
import { MAX_ALIASED_VALUES } from '../yaml/parseYaml';
import { MAX_CONTROL_REPORTS, MAX_SYNTAX_ERRORS } from '../yaml/readDocument';
import { placeAll } from './coordinates';
import type { Layout } from './layout';
import type { ParsedFrame } from './parseFrame';
import { asDuplicate, type ParsedRequest } from './parseRequestPart';
import type { FileParts, PlacedPart } from './parts';
import type { Links } from './readPart';

/** Puts the parts of a file together; `undefined` when they have to do with each other, so that it takes all at once. */
export function assemble(layout: Layout): FileParts | undefined {
  const frame = layout.frame();
  const parsed: ParsedRequest[] = [];
  for (let index = 0; index < layout.size; index++) {
    const request = layout.request(index);
    if (request) parsed.push(request);
  }
  if (!frame || parsed.length < layout.size || exceedLimits(frame, parsed)) return undefined;
  if (areLinked([...frame.links, ...parsed.map(({ links }) => links)])) return undefined;
  return { frame: frame.frame, tail: layout.tail, ...placeRequests(layout, parsed) };
}

function placeRequests(layout: Layout, parsed: readonly ParsedRequest[]): Pick<FileParts, 'requests' | 'faults'> {
  const seen = new Set<string>();
  const requests: PlacedPart[] = [];
  const faults: Diagnostic[] = [];
  for (const [index, each] of parsed.entries()) {
    const { name, part, faultsOutside } = each;
    const start = layout.start(index);
    requests.push({ ...(seen.has(name) ? asDuplicate(each) : part), start });
    seen.add(name);
    if (faultsOutside.length > 0) faults.push(...placeAll(faultsOutside, { request: start, tail: layout.tail }));
  }
  return { requests, faults };
}

/** Beyond some number in a file, diagnostics are left out. */
function exceedLimits(frame: ParsedFrame, parsed: readonly ParsedRequest[]): boolean {
  let { syntax, control } = frame.limited;
  for (const { limited } of parsed) {
    syntax += limited.syntax;
    control += limited.control;
  }
  return syntax > MAX_SYNTAX_ERRORS || control > MAX_CONTROL_REPORTS;
}

/** Whether an alias in one part stands for a value in another, or all together repeat more than they may. */
function areLinked(links: readonly Links[]): boolean {
  const unknown = new Set<string>();
  let aliasedValues = 0;
  for (const link of links) {
    aliasedValues += link.aliasedValues;
    for (const name of link.unknownAliases) unknown.add(name);
  }
  if (aliasedValues > MAX_ALIASED_VALUES) return true;
  return unknown.size > 0 && links.some(({ anchors }) => [...anchors].some((name) => unknown.has(name)));
}
