import type { DraftSecret } from '../../curl/requestDraft';
import { SecretKeeper } from '../../curl/secretKeeper';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import type { TemplateData } from '../../text/template';
import { finish, type Steps } from '../../request/steps';
import { shownNames } from '../fields';
import type { ImportedCollection, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { maskedText } from '../maskedText';
import { CapturedValues, variablesIn, type PlacedRequest } from './capturedValues';
import { DraftConnections } from './draftConnection';
import { draftRequest, requestValues, type DraftedRequest } from './draftRequest';
import { DraftVariables } from './draftVariables';
import { fileText } from './fileText';
import { groupRequests, type RequestGroup } from './groupRequests';
import { MarkResolver } from './markResolver';
import { placeVariables, type KnownProject, type VariablePlaces } from './placeVariables';
import { RequestNames } from './requestNames';
import { secretVariables } from './secretTexts';
import { mapYaml } from './yamlParts';

/** What the requests come into. */
export interface ImportSurroundings {
  /** Names of secrets that are stored or mentioned already: they mean something else. */
  readonly secretNames: Iterable<string>;
  /** Whether a request without `auth` is sent as somebody here. */
  readonly inheritsAuth: boolean;
  readonly project: KnownProject;
}

export interface ImportedFiles {
  readonly files: readonly NewRequestFile[];
  readonly project: ProjectAdditions;
  /** What was taken out; the files name it as `${secret:name}`. */
  readonly secrets: readonly DraftSecret[];
  readonly notes: readonly PlacedNote[];
}

export interface NewRequestFile {
  /** Without its ending. */
  readonly name: string;
  readonly requests: number;
  /** The text; other files are imported by the names that they get. */
  readonly text: (nameOf: (name: string) => string) => string;
}

/** What goes into the project file. */
export interface ProjectAdditions {
  readonly connections: readonly NewYamlEntry[];
  readonly environments: readonly NewYamlEntry[];
  readonly variables: readonly NewYamlEntry[];
}

/** A note, and the request that it is about, if it is about one. */
export interface PlacedNote extends ImportNote {
  readonly request: string | undefined;
}

/**
 * Request files that send what the collection sends, as far as the format can say it; the rest is in the notes. One
 * file for each folder at the top, or one where there are none. Nothing that is or looks secret is in them.
 */
export function importedFiles(collection: ImportedCollection, surroundings: ImportSurroundings): ImportedFiles {
  return finish(importedFilesInSteps(collection, surroundings));
}

/** The same, in steps of a few milliseconds. */
export function* importedFilesInSteps(
  collection: ImportedCollection,
  surroundings: ImportSurroundings,
): Steps<ImportedFiles> {
  const { project } = surroundings;
  const secrets = new SecretKeeper(surroundings.secretNames);
  const secretNames = secretVariables(collection);
  const notes: ImportNote[] = [...collection.notes];
  const [requests, withoutUrl] = byUrl(collection.requests);
  const groups = groupRequests(requests, collection.name);
  const placed = placeRequests(groups);
  const captured = new CapturedValues(placed);
  const variables = new DraftVariables(collection, {
    ...{ secrets, secretNames, notes, captured: captured.variables, environmentNames: project.environments },
  });
  const valuesOf = (variable: string): readonly NewYaml[] => variables.written(variable);
  const connections = new DraftConnections(project.connections, collection.name);
  const parts = { secrets, secretNames, connections, valuesOf, label: collection.name };
  const nameIn = namesByFile(placed);
  const drafted = yield* inSteps(placed, (each) => {
    const nameOf = (written: string): string | undefined => nameIn[each.file]?.get(written);
    return { ...each, draft: draftRequest(each.request, each.name, { ...parts, nameOf }) };
  });
  const connectionEntries = connections.entries({ secrets, notes, valuesOf });
  const usedByFile = groups.map((_, file) =>
    variablesIn(drafted.filter((each) => each.file === file).flatMap(({ draft }) => requestValues(draft))),
  );
  const usedByConnections = variablesIn(connectionEntries.map(([, value]) => value));
  const places = placeVariables(variables, usedByFile, usedByConnections, project, notes);
  const resolver = new MarkResolver({ secrets, secretNames, variables, captured, inProject: project.variables });
  const resolved = yield* inSteps(drafted, (each) => ({ ...each, draft: resolvedDraft(each.draft, each, resolver) }));
  const files = groups.map(({ name, requests }, file): NewRequestFile => {
    const own = resolved.filter((each) => each.file === file);
    const ownVariables = [...resolver.entries(places.files[file] ?? []), ...resolver.variablesOf(file)];
    const head = { variables: ownVariables, inheritsAuth: surroundings.inheritsAuth };
    const imported = resolver.importsOf(file).map((other) => groups[other]?.name ?? '');
    return {
      ...{ name, requests: requests.length },
      text: (nameOf) => fileText(own, { ...head, imports: imported.map((other) => `./${nameOf(other)}`) }),
    };
  });
  const additions = projectAdditions(connectionEntries, variables, places, resolver);
  const { unknown, lost } = resolver;
  for (const name of lost) notes.push(importNote('dollar', { name }));
  if (unknown.length > 0) notes.push(importNote('unknownVariables', { names: shownNames(unknown) }));
  return {
    ...{ files, project: additions, secrets: secrets.found },
    notes: [
      ...notes.map((note) => ({ ...shownNote(note), request: undefined })),
      ...withoutUrl.map(({ name }) => ({ ...importNote('url'), request: name })),
      ...resolved.flatMap(({ name, draft }) => draft.notes.map((note) => ({ ...shownNote(note), request: name }))),
    ],
  };
}

/** A few milliseconds' work. */
const REQUESTS_PER_STEP = 10;

function* inSteps<T, R>(items: readonly T[], make: (item: T) => R): Steps<R[]> {
  const made: R[] = [];
  for (const item of items) {
    made.push(make(item));
    if (made.length % REQUESTS_PER_STEP === 0) yield;
  }
  return made;
}

function shownNote({ kind, data }: ImportNote): ImportNote {
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === 'string' ? maskedText(value) : value,
  ]);
  return importNote(kind, Object.fromEntries(entries) as TemplateData);
}

