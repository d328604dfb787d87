import { LatchkeyError } from '../errors';
import { isForbidden, workspacePath } from '../files/workspacePath';
import type { Diagnostic, TextRange } from '../request/diagnostic';
import { placeRange, type Place } from '../request/document/coordinates';
import { partsOf } from '../request/document/placedFile';
import { expressionsIn, expressionsOf } from '../request/expressionsIn';
import type { RequestEntry } from '../request/model';
import { Reporter } from '../request/reporter';
import { shorten } from '../request/shorten';
import type { Steps } from '../request/steps';
import type { Expression, Template } from '../request/value';
import type { FilePlace } from './site';

/** A file that a request file names for its content. */
export interface NamedFile {
  /** As it is written, relative to the request file. */
  readonly path: string;
  readonly range: TextRange;
  /** The check of the request says nothing of such a path by itself. */
  readonly unchecked: boolean;
}

/** What a look at the disk says of a file; one that is not there may come to be there until it is sent. */
export type FileLook = 'inside' | 'outside' | 'forbidden';

/** Looks where the links on the way to a file lead. */
export type LookAtFile = (folder: string, path: string) => Promise<FileLook>;

/** Files of one request file that are looked at. */
const MOST_FILES = 500;
const REQUESTS_PER_STEP = 20;

/**
 * The files that a request file names, but for its imports. A path that is made of variables is not known before it is
 * sent.
 */
export function* namedFiles({ file }: Pick<FilePlace, 'file'>): Steps<readonly NamedFile[]> {
  const { frame, requests, tail } = partsOf(file);
  const found = placed(filesIn(expressionsIn([frame.settings, frame.variables])), { request: 0, tail });
  for (const [index, { request, start }] of requests.entries()) {
    if (index % REQUESTS_PER_STEP === 0) yield;
    if (request) found.push(...placed(ofRequest(request), { request: start, tail }));
  }
  return found;
}

/** What keeps the files that a request file names from being read, in the words that sending it would use. */
export async function checkNamedFiles(
  { folder, directory }: Pick<FilePlace, 'folder' | 'directory'>,
  files: readonly NamedFile[],
  look: LookAtFile,
): Promise<readonly Diagnostic[]> {
  const reporter = new Reporter();
  if (directory === undefined) return [];
  for (const { path, range, unchecked } of files.slice(0, MOST_FILES)) {
    const data = { file: shorten(path) };
    const place = placeOf(directory, path);
    const found = place.ok ? await look(folder, place.path) : place.why;
    if (found === 'inside' || (!place.ok && !unchecked)) continue;
    if (found === 'forbidden') reporter.error('expression.fileForbidden', range, data);
    else reporter.error(place.ok ? 'expression.fileLinkedOut' : 'expression.fileOutside', range, data);
  }
  return reporter.sorted();
}

type InFolder = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: FileLook };

function placeOf(directory: string, path: string): InFolder {
  try {
    return { ok: true, path: workspacePath(directory, path) };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return { ok: false, why: isForbidden(path.split('/')) ? 'forbidden' : 'outside' };
  }
}

/** By the request as it was read: as long as its text is the same, it is the same object. */
const known = new WeakMap<RequestEntry, readonly NamedFile[]>();

function ofRequest(request: RequestEntry): readonly NamedFile[] {
  const before = known.get(request);
  if (before) return before;
  const { body, expect, flow, socket } = request;
  const found = [...filesIn(expressionsOf(request))];
  const take = (template: Template, unchecked: boolean): void => {
    const path = literal(template);
    if (path !== undefined) found.push({ path, range: template.range, unchecked });
  };
  if (body?.kind === 'file') take(body.path, false);
  if (body?.kind === 'multipart') for (const { part } of body.fields) if (part.kind === 'file') take(part.path, false);
  for (const message of socket?.messages ?? []) if (message.kind === 'file') take(message.path, false);
  for (const each of [expect, flow.retry?.until]) if (each?.schema?.kind === 'file') take(each.schema.path, true);
  if (flow.forEach?.kind === 'file') take(flow.forEach.path, true);
  known.set(request, found);
  return found;
}

function filesIn(expressions: readonly Expression[]): readonly NamedFile[] {
  return expressions.flatMap(({ source, range }) =>
    source.kind === 'file' ? { path: source.path, range, unchecked: false } : [],
  );
}

function literal({ parts }: Template): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}

function placed(files: readonly NamedFile[], place: Place): NamedFile[] {
  return files.map((file) => ({ ...file, range: placeRange(file.range, place) }));
}
