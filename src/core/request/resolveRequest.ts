import type { HttpRequest } from '../http/httpRequest';
import type { Clock, Random } from '../ports';
import { checkConnection } from './checkConnection';
import type { Diagnostic } from './diagnostic';
import { nearest } from './nearest';
import type { ProjectFile, RequestEntry, RequestFile } from './model';
import type { Sensitive } from '../secret';
import { Reporter } from './reporter';
import { encodeBody } from './resolve/encodeBody';
import { Evaluator } from './resolve/evaluator';
import { prepareRequest, type PreparedRequest } from './resolve/prepareRequest';
import { requestScopes } from './resolve/scopes';
import { NeedRecorder, type Need, type Supplies } from './resolve/supplies';
import { resolveConnection } from './resolveConnection';
import { shorten } from './shorten';

export interface ResolveInput {
  readonly file: RequestFile;
  readonly request: RequestEntry;
  /** `undefined` when there is no project file. */
  readonly project: ProjectFile | undefined;
  /** The active environment; `undefined` when none is chosen. */
  readonly environment: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  /** What comes in from outside of the files: secrets, captures, inputs … */
  readonly supplies: Supplies;
  /** Folder of the request file, relative to its workspace folder; `undefined`: not known, so it can name no files. */
  readonly directory: string | undefined;
  /** URI of that workspace folder; absent: not known, so that no file can be sent. */
  readonly folder?: string | undefined;
}

/** Ranges of diagnostics lie in the request file: faults of the project file are reported where they are met. */
export type ResolvedRequest =
  /** `diagnostics` are warnings. */
  | { readonly ok: true; readonly request: HttpRequest; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** How many redirects are followed where the files do not say. */
export const DEFAULT_REDIRECTS = 10;

/** Makes the request that is sent out of what the files say. Never throws. */
export function resolveRequest(input: ResolveInput): ResolvedRequest {
  const { file, request, project, environment, clock, random } = input;
  const reporter = new Reporter();
  for (const fault of [...file.faults, ...request.faults]) reporter.add(fault);
  checkSurroundings(input, reporter);
  if (reporter.errorsSince(0).length > 0) return { ok: false, diagnostics: reporter.sorted() };

  const scopes = requestScopes(request, file, project, environment);
  const evaluator = new Evaluator({
    scopes,
    home: 'requestFile',
    now: clock.now(),
    random,
    supplies: input.supplies,
    directories: { requestFile: input.directory, project: project?.directory },
  });
  const prepared = prepareRequest(request, file, project, evaluator);
  for (const diagnostic of prepared.diagnostics) reporter.add(diagnostic);
  checkConnection(
    prepared,
    request,
    project,
    (name) => project && resolveConnection(project, name, environment),
    reporter,
  );
  const diagnostics = reporter.sorted();
  const sendable = reporter.errorsSince(0).length === 0 ? toHttpRequest(request, prepared, input) : undefined;
  return sendable ? { ok: true, request: sendable, diagnostics } : { ok: false, diagnostics };
}

/**
 * Everything from outside of the files that a request cannot be sent without. Nothing is asked for or read; what a row
 * of `forEach` brings counts as given.
 */
export function needsOf(input: Omit<ResolveInput, 'supplies'>, row?: Supplies['row']): readonly Need[] {
  const recorder = new NeedRecorder({ find: () => ({ state: 'later' }), ...(row && { row }) });
  resolveRequest({ ...input, supplies: recorder });
  return recorder.needs;
}

function checkSurroundings({ request, project, environment }: ResolveInput, reporter: Reporter): void {
  if (project && project.faults.length > 0) reporter.error('request.projectFaulty', request.nameRange);
  if (environment === undefined || project?.environments.has(environment) === true) return;
  // Without a project file there are no environments, and the one chosen elsewhere means nothing.
  if (!project) return;
  const known = [...project.environments.keys()];
  const close = nearest(environment, known);
  const data = {
    environment: shorten(environment),
    known: known.join(', '),
    ...(close === undefined ? {} : { nearest: close }),
  };
  reporter.error('request.unknownEnvironment', request.nameRange, data);
}

/** `undefined` when a part is missing, which then was reported. */
function toHttpRequest(
  entry: RequestEntry,
  prepared: PreparedRequest,
  { folder, random }: ResolveInput,
): HttpRequest | undefined {
  const { name } = entry;
  // A WebSocket begins as a GET (RFC 6455 §4.1).
  const method = entry.socket ? 'GET' : entry.method;
  const { url, headers, body, auth, redirects = DEFAULT_REDIRECTS, timeouts, expect, cookies, messages } = prepared;
  if (method === undefined || !url || !headers || !body || !auth || !expect || !messages) return undefined;
  const encoded = encodeBody(body, { folder, random });
  const sent: HttpRequest['headers'][number][] = headers.map(({ name: header, text }) => [
    header,
    withBoundary(header, text, encoded?.boundary),
  ]);
  if (encoded && !prepared.decidedHeaders.has('content-type')) sent.push(['Content-Type', encoded.contentType]);
  if (encoded?.accept !== undefined && !prepared.decidedHeaders.has('accept')) sent.push(['Accept', encoded.accept]);
  return {
    name,
    method,
    url,
    headers: sent,
    body: encoded?.bytes,
    auth: auth.auth,
    redirects,
    timeouts,
    expect,
    captures: entry.captures,
    ...(cookies === undefined ? {} : { cookies }),
    ...(entry.flow.stop && { stop: entry.flow.stop }),
    ...(entry.socket && { socket: { messages, folder } }),
  };
}

/** `multipart/related` or another type of the file's own gets the boundary of the body. */
function withBoundary(header: string, text: Sensitive, boundary: string | undefined): Sensitive {
  const isType = boundary !== undefined && header.toLowerCase() === 'content-type' && typeof text === 'string';
  const isOpen = isType && /^multipart\//i.test(text) && !/;\s*boundary=/i.test(text);
  return isOpen ? `${text}; boundary=${boundary}` : text;
}