/** Requests with a URL, and those without one. */
function byUrl(
  requests: readonly ImportedRequest[],
): readonly [usable: readonly ImportedRequest[], others: readonly ImportedRequest[]] {
  const hasUrl = ({ url }: ImportedRequest): boolean => url.trim() !== '';
  return [requests.filter(hasUrl), requests.filter((request) => !hasUrl(request))];
}

function placeRequests(groups: readonly RequestGroup[]): readonly PlacedRequest[] {
  // Files can use the captures of others, so requests that are captured from have a name that no other file uses.
  const capturing = new RequestNames();
  const isCapturing = ({ captures = [] }: ImportedRequest): boolean => captures.length > 0;
  const named = new Map(
    groups.flatMap(({ requests }) =>
      requests.filter(isCapturing).map((request) => [request, capturing.free(request.name)] as const),
    ),
  );
  return groups.flatMap(({ requests }, file) => {
    const names = new RequestNames();
    return requests.map((request) => {
      return { request, file, name: named.get(request) ?? names.free(request.name, capturing) };
    });
  });
}

/** For each file: by the name that a request has in the other tool, its name here. */
function namesByFile(placed: readonly PlacedRequest[]): readonly ReadonlyMap<string, string>[] {
  const names: Map<string, string>[] = [];
  for (const { request, name, file } of placed) (names[file] ??= new Map()).set(request.name, name);
  return names;
}

function resolvedDraft(draft: DraftedRequest, placed: PlacedRequest, resolver: MarkResolver): DraftedRequest {
  const own = new Set(draft.variables.map(([name]) => name));
  const { url, auth, rest, variables } = draft;
  const text = resolver.value({ kind: 'text', text: url }, placed, own);
  return {
    ...draft,
    url: text.kind === 'text' ? text.text : url,
    auth: auth && resolver.value(auth, placed, own),
    rest: resolver.entries(rest, placed, own),
    variables: resolver.entries(variables, placed, own),
  };
}

function projectAdditions(
  connections: readonly NewYamlEntry[],
  { environments }: DraftVariables,
  { project }: VariablePlaces,
  resolver: MarkResolver,
): ProjectAdditions {
  return {
    connections: resolver.entries(connections),
    environments: resolver.entries(environments.map(({ name, entries }) => [name, mapYaml(entries)])),
    variables: resolver.entries(project),
  };
}
