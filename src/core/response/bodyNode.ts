/** Bytes of what is copied that go to the clipboard at most; a file takes more. */
export const VALUE_LIMIT = 16 * 1024 * 1024;

/** An object, array or element that takes more than one line of the pretty form; lines from 1, those of its brackets or tags or tags. */
export interface BodyNode {
  readonly line: number;
  readonly endLine: number;
}
