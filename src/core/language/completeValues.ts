import { presets } from '../oauth/presets/presets';
import type { KeyDescription, Suggestion } from '../request/format/keyTable';
import { resolveConnection } from '../request/resolveConnection';
import { commonHeaders, commonValues } from './commonHeaders';
import type { Completion } from './completion';
import { jsonPlaces } from './completeResponse';
import type { KeyPlace } from './keyPlace';
import { knownRequests, requestOn, type LanguageFile } from './languageFile';
import type { PositionContext } from './positionContext';
import type { ScalarInserter, ScalarItem } from './scalarInsert';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'PURGE'];
const STATUSES: Readonly<Record<string, string>> = {
  '200': 'OK',
  '201': 'Created',
  '202': 'Accepted',
  '204': 'No Content',
  '301': 'Moved Permanently',
  '302': 'Found',
  '304': 'Not Modified',
  '400': 'Bad Request',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '404': 'Not Found',
  '409': 'Conflict',
  '412': 'Precondition Failed',
  '422': 'Unprocessable Content',
  '429': 'Too Many Requests',
  '500': 'Internal Server Error',
  '503': 'Service Unavailable',
};
const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx'];
/** Accounts that VS Code has providers for by itself. */
const EDITOR_PROVIDERS = ['github', 'microsoft'];
const CAPTURE_SOURCES: Readonly<Record<string, string>> = {
  status: 'the status',
  body: 'the whole body as text',
  url: 'the URL after redirects',
  'header:': 'a header',
  'cookie:': 'a cookie that the response sets',
  'regex:': 'the first group of a regular expression',
};

/** The values that the format, the project or what is known has for a place. */
export function* valueItems(file: LanguageFile, context: PositionContext, place: KeyPlace): Generator<ScalarItem> {
  const { description, name, path } = place;
  for (const [text, { docs }] of Object.entries(description.values ?? {})) {
    yield { text, kind: 'value', docs, rank: 2 };
  }
  for (const kind of [description.kind, description.or]) yield* itemsOfKind(kind, file);
  if (path.at(-1) === 'headers' && name !== undefined && description.suggest === 'header') {
    for (const text of commonValues(name)) yield { text, kind: 'value' };
    return;
  }
  yield* suggested(description.suggest, file, context, place);
}

function* itemsOfKind(kind: KeyDescription['or'], { project, known }: LanguageFile): Generator<ScalarItem> {
  if (kind === 'boolean') {
    for (const text of ['true', 'false']) yield { text, kind: 'value', raw: true };
  } else if (kind === 'status') {
    for (const [text, detail] of Object.entries(STATUSES)) yield { text, kind: 'value', detail, raw: true };
    for (const text of STATUS_CLASSES) yield { text, kind: 'value', raw: true, rank: 4 };
  } else if (kind === 'connectionName' && project) {
    for (const [text, entry] of project.connections) {
      const [account] = known.accounts?.(text) ?? [];
      const detail = account ?? entry.preset?.name ?? entry.vscode?.name;
      yield { text, kind: 'connection', detail, rank: 1 };
    }
  } else if (kind === 'duration') {
    for (const text of ['500ms', '5s', '30s', '2m']) yield { text, kind: 'value', raw: true };
  } else if (kind === 'size') {
    for (const text of ['10kB', '1MB', '5MB']) yield { text, kind: 'value', raw: true };
  }
}

function* suggested(
  suggestion: Suggestion | undefined,
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace,
): Generator<ScalarItem> {
  switch (suggestion) {
    case 'scope':
      for (const text of scopesOf(file, context)) yield { text, kind: 'value' };
      return;
    case 'preset':
      for (const [text, { label }] of Object.entries(presets)) yield { text, kind: 'value', detail: label };
      return;
    case 'editorProvider':
      for (const text of EDITOR_PROVIDERS) yield { text, kind: 'value' };
      return;
    case 'environment':
      for (const text of file.project?.environments.keys() ?? []) yield { text, kind: 'value' };
      return;
    case 'request':
      yield* requestItems(file, context);
      return;
    case 'method':
      for (const text of METHODS) yield { text, kind: 'value' };
      return;
    case 'origin':
      yield* originItems(file, context);
      return;
    case 'responsePath':
      // Below a path of `expect` stand matchers, and what the value is to be.
      if (place.description.kind !== 'matchers') yield* captureItems(file, context);
      return;
    case 'header':
    case 'file':
    case 'requestFile':
    case undefined:
  }
}

