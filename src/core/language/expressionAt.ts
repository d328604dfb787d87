import { expressionIn, type ExpressionPlace } from '../request/expressionPlace';
import { lineEnd, lineStart } from './lineShape';

/**
 * The expression that an offset is in: behind its `${` and not behind its `}`. `undefined` where there is none, and in
 * `$${`. Whether the place is one where expressions are expanded is not asked here.
 */
export function expressionAt(text: string, offset: number): ExpressionPlace | undefined {
  const from = lineStart(text, offset);
  const to = lineEnd(text, offset);
  const line = text.slice(from, to);
  const open = line.lastIndexOf('${', offset - from - 1);
  if (open < 0 || offset - from < 1) return undefined;
  const place = expressionIn(line, open, from);
  if (!place) return undefined;
  const last = place.closed ? place.range.end - 1 : place.range.end;
  const first = place.range.start + (offset === place.range.start + 1 ? 1 : 2);
  return offset >= first && offset <= last ? place : undefined;
}
