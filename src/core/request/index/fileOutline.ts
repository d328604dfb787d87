import { assertNever } from '../../assertNever';
import type { TextRange } from '../diagnostic';
import { placeAll, REQUEST } from '../document/coordinates';
import type { FrameContent } from '../document/parts';
import { partsOf } from '../document/placedFile';
import { expressionsIn } from '../expressionsIn';
import type { RequestEntry, RequestFile, Settings, Variables } from '../model';
import type { Occurrence, RequestSymbol } from './symbols';

/** What a request file has to do with names: all that other files and the views of a workspace need to know of it. */
export interface FileOutline {
  /** In file order. */
  readonly requests: readonly RequestOutline[];
  readonly definitions: readonly Occurrence[];
  readonly uses: readonly Occurrence[];
}

/** A request as lists show it. */
export interface RequestOutline {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly title: string;
  readonly method: string | undefined;
  readonly tags: readonly string[];
  /** Names of its captures. */
  readonly captures: readonly string[];
}

/** Makes the outline of a file. Of a file that changes only what has changed is looked at. */
export function outlineOf(file: RequestFile): FileOutline {
  const { frame, requests, tail } = partsOf(file);
  const top = placeAll(outlineOfFrame(frame), { request: REQUEST, tail });
  const outlines: RequestOutline[] = [];
  const definitions = [...top.definitions];
  const uses = [...top.uses];
  for (const { request, start } of requests) {
    if (!request) continue;
    const part = placeAll(outlineOfRequest(request), { request: start, tail });
    outlines.push(part.request);
    definitions.push(...part.definitions);
    uses.push(...part.uses);
  }
  return { requests: outlines, definitions, uses };
}

interface Occurrences {
  readonly definitions: readonly Occurrence[];
  readonly uses: readonly Occurrence[];
}

interface Part extends Occurrences {
  readonly request: RequestOutline;
}

/** By what was read, with ranges as they were read. */
const parts = new WeakMap<RequestEntry, Part>();

function outlineOfRequest(request: RequestEntry): Part {
  const known = parts.get(request);
  if (known) return known;
  const { name, nameRange, title, method, tags, variables, captures, settings, flow } = request;
  const define = (symbol: RequestSymbol, range: TextRange): Occurrence => occurrence(symbol, range, name);
  const part: Part = {
    request: { name, nameRange, title, method, tags, captures: captures.map((capture) => capture.name) },
    definitions: [
      define({ kind: 'request', name }, nameRange),
      ...definedVariables(variables, name),
      ...captures.map((each) => define({ kind: 'capture', request: name, name: each.name }, each.nameRange)),
    ],
    uses: [
      ...usedConnection(settings, name),
      ...flow.needs.map((each): Occurrence => occurrence({ kind: 'request', name: each.name }, each.range, name)),
      ...usedIn(request, name),
    ],
  };
  parts.set(request, part);
  return part;
}

function outlineOfFrame({ settings, variables, inputs }: FrameContent): Occurrences {
  const definedInputs = [...inputs.values()].map(({ name, nameRange }) =>
    occurrence({ kind: 'input', name }, nameRange, undefined),
  );
  return {
    definitions: [...definedVariables(variables, undefined), ...definedInputs],
    uses: [...usedConnection(settings, undefined), ...usedIn({ settings, variables }, undefined)],
  };
}

function definedVariables(variables: Variables, within: string | undefined): readonly Occurrence[] {
  return [...variables.values()].map(({ name, nameRange }) =>
    occurrence({ kind: 'variable', name }, nameRange, within),
  );
}

/** A connection whose name is made of variables is not known here. */
function usedConnection({ auth }: Settings, within: string | undefined): readonly Occurrence[] {
  if (auth?.kind !== 'connection') return [];
  const { parts: pieces, range } = auth.connection;
  const [name] = pieces;
  if (pieces.length !== 1 || typeof name !== 'string') return [];
  return [occurrence({ kind: 'connection', name }, range, within)];
}

function usedIn(data: unknown, within: string | undefined): readonly Occurrence[] {
  return expressionsIn(data).flatMap(({ source, range }): readonly Occurrence[] => {
    switch (source.kind) {
      case 'variable':
      case 'input':
      case 'secret':
      case 'env':
        return [occurrence({ kind: source.kind, name: source.name }, range, within)];
      case 'capture': {
        const { request, name } = source;
        // Who uses what a request captures uses the request.
        return [
          occurrence({ kind: 'capture', request, name }, range, within),
          occurrence({ kind: 'request', name: request }, range, within),
        ];
      }
      case 'uuid':
      case 'now':
      case 'random':
      case 'file':
      case 'faulty':
        return [];
      default:
        return assertNever(source);
    }
  });
}

function occurrence(symbol: RequestSymbol, range: TextRange, within: string | undefined): Occurrence {
  return { symbol, range, within };
}
