import { CharacterSet } from './characterSet';
import type { PatternNode } from './patternNode';

export type ParsedPattern =
  { readonly ok: true; readonly node: PatternNode } | { readonly ok: false; readonly problem: string };

/** Longer patterns are nobody's own. */
const LONGEST = 2_000;
/** Groups in each other. */
const MAX_DEPTH = 50;

/**
 * Parses a regular expression of JavaScript (flag `u`), with `(?i)`, `(?m)` and `(?s)` at its start for flags.
 * References back to a group are refused: they are what cannot be matched in linear time.
 */
export function parsePattern(pattern: string): ParsedPattern {
  if (pattern.length > LONGEST) return { ok: false, problem: `it has more than ${LONGEST} characters` };
  const [prefix = '', flags = ''] = /^\(\?([ims]{1,3})\)/.exec(pattern) ?? [];
  const source = pattern.slice(prefix.length);
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
  try {
    return { ok: true, node: new PatternParser(source, flags).parse() };
  } catch (error) {
    if (error instanceof Unsupported) return { ok: false, problem: error.message };
    throw error;
  }
}

/** `Invalid regular expression: /(/u: Unterminated group`: the end is what matters. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const end = message.slice(message.lastIndexOf(': ') + 2);
  return end.charAt(0).toLowerCase() + end.slice(1);
}

class Unsupported extends Error {}

/** Takes apart a pattern that the host has found valid. */
class PatternParser {
  readonly #source: string;
  readonly #flags: string;
  readonly #multiline: boolean;
  readonly #ignoreCase: boolean;
  #at = 0;
  #groups = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#ignoreCase = flags.includes('i');
    this.#multiline = flags.includes('m');
    this.#flags = `u${this.#ignoreCase ? 'i' : ''}${flags.includes('s') ? 's' : ''}`;
  }

  parse(): PatternNode {
    return this.#either(0);
  }

  #either(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new Unsupported('its groups are nested too deep');
    const items = [this.#sequence(depth)];
    while (this.#takes('|')) items.push(this.#sequence(depth));
    const [only] = items;
    return only && items.length === 1 ? only : { kind: 'either', items };
  }

  #sequence(depth: number): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#source.length && !this.#sees('|') && !this.#sees(')')) {
      items.push(this.#repeated(this.#atom(depth)));
    }
    return { kind: 'sequence', items };
  }

  #repeated(item: PatternNode): PatternNode {
    const found = this.#match(/(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y);
    if (!found) return item;
    const [text, low, comma, high] = found;
    const greedy = text.length === 1 || !text.endsWith('?');
    if (low === undefined) {
      const max = text.startsWith('?') ? 1 : Infinity;
      return { kind: 'repeat', item, min: text.startsWith('+') ? 1 : 0, max, greedy };
    }
    const min = Number(low);
    const max = comma === undefined ? min : high ? Number(high) : Infinity;
    return { kind: 'repeat', item, min, max, greedy };
  }

  #atom(depth: number): PatternNode {
    if (this.#takes('(')) return this.#group(depth);
    if (this.#takes('^')) return { kind: 'edge', edge: this.#multiline ? 'lineStart' : 'start' };
    if (this.#takes('$')) return { kind: 'edge', edge: this.#multiline ? 'lineEnd' : 'end' };
    if (this.#takes('.')) return this.#set('.');
    const set = this.#match(/\[\^?(?:\\[^]|[^\]\\])*\]/y)?.[0];
    if (set !== undefined) return this.#set(set);
    if (this.#sees('\\')) return this.#escape();
    const code = this.#source.codePointAt(this.#at) ?? 0;
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return this.#character(character, code);
  }

  #group(depth: number): PatternNode {
    const look = this.#match(/\?(<?)([=!])/y);
    if (look) {
      const item = this.#closed(depth);
      return { kind: 'look', item, behind: look[1] === '<', negative: look[2] === '!' };
    }
    if (this.#takes('?:')) return this.#closed(depth);
    const named = this.#match(/\?<[^>]*>/y);
    if (!named && this.#sees('?')) throw new Unsupported('flags can stand at its start only');
    const index = ++this.#groups;
    return { kind: 'group', item: this.#closed(depth), index };
  }

  #closed(depth: number): PatternNode {
    const item = this.#either(depth + 1);
    this.#at++;
    return item;
  }

  #escape(): PatternNode {
    if (this.#takes('\\b')) return { kind: 'edge', edge: 'word' };
    if (this.#takes('\\B')) return { kind: 'edge', edge: 'notWord' };
    const text =
      this.#match(
        /\\(?:u\{[^}]*\}|u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|x..|c.|[pP]\{[^}]*\}|k<[^>]*>|\d+|.)/suy,
      )?.[0] ?? '';
    if (/^\\(?:[1-9]|k)/.test(text)) throw new Unsupported('it refers back to a group, which is not supported');
    return this.#set(text);
  }

  /** A letter may have another case; anything else is compared without asking. */
  #character(text: string, code: number): PatternNode {
    if (!this.#ignoreCase) return { kind: 'character', code };
    return this.#set(/[\^$\\.*+?()[\]{}|/]/.test(text) ? `\\${text}` : text);
  }

  #set(source: string): PatternNode {
    return { kind: 'set', set: new CharacterSet(source, this.#flags) };
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #takes(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source);
    if (found) this.#at = expression.lastIndex;
    return found;
  }
}
