import type { BodyNode } from './bodyNode';
import { GrowingUint32 } from './growingUint32';
import { nodeAtLevel, nodesOfLevels } from './levelNodes';
import type { PrettyLines } from './prettyLines';
import { SCAN_BYTES } from './rows/growingRows';
import { INDENT } from './rows/rowText';
import { XmlRowScanner } from './rows/xmlRowScanner';

/**
 * Finds the lines of the pretty form of an XML text: each element begins one, unless text stands beside it; an element
 * with text in it stays as it is written, since spaces may mean something there.
 * @returns `undefined` where tags do not match, so that nobody knows what belongs into what
 */
export async function indexXml(text: string, pause: () => Promise<void>): Promise<XmlLines | undefined> {
  const bytes = new TextEncoder().encode(text);
  const places = bytes.length === text.length ? undefined : new Utf16Places(text);
  const starts = new GrowingUint32(1024);
  const ends = new GrowingUint32(1024);
  const levels = new GrowingUint32(1024);
  const scanner = new XmlRowScanner(Infinity, (start, end, _line, level) => {
    starts.push(places?.at(start) ?? start);
    ends.push(places?.at(end) ?? end);
    levels.push(level);
  });
  for (let at = 0; at < bytes.length && scanner.mistake === undefined; at += SCAN_BYTES) {
    if (at > 0) await pause();
    scanner.scan(bytes.subarray(at, at + SCAN_BYTES));
  }
  scanner.end();
  return scanner.mistake === undefined ? new XmlLines(text, starts.view(), ends.view(), levels.view()) : undefined;
}

/** Where in a text its bytes in UTF-8 are; asked for in ascending order. */
class Utf16Places {
  readonly #text: string;
  #byte = 0;
  #place = 0;

  constructor(text: string) {
    this.#text = text;
  }

  at(byte: number): number {
    while (this.#byte < byte) {
      const code = this.#text.codePointAt(this.#place) ?? 0;
      this.#byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      this.#place += code < 0x10000 ? 1 : 2;
    }
    return this.#place;
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
