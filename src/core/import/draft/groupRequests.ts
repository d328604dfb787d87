import type { ImportedRequest } from '../importModel';

/** The requests of one file. */
export interface RequestGroup {
  /** The name of the file, without its ending. */
  readonly name: string;
  readonly requests: readonly ImportedRequest[];
}

/** Requests of the largest file; with more of them an editor is no pleasure. */
const MOST_REQUESTS = 2_000;
/** Characters of all texts in the largest file: what is read has an end. */
const MOST_CHARACTERS = 1_500_000;

/**
 * One file for each folder at the top, in the order of the collection; what is in no folder has the name of the
 * collection. A collection with one folder only is one file.
 */
export function groupRequests(requests: readonly ImportedRequest[], label: string): readonly RequestGroup[] {
  const folders = new Map<string, ImportedRequest[]>();
  for (const request of requests) {
    const folder = request.folder[0] ?? '';
    const members = folders.get(folder);
    if (members) members.push(request);
    else folders.set(folder, [request]);
  }
  const groups = folders.size === 1 ? [[label, requests] as const] : [...folders];
  const names = new Set<string>();
  return groups.flatMap(([folder, members]) =>
    pieces(members).map((piece) => ({ name: freeFileName(folder === '' ? label : folder, names), requests: piece })),
  );
}

function pieces(requests: readonly ImportedRequest[]): readonly (readonly ImportedRequest[])[] {
  const all: ImportedRequest[][] = [];
  let piece: ImportedRequest[] = [];
  let characters = 0;
  for (const request of requests) {
    const size = sizeOf(request);
    if (piece.length > 0 && (piece.length >= MOST_REQUESTS || characters + size > MOST_CHARACTERS)) {
      all.push(piece);
      piece = [];
      characters = 0;
    }
    piece.push(request);
    characters += size;
  }
  return piece.length > 0 ? [...all, piece] : all;
}

/** Characters, near enough. */
function sizeOf({ url, description = '', headers, body }: ImportedRequest): number {
  const head = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 200);
  return head + url.length + description.length + (body?.kind === 'text' ? body.text.length : 0);
}

/** A name that a file can have on every system. */
export function freeFileName(written: string, taken: Set<string>): string {
  const base =
    written
      .replace(/[\\/:*?"<>|.,;#%&{}$!`'@+=~^\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80)
      .trim() || 'requests';
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base} ${number}`;
  taken.add(name.toLowerCase());
  return name;
}
