import type { RequestEntry } from './model';
import type { Expression } from './value';

/** Every `${…}` in a piece of a parsed file. */
export function expressionsIn(piece: unknown): readonly Expression[] {
  const found: Expression[] = [];
  collect(piece, found);
  return found;
}

/** Every `${…}` in a request. */
export function expressionsOf(request: RequestEntry): readonly Expression[] {
  const { url, settings, body, socket, variables, expect, flow } = request;
  return expressionsIn([url, settings, body, socket, variables, expect, flow]);
}

function collect(piece: unknown, found: Expression[]): void {
  if (typeof piece !== 'object' || piece === null) return;
  if (Array.isArray(piece)) for (const item of piece) collect(item, found);
  else if (piece instanceof Map) for (const item of piece.values()) collect(item, found);
  else if (isExpression(piece)) found.push(piece);
  else for (const [key, item] of Object.entries(piece)) if (key !== 'faults') collect(item, found);
}

function isExpression(piece: object): piece is Expression {
  return 'source' in piece && 'filters' in piece && 'range' in piece;
}
