import type { BodyNode } from './bodyNode';
import type { LineSource } from './lineSource';

/** A pretty form: lines with what can be folded in them. */
export interface PrettyLines extends LineSource {
  /** What begins on a line, from 0, and takes more than one. */
  nodeAt(line: number): BodyNode | undefined;
  /** All of them, by line. */
  nodes(): readonly BodyNode[];
}
