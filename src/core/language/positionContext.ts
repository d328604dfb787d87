import type { TextRange } from '../request/diagnostic';
import { flowPosition } from './flowContext';
import { isBlank, isBlockScalarHead, lineShape, lineStart, quoteEnd, type LineShape } from './lineShape';

/** One step from the top of a file to a place in it. */
export type PathStep =
  | { readonly kind: 'key'; readonly key: string; /** Quotes included. */ readonly range: TextRange }
  /** An item of a list; the range is where it begins. */
  | { readonly kind: 'item'; readonly range: TextRange };

/**
 * What can stand at a place: a key, a value, either of them (an empty line below a key, a list item that has only just
 * been begun), or nothing (a comment, the space behind a finished value).
 */
export type PositionRole = 'key' | 'value' | 'either' | 'none';

/** Where an offset is in a YAML text. */
export interface PositionContext {
  /** To the map that the key at the offset is in; or to the value at the offset: then the last step is its key or item. */
  readonly path: readonly PathStep[];
  readonly role: PositionRole;
  readonly style: 'block' | 'flow' | 'blockScalar';
  /** The key or value at the offset, quotes included; empty when nothing stands there yet. Lies around the offset. */
  readonly token: TextRange;
  readonly quote: '"' | "'" | undefined;
  /** Column of the key, or of the value where no key stands: what keys beside it are indented by. */
  readonly column: number;
  /** In flow style: the other keys of the map. For block style see `siblingKeys`. */
  readonly flowKeys: readonly string[];
}

/**
 * Where an offset is. Goes by the lines above and the text up to the offset, and reads nothing behind its own
 * collection: so it works on files that are no YAML (yet), as they are while somebody types.
 */
export function positionContext(text: string, offset: number): PositionContext {
  const line = lineShape(text, lineStart(text, offset));
  const place = placeInLine(line, offset);
  const ancestors = [...stepsAbove(text, line.start, place.column, place.isItem), ...place.steps];
  return insideAncestor(text, ancestors, offset) ?? ownPlace(text, line, place, ancestors, offset);
}

/** A step, and the line that it is on. */
interface PlacedStep {
  readonly step: PathStep;
  readonly line: LineShape;
}

interface PlaceInLine {
  /** Steps on the line itself: its dashes, and its key when the offset is behind the colon. */
  readonly steps: readonly PlacedStep[];
  /** What is above is an ancestor when it starts left of this column. */
  readonly column: number;
  /** What starts at the column is a list item: a key above it in the same column is its parent. */
  readonly isItem: boolean;
}

function placeInLine(line: LineShape, offset: number): PlaceInLine {
  const { start, dashes, key, content } = line;
  const passed = dashes.filter((column) => start + column < offset);
  const steps: PlacedStep[] = passed.map((column) => ({ step: itemStep(start + column), line }));
  if (key && offset > key.colon) steps.push({ step: { kind: 'key', key: key.text, range: key.range }, line });
  const [first] = passed;
  if (first !== undefined) return { steps, column: first, isItem: true };
  const column = Math.min(isBlank(line) ? offset : content, content) - start;
  return { steps, column: isBlank(line) ? offset - start : column, isItem: false };
}

function itemStep(offset: number): PathStep {
  return { kind: 'item', range: { start: offset, end: offset + 1 } };
}

/** The keys and items that a line is in, outermost first: each the nearest line above that is indented less. */
function stepsAbove(text: string, start: number, column: number, isItem: boolean): readonly PlacedStep[] {
  const found: PlacedStep[] = [];
  let limit = column;
  let inItem = isItem;
  let at = start;
  while (at > 0 && (limit > 0 || inItem)) {
    at = lineStart(text, at - 1);
    if (!isIndentedLess(text, at, inItem ? limit + 1 : limit)) continue;
    const line = lineShape(text, at);
    const { key, dashes } = line;
    if (key && (key.column < limit || (inItem && key.column === limit))) {
      found.push({ step: { kind: 'key', key: key.text, range: key.range }, line });
      limit = key.column;
      inItem = false;
    }
    for (const dash of dashes.toReversed()) {
      if (dash >= limit) continue;
      found.push({ step: itemStep(at + dash), line });
      limit = dash;
      inItem = true;
    }
  }
  return found.reverse();
}

