import type { TextRange } from './diagnostic';

/** A `${…}` in a text, with the places of its parts. Parts are without the spaces around them. */
export interface ExpressionPlace {
  /** From the dollar sign to behind the closing brace, or to the end of what can belong to it while it is not closed. */
  readonly range: TextRange;
  readonly closed: boolean;
  readonly source: ExpressionPart;
  /** What stands before the first colon of the source: `env`, `secret`, `now` … */
  readonly prefix: ExpressionPart | undefined;
  /** What stands after that colon; without a colon the whole source. */
  readonly name: ExpressionPart;
  /** Of `${request.capture}`: its two halves. */
  readonly request: ExpressionPart | undefined;
  readonly capture: ExpressionPart | undefined;
  readonly filters: readonly ExpressionPart[];
}

export interface ExpressionPart {
  readonly text: string;
  readonly range: TextRange;
}

/** Every expression of a piece of text that begins at `offset`, in order. */
export function* expressionsIn(piece: string, offset: number): Generator<ExpressionPlace> {
  let open = piece.indexOf('${');
  while (open >= 0) {
    const place = expressionIn(piece, open, offset);
    if (place) yield place;
    open = piece.indexOf('${', place ? place.range.end - offset : open + 2);
  }
}

/** The expression that begins at an index of a line; `undefined` where its dollar sign is a literal one. */
export function expressionIn(line: string, open: number, offset: number): ExpressionPlace | undefined {
  if (line[open - 1] === '$') return undefined;
  const close = line.indexOf('}', open);
  const closed = close >= 0;
  const end = closed ? close : openEnd(line, open + 2);
  const pieces = split(line, open + 2, end, '|');
  const [source = part(line, open + 2, end), ...filters] = pieces;
  const colon = source.text.indexOf(':');
  const prefix = colon < 0 ? undefined : part(line, source.range.start, source.range.start + colon);
  const name = colon < 0 ? source : part(line, source.range.start + colon + 1, source.range.end);
  const dot = colon < 0 ? source.text.indexOf('.') : -1;
  const halves =
    dot < 0
      ? { request: undefined, capture: undefined }
      : {
          request: part(line, source.range.start, source.range.start + dot),
          capture: part(line, source.range.start + dot + 1, source.range.end),
        };
  const place = {
    range: { start: open, end: closed ? close + 1 : end },
    closed,
    source,
    prefix,
    name,
    filters,
    ...halves,
  };
  return moved(place, offset);
}

/** What is not closed ends before a quote, a comma or another expression; a name has none of them. */
function openEnd(line: string, from: number): number {
  const end = line.slice(from).search(/["',{}[\]]|\$\{| #|\s*$/);
  return end < 0 ? line.length : from + end;
}

function split(line: string, from: number, to: number, separator: string): readonly ExpressionPart[] {
  const parts: ExpressionPart[] = [];
  let start = from;
  for (let at = line.indexOf(separator, from); at >= 0 && at < to; at = line.indexOf(separator, start)) {
    parts.push(part(line, start, at));
    start = at + 1;
  }
  return [...parts, part(line, start, to)];
}

function part(line: string, from: number, to: number): ExpressionPart {
  let start = from;
  let end = to;
  while (start < end && line[start] === ' ') start++;
  while (end > start && line[end - 1] === ' ') end--;
  return { text: line.slice(start, end), range: { start, end } };
}

function moved(place: ExpressionPlace, by: number): ExpressionPlace {
  const range = ({ start, end }: TextRange): TextRange => ({ start: start + by, end: end + by });
  const piece = ({ text, range: at }: ExpressionPart): ExpressionPart => ({ text, range: range(at) });
  const { source, prefix, name, request, capture, filters } = place;
  return {
    range: range(place.range),
    closed: place.closed,
    source: piece(source),
    prefix: prefix && piece(prefix),
    name: piece(name),
    request: request && piece(request),
    capture: capture && piece(capture),
    filters: filters.map(piece),
  };
}
