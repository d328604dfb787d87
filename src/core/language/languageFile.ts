import { requestScopes, projectScopes, type Scopes } from '../request/resolve/scopes';
import { partsOf } from '../request/document/placedFile';
import type { FormatFile } from '../request/format/keyReference';
import type { RowsOfFile } from '../request/knownRows';
import type { ProjectFile, RequestEntry, RequestFile } from '../request/model';
import type { PathStep } from './positionContext';

/** A file in the editor, with what is known around it. Everything but the text may be missing, and nothing is read. */
export interface LanguageFile {
  readonly kind: FormatFile;
  readonly text: string;
  /** Of a request file: what was read of this very text. */
  readonly requests: RequestFile | undefined;
  /** The project file that counts, merged with its private overrides. */
  readonly project: ProjectFile | undefined;
  readonly environment: string | undefined;
  readonly known: Knowledge;
}

/** What else is known, from outside of the file and its project. All of it is for showing. */
export interface Knowledge {
  /** The files that the request file imports. */
  readonly imported?: readonly RequestFile[];
  /** Scopes that a connection could ask for, as its server says. */
  readonly scopes?: (connection: string) => readonly string[];
  /** Who is signed in to a connection. */
  readonly accounts?: (connection: string) => readonly string[];
  /** Names of stored secrets. */
  readonly secrets?: readonly string[];
  /** The JSON of the latest response to a request; `undefined` when there is none. */
  readonly response?: (request: string) => unknown;
  /** What is known of the rows in files. */
  readonly rows?: RowsOfFile;
}

export const nothingKnown: Knowledge = {};

/** The request that a path leads into. */
export function requestOn(file: LanguageFile, path: readonly PathStep[]): RequestEntry | undefined {
  const [top, second] = path;
  if (file.kind !== 'request' || top?.kind !== 'key' || top.key !== 'requests' || second?.kind !== 'key') {
    return undefined;
  }
  return file.requests?.requests.find(({ name }) => name === second.key);
}

/** Where names are looked up at a place. */
export function scopesAt(file: LanguageFile, path: readonly PathStep[]): Scopes {
  const { requests, project, environment } = file;
  if (file.kind === 'request' && requests) return requestScopes(requestOn(file, path), requests, project, environment);
  if (project) return projectScopes(project, environment);
  return { chain: [], project: undefined, environment: undefined };
}

/** The requests that can be named: those of the file, and of the files it imports. */
export function* knownRequests({ requests, known }: LanguageFile): Generator<RequestEntry> {
  if (requests) yield* requests.requests;
  for (const imported of known.imported ?? []) yield* imported.requests;
}

/** The captures of the requests that can be named, without looking at anything else of them. */
export function* knownCaptures({ requests, known }: LanguageFile): Generator<KnownCaptures> {
  for (const file of [...(requests ? [requests] : []), ...(known.imported ?? [])]) {
    for (const { request } of partsOf(file).requests) {
      if (request && request.captures.length > 0) yield { request, names: request.captures.map(({ name }) => name) };
    }
  }
}

export interface KnownCaptures {
  readonly request: Pick<RequestEntry, 'name' | 'method'>;
  readonly names: readonly string[];
}

/** A request by its name: the file's own first. */
export function requestNamed(file: LanguageFile, name: string): RequestEntry | undefined {
  for (const request of knownRequests(file)) if (request.name === name) return request;
  return undefined;
}