/** The names that the format knows for a map whose names the author chooses. */
export function* nameItems(file: LanguageFile, context: PositionContext, place: KeyPlace): Generator<ScalarItem> {
  const { suggest, kind } = place.description;
  if (place.name !== undefined) return;
  if (suggest === 'header') {
    for (const text of Object.keys(commonHeaders)) yield { text, kind: 'value', more: true };
  } else if (suggest === 'responsePath' && kind === 'matchersByName') {
    yield { text: 'text', kind: 'value', detail: 'the whole body', rank: 6 };
    yield* pathItems(file, context);
  }
}

function* captureItems(file: LanguageFile, context: PositionContext): Generator<ScalarItem> {
  yield* pathItems(file, context);
  for (const [text, detail] of Object.entries(CAPTURE_SOURCES)) yield { text, kind: 'value', detail, rank: 6 };
}

function* pathItems(file: LanguageFile, context: PositionContext): Generator<ScalarItem> {
  const request = requestName(context);
  const json = request === undefined ? undefined : file.known.response?.(request);
  if (json === undefined) {
    yield { text: '$', kind: 'value', detail: 'a JSONPath into the body' };
    return;
  }
  const typed = file.text.slice(context.token.start, context.token.end).replace(/^["']|["']$/g, '');
  for (const { path, detail } of jsonPlaces(json, typed)) yield { text: path, kind: 'value', detail };
}

function* requestItems(file: LanguageFile, context: PositionContext): Generator<ScalarItem> {
  const own = requestName(context);
  for (const { name, method, description } of knownRequests(file)) {
    if (name !== own) yield { text: name, kind: 'request', detail: method, docs: description };
  }
}

function requestName({ path }: PositionContext): string | undefined {
  const [top, request] = path;
  return top?.kind === 'key' && top.key === 'requests' && request?.kind === 'key' ? request.key : undefined;
}

/** The connection whose scopes are written at a place: the one they stand in, or the one named beside them. */
export function scopeConnection(file: LanguageFile, { path }: PositionContext): string | undefined {
  const [top, name] = path;
  if (top?.kind !== 'key') return undefined;
  if (top.key === 'connections') return name?.kind === 'key' ? name.key : undefined;
  const inProject = file.kind === 'project' ? file.project?.defaults : file.requests?.settings;
  const auth = (top.key === 'requests' ? requestOn(file, path)?.settings : inProject)?.auth;
  const [only, ...more] = auth?.kind === 'connection' ? auth.connection.parts : [];
  return typeof only === 'string' && more.length === 0 ? only : undefined;
}

function scopesOf(file: LanguageFile, context: PositionContext): ReadonlySet<string> {
  const [top] = context.path;
  const isConnection = top?.kind === 'key' && top.key === 'connections';
  const connection = scopeConnection(file, context);
  const connections = connection === undefined ? (file.project?.connections.keys() ?? []) : [connection];
  const scopes = new Set<string>();
  for (const connection of connections) {
    for (const scope of file.known.scopes?.(connection) ?? []) scopes.add(scope);
    for (const { parts } of file.project?.connections.get(connection)?.scopes ?? []) {
      const [only] = parts;
      if (!isConnection && parts.length === 1 && typeof only === 'string') scopes.add(only);
    }
  }
  for (const scope of ['openid', 'profile', 'email', 'offline_access']) scopes.add(scope);
  return scopes;
}

/** Where the project's requests go, which is where a token would have to. */
function* originItems({ project, environment }: LanguageFile, { path }: PositionContext): Generator<ScalarItem> {
  const [, name] = path;
  if (!project || name?.kind !== 'key') return;
  for (const variable of ['api', 'baseUrl']) {
    if (
      project.variables.has(variable) ||
      [...project.environments.values()].some((each) => each.variables.has(variable))
    )
      yield { text: `\${${variable}}`, kind: 'variable' };
  }
  const resolved = resolveConnection(project, name.key, environment);
  if (resolved.ok && resolved.connection.issuer !== undefined)
    yield { text: new URL(resolved.connection.issuer).origin, kind: 'value' };
}

/** Completions of values at the cursor. */
export function completeValues(
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace,
  inserter: ScalarInserter,
): readonly Completion[] {
  return [...valueItems(file, context, place)].map((item) => inserter.value(item));
}
