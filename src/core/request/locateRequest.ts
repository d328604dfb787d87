import type { RequestEntry, RequestFile } from './model';

/** The request on whose lines the offset lies, its own comments and the empty lines after it included. */
export function locateRequest(file: RequestFile, offset: number): RequestEntry | undefined {
  return file.requests.findLast(({ extent }) => extent.start <= offset && offset <= extent.end);
}
