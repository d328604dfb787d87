import type { BodyNode } from './bodyNode';
import type { JsonLineIndex } from './jsonIndexer';
import { nodeAtLevel, nodesOfLevels } from './levelNodes';
import type { PrettyLines } from './prettyLines';
import { INDENT } from './rows/rowText';

const QUOTE = 34;
const BACKSLASH = 92;

/** The pretty form of a JSON text: each line is made from its stretch of the original when it is asked for. */
export class JsonLines implements PrettyLines {
  readonly longest: number;
  readonly hang = INDENT;
  readonly #text: string;
  readonly #index: JsonLineIndex;

  /** `index` must be of this very text. */
  constructor(text: string, index: JsonLineIndex) {
    this.#text = text;
    this.#index = index;
    let longest = 0;
    for (let line = 0; line < index.starts.length; line++) {
      const length = this.indent(line) + this.length(line);
      if (length > longest) longest = length;
    }
    this.longest = longest;
  }

  get lineCount(): number {
    return this.#index.starts.length;
  }

  indent(line: number): number {
    return INDENT * (this.#index.levels[line] ?? 0);
  }

  length(line: number): number {
    return this.#index.lengths[line] ?? 0;
  }

  text(line: number): string {
    const start = this.#index.starts[line] ?? this.#text.length;
    const end = this.#index.starts[line + 1] ?? this.#text.length;
    const stretch = this.#text.slice(start, end);
    // Nothing to change: most elements of minified arrays.
    if (stretch.length === this.length(line) && !stretch.includes(':')) return stretch;
    return respace(this.#text, start, end);
  }

  nodeAt(line: number): BodyNode | undefined {
    return nodeAtLevel(this.#index.levels, line);
  }

  nodes(): readonly BodyNode[] {
    return nodesOfLevels(this.#index.levels);
  }

  inString(line: number, offset: number): boolean {
    const text = this.text(line);
    const first = text.charCodeAt(0) === QUOTE ? stringEnd(text, 0) : 0;
    const isKey = text.charCodeAt(first) === 58;
    if (isKey && offset < first) return offset > 0;
    const value = isKey ? first + 2 : 0;
    const last = text.endsWith(',') ? text.length - 1 : text.length;
    return text.charCodeAt(value) === QUOTE && offset > value && offset < last;
  }
}

/** One pretty line: no whitespace but what is inside strings and one space after a colon. The text is valid JSON. */
function respace(text: string, start: number, end: number): string {
  let line = '';
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    let next = at + 1;
    if (code === QUOTE) next = stringEnd(text, at);
    if (code === 58) line += ': ';
    else if (code > 32) line += text.slice(at, next);
    at = next;
  }
  return line;
}

/** Offset after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote === -1 ? text.length : quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}
