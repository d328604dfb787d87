import type { BodyNode } from './bodyNode';
import { MAX_LEVEL } from './jsonIndexer';

/** Levels of nesting by line, from 0. */
type Levels = ArrayLike<number>;

/** What begins on a line, from 0, and takes more than one: up to the next line of its level. */
export function nodeAtLevel(levels: Levels, line: number): BodyNode | undefined {
  const level = levels[line] ?? MAX_LEVEL;
  if (level >= MAX_LEVEL || (levels[line + 1] ?? 0) <= level) return undefined;
  let end = line + 1;
  while (end < levels.length && (levels[end] ?? 0) > level) end++;
  return { line: line + 1, endLine: end + 1 };
}

/** All of them, by line. */
export function nodesOfLevels(levels: Levels): readonly BodyNode[] {
  const nodes: { line: number; endLine: number }[] = [];
  /** The node that is open at each level. */
  const open: { line: number; endLine: number }[] = [];
  for (let line = 0; line < levels.length; line++) {
    const level = levels[line] ?? 0;
    const closed = open[level];
    if (closed && open.length > level) closed.endLine = line + 1;
    open.length = Math.min(open.length, level);
    if (level >= MAX_LEVEL || (levels[line + 1] ?? 0) <= level) continue;
    const node = { line: line + 1, endLine: line + 1 };
    open[level] = node;
    nodes.push(node);
  }
  return nodes;
}
