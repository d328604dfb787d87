import { requestFileKeys } from './format/requestKeys';
import type { Diagnostic } from './diagnostic';
import { decodeKeys, mapEntries, wrongValue } from './decode/decodeKeys';
import { decodeRequest, type DecodedRequest } from './decode/decodeRequest';
import { decodeSetting, emptySettings } from './decode/decodeSettings';
import { decodeVariables } from './decode/decodeVariables';
import type { RequestEntry, RequestFile, Variables } from './model';
import { placeRequests } from './placeRequests';
import { Reporter } from './reporter';
import { parseYaml } from './yaml/parseYaml';
import type { YamlEntry, YamlMap } from './yaml/yamlNode';

/**
 * Parses a request file. Never throws: what is wrong becomes a diagnostic, and a faulty request does not stop the
 * others.
 */
export function parseRequestFile(text: string): RequestFile {
  const reporter = new Reporter();
  const root = parseYaml(text, reporter);
  const yamlErrors = reporter.errorsSince(0);
  if (root?.kind === 'map') return decodeFile(text, root, yamlErrors, reporter);
  if (root && root.kind !== 'null') wrongValue('The file', root, 'a map', 'requests: at the top', reporter);
  return {
    requests: [],
    settings: emptySettings(),
    variables: new Map(),
    faults: reporter.errorsSince(0),
    diagnostics: reporter.sorted(),
  };
}

function decodeFile(text: string, root: YamlMap, yamlErrors: readonly Diagnostic[], reporter: Reporter): RequestFile {
  const settings = emptySettings();
  let variables: Variables = new Map();
  let decoded: readonly DecodedRequest[] = [];
  decodeKeys(root, requestFileKeys, 'a request file', reporter, (key, entry) => {
    if (key === 'requests') decoded = decodeRequests(entry, reporter);
    else if (key === 'variables') variables = decodeVariables(entry, requestFileOrigin, reporter);
    else decodeSetting(key, entry, settings, reporter);
  });
  const requests = placeRequests(text, root, decoded, yamlErrors);
  const faults = faultsOutside(requests, variables, reporter);
  return { requests, settings, variables, faults, diagnostics: reporter.sorted() };
}

function decodeRequests(entry: YamlEntry, reporter: Reporter): readonly DecodedRequest[] {
  const entries = mapEntries(entry, reporter).filter(({ key }) => !key.startsWith('x-'));
  return entries.map((item) => decodeRequest(item, requestFileOrigin, reporter));
}

function requestFileOrigin(): 'requestFile' {
  return 'requestFile';
}

/** What is neither a request's nor a variable's own fault makes the reading of the whole file doubtful. */
function faultsOutside(
  requests: readonly RequestEntry[],
  variables: Variables,
  reporter: Reporter,
): readonly Diagnostic[] {
  const errors = reporter.errorsSince(0);
  if (errors.length === 0) return errors;
  const inside = new Set<Diagnostic>();
  for (const { faults } of [...requests, ...variables.values()]) for (const fault of faults) inside.add(fault);
  return errors.filter((fault) => !inside.has(fault));
}
