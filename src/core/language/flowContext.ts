import type { TextRange } from '../request/diagnostic';
import { isSpace, lineEnd, quoteEnd, unquoted } from './lineShape';
import type { PathStep, PositionRole } from './positionContext';

/** Where an offset is in a flow collection. */
export interface FlowPosition {
  /** From the collection that was scanned to the offset. */
  readonly path: readonly PathStep[];
  readonly role: PositionRole;
  /** The scalar at the offset, quotes included. */
  readonly token: TextRange;
  /** The keys of the innermost map, the one at the offset left out. */
  readonly siblings: readonly string[];
}

/** How far behind the offset keys of the same map are looked for. */
const LOOK_AHEAD = 4_000;

interface Frame {
  readonly isMap: boolean;
  readonly keys: string[];
  /** The key whose value is being read. */
  key: PathStep | undefined;
  /** The scalar of the entry has been read. */
  done: boolean;
  entryStart: number;
}

interface Found {
  readonly depth: number;
  readonly path: readonly PathStep[];
  readonly role: PositionRole;
  readonly token: TextRange;
  readonly keys: readonly string[];
}

/**
 * Looks from the bracket that opens a flow collection for the offset; `undefined` when the collection is closed before.
 * Takes it as it is written: an expression without quotes, and quotes that are never closed, end with their line.
 */
export function flowPosition(text: string, open: number, offset: number): FlowPosition | undefined {
  return new FlowScanner(text, open, offset).run();
}

class FlowScanner {
  readonly #text: string;
  readonly #offset: number;
  readonly #frames: Frame[] = [];
  readonly #end: number;
  #at: number;
  #found: Found | undefined;

  constructor(text: string, open: number, offset: number) {
    this.#text = text;
    this.#at = open;
    this.#offset = offset;
    this.#end = Math.min(text.length, offset + LOOK_AHEAD);
  }

  run(): FlowPosition | undefined {
    while (this.#at < this.#end) {
      this.#step();
      if (this.#frames.length === 0 || this.#isOver()) break;
    }
    if (!this.#found && this.#frames.length > 0 && this.#at >= this.#offset) {
      this.#note({ start: this.#offset, end: this.#offset });
    }
    if (!this.#found) return undefined;
    const { path, role, token, keys } = this.#found;
    return { path, role, token, siblings: keys };
  }

  /** The innermost map of what was found is closed, or what follows it cannot belong to it. */
  #isOver(): boolean {
    if (!this.#found) return false;
    return this.#frames.length < this.#found.depth;
  }

  #step(): void {
    const character = this.#text.charAt(this.#at);
    if (character === '\n' || character === '\r' || isSpace(character)) this.#space();
    else if (character === '{' || character === '[') this.#open(character === '{');
    else if (character === '}' || character === ']') this.#close();
    else if (character === ',') this.#comma();
    else if (character === ':' && this.#endsKey()) this.#colon();
    else if (character === '#' && isBreak(this.#text[this.#at - 1])) this.#comment();
    else this.#scalar();
  }

  #space(): void {
    if (this.#at === this.#offset) this.#note({ start: this.#at, end: this.#at });
    this.#at++;
  }

  #open(isMap: boolean): void {
    if (this.#at === this.#offset) this.#note({ start: this.#at, end: this.#at });
    const outer = this.#frames.at(-1);
    if (outer) outer.done = true;
    this.#at++;
    this.#frames.push({ isMap, keys: [], key: undefined, done: false, entryStart: this.#at });
  }

  #close(): void {
    if (this.#at === this.#offset) this.#note({ start: this.#at, end: this.#at });
    this.#frames.pop();
    this.#at++;
  }

  #comma(): void {
    if (this.#at === this.#offset) this.#note({ start: this.#at, end: this.#at });
    this.#at++;
    const frame = this.#frames.at(-1);
    if (!frame) return;
    frame.key = undefined;
    frame.done = false;
    frame.entryStart = this.#at;
  }

  #endsKey(): boolean {
    const next = this.#text[this.#at + 1];
    return next === undefined || isBreak(next) || ',[]{}'.includes(next) || this.#text[this.#at - 1] === '"';
  }

  #colon(): void {
    if (this.#at === this.#offset) this.#note({ start: this.#at, end: this.#at });
    this.#at++;
    const frame = this.#frames.at(-1);
    if (frame) frame.done = false;
  }

  #comment(): void {
    const end = lineEnd(this.#text, this.#at);
    if (this.#offset > this.#at && this.#offset <= end) this.#note({ start: this.#offset, end: this.#offset }, 'none');
    this.#at = end;
  }

  #scalar(): void {
    const start = this.#at;
    const first = this.#text.charAt(start);
    const end = first === '"' || first === "'" ? this.#quoteEnd(start) : plainEnd(this.#text, start);
    const range = { start, end };
    const frame = this.#frames.at(-1);
    const isKey = frame?.isMap === true && frame.key === undefined;
    const isHere = start <= this.#offset && this.#offset <= end;
    if (isHere && !this.#found) this.#note(range);
    if (frame && isKey) {
      const key = unquoted(this.#text.slice(start, end));
      frame.key = { kind: 'key', key, range };
      if (!isHere) frame.keys.push(key);
    } else if (frame) frame.done = true;
    this.#at = end;
  }

  #quoteEnd(start: number): number {
    return quoteEnd(this.#text, start, this.#text.length) ?? lineEnd(this.#text, start);
  }

  #note(token: TextRange, role?: PositionRole): void {
    if (this.#found) return;
    const path: PathStep[] = [];
    for (const { isMap, key, entryStart } of this.#frames) {
      if (!isMap) path.push({ kind: 'item', range: { start: entryStart, end: entryStart } });
      else if (key) path.push(key);
    }
    const frame = this.#frames.at(-1);
    const found = role ?? roleIn(frame, this.#hasColon(frame));
    if (found === 'none' && frame?.isMap && frame.key) path.pop();
    this.#found = { depth: this.#frames.length, path, role: found, token, keys: frame?.keys ?? [] };
  }

  /** Whether the colon after the key of the current entry stands before this place. */
  #hasColon(frame: Frame | undefined): boolean {
    return frame?.key !== undefined && this.#text.slice(frame.key.range.end, this.#at).includes(':');
  }
}

function roleIn(frame: Frame | undefined, afterColon: boolean): PositionRole {
  if (!frame || frame.done) return 'none';
  if (!frame.isMap) return 'value';
  if (!frame.key) return 'key';
  return afterColon ? 'value' : 'none';
}

function plainEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '$' && text[at + 1] === '{') {
      const close = text.indexOf('}', at);
      if (close < 0 || close > lineEnd(text, at)) return lineEnd(text, at);
      at = close;
    } else if (',[]{}\n'.includes(character)) break;
    else if (character === ':' && isColonEnd(text[at + 1])) break;
    else if (character === '#' && isSpace(text[at - 1])) break;
  }
  // A sign that can start no scalar is passed over by itself.
  let end = Math.max(at, start + 1);
  while (end > start + 1 && isBreak(text[end - 1])) end--;
  return end;
}

function isColonEnd(next: string | undefined): boolean {
  return next === undefined || isBreak(next) || ',[]{}'.includes(next);
}

function isBreak(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r' || isSpace(character);
}