/** Whether a line has something left of the column; most lines of a file have not, and are left alone. */
function isIndentedLess(text: string, start: number, column: number): boolean {
  for (let at = start; at < start + column; at++) {
    const character = text[at];
    if (character !== ' ') return character !== undefined && !'\n\r#'.includes(character);
  }
  return false;
}

/** When the offset is inside of a scalar or a flow collection that began on one of these lines: where in it. */
function insideAncestor(text: string, ancestors: readonly PlacedStep[], offset: number): PositionContext | undefined {
  for (const [index, { step, line }] of ancestors.entries()) {
    // The value of a line is that of its key, and of its last dash where it has none.
    const isOwner = line.key ? step.kind === 'key' : ancestors[index + 1]?.line !== line;
    const { start, end } = line.value;
    if (!isOwner || start === end || start > offset) continue;
    const path = ancestors.slice(0, index + 1).map(({ step }) => step);
    const found = insideValue(text, line, path, offset);
    if (found) return found;
  }
  return undefined;
}

function insideValue(
  text: string,
  line: LineShape,
  path: readonly PathStep[],
  offset: number,
): PositionContext | undefined {
  const { start, end } = line.value;
  const column = line.value.start - line.start;
  const first = text.charAt(start);
  const isLaterLine = offset > line.end;
  if (first === '{' || first === '[') {
    const flow = flowPosition(text, start, offset);
    if (!flow)
      return isLaterLine ? undefined : { ...valueContext(path, { start: offset, end: offset }, column), role: 'none' };
    const { role, token, siblings } = flow;
    const quote = quoteOf(text, token);
    return { path: [...path, ...flow.path], role, style: 'flow', token, quote, column, flowKeys: siblings };
  }
  if (isBlockScalarHead(text.slice(start, end)) && isLaterLine) {
    return { ...valueContext(path, lineRange(text, offset), column), style: 'blockScalar' };
  }
  if (!isLaterLine) return undefined;
  if (first === '"' || first === "'") {
    const close = quoteEnd(text, start, text.length) ?? text.length;
    return close > offset ? { ...valueContext(path, { start, end: close }, column), quote: first } : undefined;
  }
  // A plain scalar goes on, on lines that are indented more.
  return valueContext(path, lineRange(text, offset), column);
}

function lineRange(text: string, offset: number): TextRange {
  const { content, end, start } = lineShape(text, lineStart(text, offset));
  return { start: Math.max(start, Math.min(content, offset)), end: Math.max(end, offset) };
}

function valueContext(path: readonly PathStep[], token: TextRange, column: number): PositionContext {
  return { path, role: 'value', style: 'block', token, quote: undefined, column, flowKeys: [] };
}

/** The offset is at a key or a value of its own line. */
function ownPlace(
  text: string,
  line: LineShape,
  place: PlaceInLine,
  ancestors: readonly PlacedStep[],
  offset: number,
): PositionContext {
  const path = ancestors.map(({ step }) => step);
  const here = { start: offset, end: offset };
  const { key, value, comment, content, start } = line;
  const at = (token: TextRange, role: PositionRole): PositionContext => {
    const column = (role === 'value' ? value.start : Math.min(token.start, offset)) - start;
    return { ...valueContext(path, token, column), role, quote: quoteOf(text, token) };
  };
  if (comment !== undefined && offset > comment) return at(here, 'none');
  if (key && offset > key.colon) {
    return offset > value.end && value.end > value.start ? at(here, 'none') : at(around(value, offset), 'value');
  }
  if (key) return offset < key.range.start ? at(here, 'none') : at(around(key.range, offset), 'key');
  // Between the dashes of a nested list, or in the spaces before something.
  if (offset < content && place.steps.length < line.dashes.length) return at(here, 'none');
  if (offset < content) return at(here, isBlank(line) || line.dashes.length > 0 ? 'either' : 'none');
  return offset > value.end && value.end > value.start ? at(here, 'none') : at(around(value, offset), 'either');
}

/** A range that the offset touches; where it does not, an empty one at the offset. */
function around(range: TextRange, offset: number): TextRange {
  return range.start <= offset && offset <= range.end ? range : { start: offset, end: offset };
}

function quoteOf(text: string, { start, end }: TextRange): '"' | "'" | undefined {
  const first = text[start];
  return end > start && (first === '"' || first === "'") ? first : undefined;
}
