import { LatchkeyError } from '../errors';
import type { FileContent, FileContents, StreamedBody, WireBody } from '../ports';
import { redact, revealForTransport, Secret, type Sensitive } from '../secret';
import { shownSize } from '../text/shownSize';

/** The body of a request as its file describes it: bytes, or parts of which some are files. */
export type RequestBody = Uint8Array | Secret | ComposedBody;

/** A body with files in it, which are read when it is sent. */
export interface ComposedBody {
  /** URI of the folder that the paths are relative to; `undefined`: not known, so that no file can be read. */
  readonly folder: string | undefined;
  readonly parts: readonly BodyPart[];
  /** Of a form (RFC 7578): its fields, of which the parts are made. */
  readonly form?: readonly FormField[] | undefined;
}

export interface FormField {
  readonly name: string;
  readonly content: Sensitive | FilePart;
  /** Media type; `undefined`: none is sent. */
  readonly type: string | undefined;
  /** Of a file only: what it is called in the body. */
  readonly fileName: string | undefined;
}

export type BodyPart = Uint8Array | Secret | FilePart;

export interface FilePart {
  /** Relative to the folder, with `/` between its parts. */
  readonly path: string;
}

/**
 * The body ready to be sent. Looks whether the files are there; their bytes are read while they are sent.
 * @throws LatchkeyError `file.*`
 */
export async function openBody(
  body: RequestBody | undefined,
  files: FileContents | undefined,
): Promise<WireBody | undefined> {
  if (!isComposed(body)) return body;
  const opened: OpenPart[] = [];
  for (const part of body.parts) opened.push(isFile(part) ? await openFile(part, body.folder, files) : part);
  return streamOf(opened);
}

/** As it may be shown before its files were looked for. */
export function unopenedBody(body: RequestBody | undefined): WireBody | undefined {
  if (!isComposed(body)) return body;
  return streamOf(body.parts.map((part) => (isFile(part) ? { name: nameOf(part), content: undefined } : part)));
}

type OpenPart = Uint8Array | Secret | { readonly name: string; readonly content: FileContent | undefined };

async function openFile(
  { path }: FilePart,
  folder: string | undefined,
  files: FileContents | undefined,
): Promise<OpenPart> {
  if (folder === undefined || !files) throw new LatchkeyError('file.notLocal', { file: path });
  return { name: nameOf({ path }), content: await files.content(folder, path) };
}

function streamOf(parts: readonly OpenPart[]): StreamedBody {
  return {
    size: parts.reduce((sum, part) => sum + sizeOf(part), 0),
    open: () => readParts(parts),
    shown: parts.map(shownPart).join(''),
    secrets: parts.filter((part) => part instanceof Secret),
  };
}

async function* readParts(parts: readonly OpenPart[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else if (part instanceof Secret) yield bytesOf(part);
    else if (part.content) yield* part.content.stream();
  }
}

function sizeOf(part: OpenPart): number {
  if (part instanceof Uint8Array) return part.length;
  return part instanceof Secret ? bytesOf(part).length : (part.content?.size ?? 0);
}

function shownPart(part: OpenPart): string {
  if (part instanceof Uint8Array) return new TextDecoder().decode(part);
  if (part instanceof Secret) return redact(part);
  return part.content ? `‹${part.name}, ${shownSize(part.content.size)}›` : `‹${part.name}›`;
}

function bytesOf(secret: Secret): Uint8Array {
  return new TextEncoder().encode(revealForTransport(secret));
}

function nameOf({ path }: FilePart): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isComposed(body: RequestBody | undefined): body is ComposedBody {
  return body !== undefined && 'parts' in body;
}

function isFile(part: BodyPart): part is FilePart {
  return !(part instanceof Uint8Array || part instanceof Secret);
}
