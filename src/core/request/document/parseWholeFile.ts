import { byPosition } from '../byPosition';
import { mapEntries, wrongValue } from '../decode/decodeKeys';
import { decodeRequest, type DecodedRequest } from '../decode/decodeRequest';
import { emptySettings } from '../decode/decodeSettings';
import { occurrencesInFrame, occurrencesInRequest, type Occurrence } from '../index/occurrences';
import { placeRequests } from '../placeRequests';
import { Reporter } from '../reporter';
import { requestFileOrigin } from '../requestFileOrigin';
import type { Steps } from '../steps';
import { convertDocumentInSteps } from '../yaml/parseYaml';
import { readDocumentInSteps } from '../yaml/readDocument';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import { HEAD } from './coordinates';
import { decodeFrame } from './parseFrame';
import type { FileParts } from './parts';

/** Reads a request file in one piece, whatever form it has. */
export function* parseWholeFile(text: string): Steps<FileParts> {
  const reporter = new Reporter();
  const document = yield* readDocumentInSteps(text, reporter);
  yield;
  const { root } = yield* convertDocumentInSteps(document, reporter, HEAD);
  yield;
  if (root?.kind === 'map') return yield* decodeFile(text, root, reporter);
  if (root && root.kind !== 'null') wrongValue('The file', root, 'a map', 'requests: at the top', reporter);
  const faults = reporter.errorsSince(0).toSorted(byPosition);
  const said = { settings: emptySettings(), variables: new Map(), imports: [], inputs: new Map() };
  return { frame: { ...said, faults, diagnostics: reporter.sorted(), names: [] }, requests: [], tail: 0, faults: [] };
}

function* decodeFile(text: string, root: YamlMap, reporter: Reporter): Steps<FileParts> {
  const yamlErrors = reporter.errorsSince(0);
  const decoded: DecodedRequest[] = [];
  const names: (readonly Occurrence[])[] = [];
  let entries: readonly YamlEntry[] = [];
  const frame = decodeFrame(root, reporter, (entry) => (entries = mapEntries(entry, reporter)));
  const place = root.entries.findIndex(({ key }) => key === 'requests');
  const seen = new Set<YamlNode>();
  const framed = [...occurrencesInFrame(root.entries.slice(0, Math.max(place, 0)), seen)];
  for (const [index, entry] of entries.entries()) {
    if (index % REQUESTS_PER_STEP === 0) yield;
    const found = occurrencesInRequest(entry, seen);
    if (entry.key.startsWith('x-')) framed.push(...found);
    else {
      decoded.push(decodeRequest(entry, requestFileOrigin, reporter));
      names.push(found);
    }
  }
  framed.push(...occurrencesInFrame(root.entries.slice(Math.max(place, 0)), seen));
  const requests = placeRequests(text, root, entries, decoded, yamlErrors);
  const inside = new Set(requests.flatMap(({ faults }) => faults));
  return {
    frame: {
      ...frame,
      faults: frame.faults.filter((fault) => !inside.has(fault)),
      diagnostics: reporter.sorted(),
      names: framed,
    },
    requests: requests.map((request, index) => ({
      request,
      keyRange: request.nameRange,
      diagnostics: [],
      names: names[index] ?? [],
      start: 0,
    })),
    tail: 0,
    faults: [],
  };
}

/** A millisecond's work or two. */
const REQUESTS_PER_STEP = 50;
