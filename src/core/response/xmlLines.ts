import type { BodyNode } from './bodyNode';
import { GrowingUint32 } from './growingUint32';
import { MAX_LEVEL } from './jsonIndexer';
import { nodeAtLevel, nodesOfLevels } from './levelNodes';
import type { PrettyLines } from './prettyLines';
import { INDENT } from './rows/rowText';
import { tagName, xmlTokens, type XmlToken } from './xmlTokens';

/** Pieces between two turns of the event loop: some milliseconds of work. */
const TOKENS_PER_SLICE = 20_000;

interface Element {
  readonly name: string;
  /** Number of its start tag among the tokens. */
  readonly token: number;
  hasText: boolean;
}

/**
 * Finds the lines of the pretty form of an XML text: each element begins one, unless text stands beside it; an element
 * with text in it stays as it is written, since spaces may mean something there.
 * @returns `undefined` where tags do not match, so that nobody knows what belongs into what
 */
export async function indexXml(text: string, pause: () => Promise<void>): Promise<XmlLines | undefined> {
  const tokens: XmlToken[] = [];
  const open: Element[] = [];
  /** For elements that stay on a line, by their start tag: their end tag. */
  const inline = new Map<number, number>();
  for (const token of xmlTokens(text)) {
    if (!token || !take(text, token, tokens.length, open, inline)) return undefined;
    tokens.push(token);
    if (tokens.length % TOKENS_PER_SLICE === 0) await pause();
  }
  if (open.length > 0 || !tokens.some(({ kind }) => kind === 'end' || kind === 'empty')) return undefined;
  const lines = new Lines(text);
  for (let at = 0, depth = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const last = inline.get(at);
    if (token.kind === 'end') depth--;
    lines.add(token.start, tokens[last ?? at]?.end ?? token.end, depth);
    if (last !== undefined) at = last;
    else if (token.kind === 'start') depth++;
    if (at % TOKENS_PER_SLICE === 0) await pause();
  }
  return lines.done();
}

/** `false`: an end tag that nothing began. */
function take(text: string, token: XmlToken, number: number, open: Element[], inline: Map<number, number>): boolean {
  const parent = open.at(-1);
  switch (token.kind) {
    case 'start':
      open.push({ name: tagName(text, token), token: number, hasText: false });
      return true;
    case 'end':
      if (!parent || parent.name !== tagName(text, token)) return false;
      open.pop();
      // An empty element stays together, too.
      if (parent.hasText || parent.token === number - 1) inline.set(parent.token, number);
      return true;
    case 'text':
      if (parent && isText(text, token)) parent.hasText = true;
      return true;
    case 'cdata':
      if (parent) parent.hasText = true;
      return true;
    case 'empty':
    case 'other':
      return true;
  }
}

function isText(text: string, { start, end }: XmlToken): boolean {
  return /\S/.test(text.slice(start, end));
}

/** Collects lines, which end where the text has a line end, too. */
class Lines {
  readonly #text: string;
  readonly #starts = new GrowingUint32(1024);
  readonly #ends = new GrowingUint32(1024);
  readonly #levels = new GrowingUint32(1024);
  /** The first line end that has not been passed; looked for once, since it may be megabytes away. */
  #lineEnd = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** In the order of the text. */
  add(start: number, end: number, level: number): void {
    for (let from = start; from < end;) {
      if (this.#lineEnd < from) {
        const found = this.#text.indexOf('\n', from);
        this.#lineEnd = found === -1 ? this.#text.length : found;
      }
      const to = Math.min(this.#lineEnd, end);
      const line = this.#text.slice(from, to);
      const trimmed = line.trim();
      if (trimmed !== '') {
        const first = from + line.indexOf(trimmed);
        this.#starts.push(first);
        this.#ends.push(first + trimmed.length);
        this.#levels.push(Math.min(level, MAX_LEVEL));
      }
      from = to + 1;
    }
  }

  done(): XmlLines {
    return new XmlLines(this.#text, this.#starts.view(), this.#ends.view(), this.#levels.view());
  }
}

/** The pretty form of an XML text: each line is a stretch of the original. */
export class XmlLines implements PrettyLines {
  readonly longest: number;
  readonly hang = INDENT;
  readonly #text: string;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #levels: Uint32Array;

  constructor(text: string, starts: Uint32Array, ends: Uint32Array, levels: Uint32Array) {
    this.#text = text;
    this.#starts = starts;
    this.#ends = ends;
    this.#levels = levels;
    let longest = 0;
    for (let line = 0; line < starts.length; line++) longest = Math.max(longest, this.indent(line) + this.length(line));
    this.longest = longest;
  }

  /** Where a line, from 0, begins in the text. */
  startOf(line: number): number | undefined {
    return this.#starts[line];
  }

  /** Where it ends, exclusive. */
  endOf(line: number): number | undefined {
    return this.#ends[line];
  }

  /** The line, from 0, that a place in the text is on, or the last one before it. */
  lineAt(place: number): number {
    const after = this.#starts.findIndex((start) => start > place);
    return Math.max(0, (after === -1 ? this.#starts.length : after) - 1);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  indent(line: number): number {
    return INDENT * (this.#levels[line] ?? 0);
  }

  length(line: number): number {
    return (this.#ends[line] ?? 0) - (this.#starts[line] ?? 0);
  }

  text(line: number): string {
    return this.#text.slice(this.#starts[line], this.#ends[line]);
  }

  nodeAt(line: number): BodyNode | undefined {
    return nodeAtLevel(this.#levels, line);
  }

  nodes(): readonly BodyNode[] {
    return nodesOfLevels(this.#levels);
  }

  inString(): boolean {
    return false;
  }
}
