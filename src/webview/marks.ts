import type { Token } from './jsonTokens';

/** A stretch of a row that was found; columns, `end` exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** Whether it is the one that "next" and "previous" start from. */
  readonly current: boolean;
}

export interface MarkedToken extends Token {
  readonly mark: 'none' | 'match' | 'current';
}

/** Cuts tokens where marks begin and end. Marks are in order and do not overlap. */
export function markTokens(tokens: readonly Token[], marks: readonly Mark[]): readonly MarkedToken[] {
  const cuts = marks.flatMap(({ start, end }) => [start, end]);
  let at = 0;
  return tokens.flatMap((token) => {
    const start = at;
    at += token.text.length;
    return cutToken(token, start, cuts, marks);
  });
}

function cutToken(token: Token, start: number, cuts: readonly number[], marks: readonly Mark[]): MarkedToken[] {
  const end = start + token.text.length;
  const bounds = [start, ...cuts.filter((cut) => cut > start && cut < end), end];
  return bounds.slice(1).map((to, index) => {
    const from = bounds[index] ?? start;
    const mark = marks.find((candidate) => candidate.start <= from && to <= candidate.end);
    const text = token.text.slice(from - start, to - start);
    return { kind: token.kind, text, mark: mark ? (mark.current ? 'current' : 'match') : 'none' };
  });
}
