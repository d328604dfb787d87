import type { ProjectFile, RequestEntry, RequestFile } from '../request/model';

/** A request file in its place, with what counts there. */
export interface FilePlace {
  /** Tells it from every other file. */
  readonly uri: string;
  /** Path for people. */
  readonly label: string;
  /** URI of the workspace folder: what paths and secrets belong to. */
  readonly folder: string;
  /** Of the file, relative to the workspace folder; `undefined`: not known, so it can name no files. */
  readonly directory: string | undefined;
  readonly file: RequestFile;
  readonly project: ProjectFile | undefined;
  /** Tells the project from every other; absent when there is none. */
  readonly projectUri?: string | undefined;
  readonly environment: string | undefined;
}

/** A request in its place. */
export interface Site {
  readonly place: FilePlace;
  readonly entry: RequestEntry;
}

/** One text for the same request. */
export function siteKey({ place, entry }: Site): string {
  return `${place.uri}#${entry.name}`;
}

export function isSameSite(a: Site, b: Site): boolean {
  return siteKey(a) === siteKey(b);
}
