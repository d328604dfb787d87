import type { TextRange } from '../diagnostic';

/** An entry of a block with the line break behind it. What else is on its first or last line is a comment about it. */
export function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return { start: from, end: to < 0 ? text.length : to + 1 };
}

/** An entry within braces with the comma that sets it off. */
export function flowEntryRange(text: string, { start, end }: TextRange): TextRange {
  const before = /,\s*$/.exec(text.slice(0, start));
  if (before) return { start: before.index, end };
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + after };
}
