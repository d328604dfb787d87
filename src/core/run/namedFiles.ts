import { LatchkeyError } from '../errors';
import { isForbidden, workspacePath } from '../files/workspacePath';
import type { Diagnostic, TextRange } from '../request/diagnostic';
import { placeRange, type Place } from '../request/document/coordinates';
import { partsOf } from '../request/document/placedFile';
import { expressionsIn, expressionsOf } from '../request/expressionsIn';
import type { KnownRows, RowsOfFile } from '../request/knownRows';
import type { RequestEntry } from '../request/model';
import { Reporter } from '../request/reporter';
import { shorten } from '../request/shorten';
import type { Steps } from '../request/steps';
import { literalText } from '../request/templateText';
import type { Expression, Template } from '../request/value';
import type { FilePlace } from './site';

/** A file that a request file names for its content. */
export interface NamedFile {
  /** As it is written, relative to the request file. */
  readonly path: string;
  readonly range: TextRange;
  /** What it is named for. The check of a request says nothing of the paths of rows and schemas by itself. */
  readonly use: 'content' | 'rows' | 'schema';
}

/** What a look at the disk says of a file; `inside` also where nothing can be told. */
export type FileLook = 'inside' | 'outside' | 'forbidden' | 'missing';

/** Whether a file is never read, be it there or not. */
export function isOutOfReach(look: FileLook): boolean {
  return look === 'outside' || look === 'forbidden';
}

/** Looks whether a file is there, and where the links on the way to it lead. */
export type LookAtFile = (folder: string, path: string) => Promise<FileLook>;

/** What is known of files without anything being sent. Paths are relative to the folder, which is a URI. */
export interface FileInsight {
  readonly look: LookAtFile;
  /** Why no body can be held to the schema in a file; `undefined` where one can, or that is not known. */
  readonly schemaProblem: (folder: string, path: string) => Promise<string | undefined>;
  /** What the beginning of a file tells of its rows: the same object for as long as the file is the same. */
  readonly rows: (folder: string, path: string) => Promise<KnownRows | undefined>;
}

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

/**
 * What keeps the files that a request file names from being read, or from being what they are named for, in the words
 * that sending it would use.
 */
export async function checkNamedFiles(
  { folder, directory }: Pick<FilePlace, 'folder' | 'directory'>,
  files: readonly NamedFile[],
  insight: FileInsight,
): Promise<readonly Diagnostic[]> {
  const reporter = new Reporter();
  if (directory === undefined) return [];
  const faults = new Map<string, Fault | undefined>();
  for (const { path, range, use } of files.slice(0, MOST_FILES)) {
    const key = `${use} ${path}`;
    if (!faults.has(key)) faults.set(key, await faultOf({ folder, directory, path, use }, insight));
    const fault = faults.get(key);
    if (fault) reporter.error(fault.code, range, { ...fault.data, file: shorten(path) });
  }
  return reporter.sorted();
}

interface Naming extends Pick<NamedFile, 'path' | 'use'> {
  readonly folder: string;
  readonly directory: string;
}

type Fault = Pick<Diagnostic, 'code'> & Partial<Pick<Diagnostic, 'data'>>;

async function faultOf({ folder, directory, path, use }: Naming, insight: FileInsight): Promise<Fault | undefined> {
  const place = placeOf(directory, path);
  if (!place.ok) return use === 'content' ? undefined : { code: place.code };
  switch (await insight.look(folder, place.path)) {
    case 'outside':
      return { code: 'expression.fileLinkedOut' };
    case 'forbidden':
      return { code: 'expression.fileForbidden' };
    case 'missing':
      return { code: 'file.notFound' };
    case 'inside':
      return contentFault(folder, place.path, use, insight);
  }
}

async function contentFault(
  folder: string,
  path: string,
  use: NamedFile['use'],
  insight: FileInsight,
): Promise<Fault | undefined> {
  if (use === 'rows') {
    const head = await insight.rows(folder, path);
    return head?.ok === false ? head : undefined;
  }
  const problem = use === 'schema' ? await insight.schemaProblem(folder, path) : undefined;
  return problem === undefined ? undefined : { code: 'expect.badSchemaFile', data: { problem } };
}

/** What is known of the rows that a request file names files for, by the paths as they are written. */
export async function rowsOfFiles(
  { folder, directory }: Pick<FilePlace, 'folder' | 'directory'>,
  files: readonly NamedFile[],
  insight: FileInsight,
): Promise<RowsOfFile> {
  const known = new Map<string, KnownRows>();
  for (const { path, use } of directory === undefined ? [] : files.slice(0, MOST_FILES)) {
    const place = use === 'rows' && !known.has(path) ? placeOf(directory ?? '', path) : undefined;
    const head = place?.ok === true ? await insight.rows(folder, place.path) : undefined;
    if (head) known.set(path, head);
  }
  return (path) => known.get(path);
}

type InFolder =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly code: Diagnostic['code'] };

function placeOf(directory: string, path: string): InFolder {
  try {
    return { ok: true, path: workspacePath(directory, path) };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    const isNeverRead = isForbidden(path.split('/'));
    return { ok: false, code: isNeverRead ? 'expression.fileForbidden' : 'expression.fileOutside' };
  }
}

/** By the request as it was read: as long as its text is the same, it is the same object. */
const known = new WeakMap<RequestEntry, readonly NamedFile[]>();

function ofRequest(request: RequestEntry): readonly NamedFile[] {
  const before = known.get(request);
  if (before) return before;
  const { body, expect, flow, socket } = request;
  const found = [...filesIn(expressionsOf(request))];
  const take = (template: Template, use: NamedFile['use']): void => {
    const path = literalText(template);
    if (path !== undefined) found.push({ path, range: template.range, use });
  };
  if (body?.kind === 'file') take(body.path, 'content');
  if (body?.kind === 'multipart')
    for (const { part } of body.fields) if (part.kind === 'file') take(part.path, 'content');
  for (const message of socket?.messages ?? []) if (message.kind === 'file') take(message.path, 'content');
  for (const each of [expect, flow.retry?.until]) if (each?.schema?.kind === 'file') take(each.schema.path, 'schema');
  if (flow.forEach?.kind === 'file') take(flow.forEach.path, 'rows');
  known.set(request, found);
  return found;
}

function filesIn(expressions: readonly Expression[]): readonly NamedFile[] {
  return expressions.flatMap(({ source, range }) =>
    source.kind === 'file' ? { path: source.path, range, use: 'content' as const } : [],
  );
}

function placed(files: readonly NamedFile[], place: Place): NamedFile[] {
  return files.map((file) => ({ ...file, range: placeRange(file.range, place) }));
}
