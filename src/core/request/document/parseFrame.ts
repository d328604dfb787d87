import { decodeKeys } from '../decode/decodeKeys';
import { decodeInputs } from '../decode/decodeInputs';
import { decodeNames } from '../decode/decodeNames';
import { decodeSetting, emptySettings } from '../decode/decodeSettings';
import { decodeVariables } from '../decode/decodeVariables';
import type { Diagnostic } from '../diagnostic';
import { requestFileKeys } from '../format/requestKeys';
import { occurrencesInFrame } from '../index/occurrences';
import type { Inputs } from '../flow';
import type { NamedSetting, Variables } from '../model';
import { Reporter } from '../reporter';
import { requestFileOrigin } from '../requestFileOrigin';
import type { YamlEntry, YamlMap } from '../yaml/yamlNode';
import { byPosition } from '../byPosition';
import { countLimited, duplicateKey, type LimitedCounts } from './parseRequestPart';
import type { Frame } from './parts';
import { readHead, readTail, type Links } from './readPart';

/** What stands around the requests, as it was read without them. */
export interface ParsedFrame {
  readonly frame: Frame;
  readonly links: readonly Links[];
  readonly limited: LimitedCounts;
}

/** Reads and decodes what stands around the requests; `undefined` when that cannot be done without the requests. */
export function parseFrame(head: string, tail: string | undefined, indent: number): ParsedFrame | undefined {
  const above = readHead(head, indent);
  const below = tail === undefined ? undefined : readTail(tail, indent);
  if (!above || (tail !== undefined && !below)) return undefined;
  const reporter = new Reporter();
  for (const found of above.reporter.sorted()) reporter.add(found);
  for (const found of below?.reporter.sorted() ?? []) reporter.add(found);
  reportDuplicates(above.entries, below?.entries ?? [], reporter);
  const limited = countLimited(reporter.sorted());
  const entries = [...above.entries, ...(below?.entries ?? [])];
  const said = decodeFrame({ kind: 'map', entries, range: { start: 0, end: 0 } }, reporter, () => undefined);
  const frame = { ...said, names: occurrencesInFrame(entries) };
  return { frame, links: [above.links, ...(below ? [below.links] : [])], limited };
}

/** Each part has reported its own already. */
function reportDuplicates(above: readonly YamlEntry[], below: readonly YamlEntry[], reporter: Reporter): void {
  const known = new Set(above.map(({ key }) => key));
  for (const { key, keyRange } of below) if (known.has(key)) reporter.add(duplicateKey(key, keyRange));
}

/**
 * Decodes the top level of a request file.
 * @param decodeRequests takes the entry of the requests.
 */
export function decodeFrame(
  root: YamlMap,
  reporter: Reporter,
  decodeRequests: (entry: YamlEntry) => void,
): Omit<Frame, 'names'> {
  const settings = emptySettings();
  let variables: Variables = new Map();
  let imports: readonly NamedSetting[] = [];
  let inputs: Inputs = new Map();
  decodeKeys(root, requestFileKeys, 'a request file', reporter, (key, entry) => {
    if (key === 'requests') decodeRequests(entry);
    else if (key === 'variables') variables = decodeVariables(entry, requestFileOrigin, reporter);
    else if (key === 'import') imports = decodeNames(entry, reporter, 'import: [./login.http.yaml]');
    else if (key === 'inputs') inputs = decodeInputs(entry, reporter);
    else decodeSetting(key, entry, settings, reporter);
  });
  const inside = new Set([...variables.values()].flatMap(({ faults }) => faults));
  const faults = reporter.errorsSince(0).filter((fault) => !inside.has(fault));
  return { settings, variables, imports, inputs, faults: sorted(faults), diagnostics: reporter.sorted() };
}

/** By position, each once. */
function sorted(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  return faults.length === 0 ? faults : [...new Set(faults)].sort(byPosition);
}
