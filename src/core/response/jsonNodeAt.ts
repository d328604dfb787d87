import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  isDigit,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLUS,
  QUOTE,
} from './rows/jsonBytes';

/** Bytes that are looked at between two turns of the event loop: some milliseconds of work. */
const SLICE = 512 * 1024;

export interface Utf8Source {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A value in a JSON text: where it is in the structure, and in the bytes. */
export interface JsonNode {
  readonly path: readonly (string | number)[];
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

interface Container {
  readonly start: number;
  readonly isArray: boolean;
  isEmpty: boolean;
  index: number;
  /** Where the name of the current member is, quotes included. */
  keyStart: number;
  keyEnd: number;
}

/**
 * Finds the value that a line of the pretty form stands for; on the line of a closing bracket, what it closes. The
 * text must be valid JSON in UTF-8. Looks at every byte before it, in slices, and holds none.
 * @param line from 1.
 */
export async function jsonNodeAt(
  source: Utf8Source,
  line: number,
  pause: () => Promise<void>,
): Promise<JsonNode | undefined> {
  const finder = new NodeFinder(line);
  for (let at = 0; at < source.size && !finder.found; at += SLICE) {
    finder.scan(await source.read(at, Math.min(source.size, at + SLICE)));
    await pause();
  }
  finder.end();
  const { found } = finder;
  if (!found) return undefined;
  const path: (string | number)[] = [];
  for (const segment of found.path) {
    path.push(typeof segment === 'number' ? segment : await nameAt(source, segment));
  }
  return { path, start: found.start, end: found.end };
}

type Stretch = readonly [start: number, end: number];

async function nameAt(source: Utf8Source, [start, end]: Stretch): Promise<string> {
  return JSON.parse(new TextDecoder().decode(await source.read(start, end))) as string;
}

class NodeFinder {
  found: { readonly path: readonly (Stretch | number)[]; readonly start: number; readonly end: number } | undefined;
  readonly #target: number;
  readonly #stack: Container[] = [];
  #line = 0;
  #base = 0;
  #inString = false;
  #isEscaped = false;
  /** Where the string or scalar that has begun begins; -1: none has. */
  #tokenStart = -1;
  #isKey = false;
  /** The next token is the value of a name, so it is on the name's line. */
  #afterColon = false;
  /** The line is there: what ends at this depth is what was looked for. */
  #wanted: { readonly depth: number; start: number } | undefined;

  constructor(line: number) {
    this.#target = line;
  }

  scan(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.found; at++) {
      if (this.#inString) at = this.#string(bytes, at);
      else this.#byte(bytes[at] ?? 0, this.#base + at);
    }
    this.#base += bytes.length;
  }

  end(): void {
    if (!this.found) this.#endScalar(this.#base);
  }

  /** The inside of a string; returns where its last byte here is. */
  #string(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (bytes[at] === BACKSLASH) this.#isEscaped = true;
      else if (bytes[at] === QUOTE) {
        this.#endString(this.#base + at + 1);
        return at;
      }
    }
    return bytes.length;
  }

  #endString(end: number): void {
    const start = this.#tokenStart;
    this.#inString = false;
    this.#tokenStart = -1;
    const top = this.#stack.at(-1);
    if (this.#isKey && top) {
      top.keyStart = start;
      top.keyEnd = end;
    } else this.#endValue(start, end);
  }

  #byte(code: number, at: number): void {
    if (this.#tokenStart >= 0 && !isScalar(code)) this.#endScalar(at);
    if (this.found) return;
    switch (code) {
      case QUOTE: {
        const top = this.#stack.at(-1);
        this.#isKey = top !== undefined && !top.isArray && !this.#afterColon;
        this.#begin(at, !this.#isKey);
        this.#inString = true;
        this.#tokenStart = at;
        return;
      }
      case OPEN_ARRAY:
      case OPEN_OBJECT: {
        this.#begin(at, true);
        const isArray = code === OPEN_ARRAY;
        this.#stack.push({ start: at, isArray, isEmpty: true, index: 0, keyStart: 0, keyEnd: 0 });
        return;
      }
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        this.#close(at);
        return;
      case COMMA: {
        const top = this.#stack.at(-1);
        if (top) top.index++;
        return;
      }
      case COLON:
        this.#afterColon = true;
        return;
      default:
        if (!isScalar(code) || this.#tokenStart >= 0) return;
        this.#begin(at, true);
        this.#tokenStart = at;
    }
  }

  /** A token begins, on a new line unless it is the value of a name. */
  #begin(at: number, isValue: boolean): void {
    const top = this.#stack.at(-1);
    if (top) top.isEmpty = false;
    const isSameLine = this.#afterColon;
    this.#afterColon = false;
    if (isSameLine) {
      if (this.#wanted?.start === -1) this.#wanted.start = at;
      return;
    }
    if (++this.#line === this.#target) this.#wanted = { depth: this.#stack.length, start: isValue ? at : -1 };
  }

  #close(at: number): void {
    const container = this.#stack.pop();
    if (!container) return;
    if (!container.isEmpty && ++this.#line === this.#target) {
      this.#wanted = { depth: this.#stack.length, start: container.start };
    }
    this.#endValue(container.start, at + 1);
  }

  #endScalar(at: number): void {
    if (this.#tokenStart < 0) return;
    const start = this.#tokenStart;
    this.#tokenStart = -1;
    this.#endValue(start, at);
  }

  #endValue(start: number, end: number): void {
    if (this.#wanted?.depth !== this.#stack.length || this.#wanted.start !== start) return;
    const path = this.#stack.map(({ isArray, index, keyStart, keyEnd }): Stretch | number =>
      isArray ? index : [keyStart, keyEnd],
    );
    this.found = { path, start, end };
  }
}

/** A byte of a number or of a literal. */
function isScalar(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || code === PLUS || code === MINUS || code === DOT || code === 69;
}
