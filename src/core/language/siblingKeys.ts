import { isBlank, lineShape, lineStart, nextLine, type LineShape } from './lineShape';
import type { PositionContext } from './positionContext';

/** The other keys of the map that the key at a place is in, in file order. */
export function siblingKeys(text: string, context: PositionContext): readonly string[] {
  if (context.style === 'flow') return context.flowKeys;
  const own = lineStart(text, context.token.start);
  const before: string[] = [];
  // A list item's own line can hold its first key.
  let at = own;
  let isOver = lineShape(text, own).dashes.length > 0;
  while (!isOver && at > 0) {
    at = lineStart(text, at - 1);
    isOver = take(lineShape(text, at), context.column, before, 'up');
  }
  const after: string[] = [];
  let next = nextLine(text, own);
  while (next !== undefined && !take(lineShape(text, next), context.column, after, 'down')) next = nextLine(text, next);
  return [...before.reverse(), ...after];
}

/** Takes the key of a line when it stands in the column. Whether the map ends with the line. */
function take(line: LineShape, column: number, keys: string[], direction: 'up' | 'down'): boolean {
  if (isBlank(line)) return false;
  const { key, dashes, indent } = line;
  const [dash = Infinity] = dashes;
  // Downwards a dash left of the column begins the next item; upwards it is the one that began this map.
  if (direction === 'down' && (indent < column || dash < column)) return true;
  if (key?.column === column) keys.push(key.text);
  return indent < column;
}
