/** An object or array that takes more than one line of the pretty form; lines from 1, those of its brackets. */
export interface BodyNode {
  readonly line: number;
  readonly endLine: number;
}
