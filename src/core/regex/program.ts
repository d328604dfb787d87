import type { CharacterSet } from './characterSet';
import type { Edge, PatternNode } from './patternNode';

/** One step of a matcher that is in many places at once. Places are indexes into the program. */
export type Instruction =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  /** Goes on in both places; the first is preferred. */
  | { kind: 'fork'; first: number; second: number }
  | { kind: 'jump'; to: number }
  /** Notes the position: the start (even) or end (odd) of a group. */
  | { readonly kind: 'note'; readonly slot: number }
  | { readonly kind: 'edge'; readonly edge: Edge }
  /** Goes on where the look-around holds. */
  | { readonly kind: 'look'; readonly index: number }
  | { readonly kind: 'found' };

export interface Look {
  readonly program: Program;
  readonly behind: boolean;
  readonly negative: boolean;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly looks: readonly Look[];
  /** Characters that every match begins with; empty: none for sure. */
  readonly prefix: string;
}

/** A pattern that repeats what repeats grows without end. */
const MAX_INSTRUCTIONS = 5_000;

/** `undefined`: the pattern is too big. */
export function compileProgram(node: PatternNode): Program | undefined {
  const compiler = new Compiler(false);
  try {
    return compiler.compile(node);
  } catch (error) {
    if (error instanceof TooBig) return undefined;
    throw error;
  }
}

class TooBig extends Error {}

class Compiler {
  readonly #instructions: Instruction[] = [];
  readonly #looks: Look[] = [];
  /** Reads the text from its end: what a look ahead is, seen from where it ends. */
  readonly #backward: boolean;

  constructor(backward: boolean) {
    this.#backward = backward;
  }

  compile(node: PatternNode): Program {
    this.#add(node);
    this.#push({ kind: 'found' });
    return { instructions: this.#instructions, looks: this.#looks, prefix: prefixOf(node) };
  }

  #add(node: PatternNode): void {
    switch (node.kind) {
      case 'character':
      case 'set':
      case 'edge':
        this.#push(node);
        return;
      case 'sequence':
        for (const item of this.#backward ? node.items.toReversed() : node.items) this.#add(item);
        return;
      case 'either':
        this.#addEither(node.items);
        return;
      case 'repeat':
        this.#addRepeat(node);
        return;
      case 'group':
        this.#push({ kind: 'note', slot: node.index * 2 });
        this.#add(node.item);
        this.#push({ kind: 'note', slot: node.index * 2 + 1 });
        return;
      case 'look': {
        const program = new Compiler(!node.behind).compile(node.item);
        this.#looks.push({ program, behind: node.behind, negative: node.negative });
        this.#push({ kind: 'look', index: this.#looks.length - 1 });
      }
    }
  }

  #addEither(items: readonly PatternNode[]): void {
    const jumps: { kind: 'jump'; to: number }[] = [];
    for (const [index, item] of items.entries()) {
      const last = index === items.length - 1;
      const fork = { kind: 'fork' as const, first: this.#next + 1, second: 0 };
      if (!last) this.#push(fork);
      this.#add(item);
      if (last) break;
      const jump = { kind: 'jump' as const, to: 0 };
      jumps.push(jump);
      this.#push(jump);
      fork.second = this.#next;
    }
    for (const jump of jumps) jump.to = this.#next;
  }

  #addRepeat({ item, min, max, greedy }: Extract<PatternNode, { kind: 'repeat' }>): void {
    for (let count = 0; count < min; count++) this.#add(item);
    if (max === Infinity) {
      const start = this.#next;
      const fork = this.#fork(greedy);
      this.#add(item);
      this.#push({ kind: 'jump', to: start });
      fork.leave(this.#next);
      return;
    }
    const forks: { leave: (to: number) => void }[] = [];
    for (let count = min; count < max; count++) {
      forks.push(this.#fork(greedy));
      this.#add(item);
    }
    for (const fork of forks) fork.leave(this.#next);
  }

  /** A choice between going on here, preferred by the greedy, and leaving. */
  #fork(greedy: boolean): { leave: (to: number) => void } {
    const inside = this.#next + 1;
    const fork = { kind: 'fork' as const, first: inside, second: inside };
    this.#push(fork);
    return { leave: (to) => (greedy ? (fork.second = to) : (fork.first = to)) };
  }

  get #next(): number {
    return this.#instructions.length;
  }

  #push(instruction: Instruction): void {
    if (this.#instructions.length >= MAX_INSTRUCTIONS) throw new TooBig();
    this.#instructions.push(instruction);
  }
}

function prefixOf(node: PatternNode): string {
  if (node.kind === 'character') return String.fromCodePoint(node.code);
  if (node.kind !== 'sequence') return '';
  let prefix = '';
  for (const item of node.items) {
    if (item.kind !== 'character') break;
    prefix += String.fromCodePoint(item.code);
  }
  return prefix;
}
