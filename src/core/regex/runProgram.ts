import type { Edge } from './patternNode';
import type { Program } from './program';

/** Steps of one search: about a second. */
export const STEP_LIMIT = 50_000_000;

/** Steps that are left; what is used is taken off. */
export interface Budget {
  left: number;
}

/** For each place between characters whether a look-around matches there. */
export interface LookMarks {
  readonly marks: Uint8Array;
  readonly negative: boolean;
}

type Slots = readonly (number | undefined)[];

/** The places of a program that are alive at one position of the text, best first. */
interface Threads {
  readonly places: Int32Array;
  readonly slots: (Slots | undefined)[];
  count: number;
}

/** The slots of the leftmost match; `null`: there is none; `undefined`: the budget is used up. */
export function runProgram(
  program: Program,
  text: string,
  looks: readonly LookMarks[],
  withSlots: boolean,
  budget: Budget,
): Slots | null | undefined {
  const run = new Run(program, text, looks);
  let current = run.threads();
  let next = run.threads();
  let best: Slots | null = null;
  for (let at = 0; at <= text.length;) {
    if (current.count === 0) {
      if (best) return best;
      if (program.prefix !== '') {
        at = text.indexOf(program.prefix, at);
        if (at < 0) return null;
      }
    }
    if (!best) run.add(current, 0, at, withSlots ? [at] : NO_SLOTS);
    const code = at < text.length ? (text.codePointAt(at) ?? -1) : -1;
    const after = at + (code > 0xffff ? 2 : 1);
    for (let index = 0; index < current.count; index++) {
      const place = current.places[index] ?? 0;
      if (--budget.left < 0) return undefined;
      const slots = current.slots[index] ?? NO_SLOTS;
      if (run.isEnd(place)) {
        best = withSlots ? withSlot(slots, 1, at) : NO_SLOTS;
        if (!withSlots) return best;
        break;
      }
      if (run.takes(place, code)) run.add(next, place + 1, after, slots);
    }
    budget.left -= run.takeWork();
    if (budget.left < 0) return undefined;
    [current, next] = [next, current];
    next.count = 0;
    at = after;
  }
  return best;
}

/**
 * Every place where a match ends, in the direction of reading, wherever it began. `undefined`: the budget is used up.
 */
export function markMatches(
  program: Program,
  text: string,
  looks: readonly LookMarks[],
  backward: boolean,
  budget: Budget,
): Uint8Array | undefined {
  const run = new Run(program, text, looks);
  const marks = new Uint8Array(text.length + 1);
  let current = run.threads();
  let next = run.threads();
  let at = backward ? text.length : 0;
  for (;;) {
    run.add(current, 0, at, NO_SLOTS);
    const code = backward ? codeBefore(text, at) : (text.codePointAt(at) ?? -1);
    const after = backward ? at - (code > 0xffff ? 2 : 1) : at + (code > 0xffff ? 2 : 1);
    for (let index = 0; index < current.count; index++) {
      const place = current.places[index] ?? 0;
      if (run.isEnd(place)) marks[at] = 1;
      else if (run.takes(place, code)) run.add(next, place + 1, after, NO_SLOTS);
    }
    budget.left -= current.count + run.takeWork();
    if (budget.left < 0) return undefined;
    if (code === -1) return marks;
    [current, next] = [next, current];
    next.count = 0;
    at = after;
  }
}

function codeBefore(text: string, at: number): number {
  if (at === 0) return -1;
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at > 1 ? (text.codePointAt(at - 2) ?? 0) : 0;
  return pair > 0xffff ? pair : low;
}

const NO_SLOTS: Slots = [];

function withSlot(slots: Slots, slot: number, at: number): Slots {
  const copy = [...slots];
  copy[slot] = at;
  return copy;
}

class Run {
  readonly #program: Program;
  readonly #text: string;
  readonly #looks: readonly LookMarks[];
  /** The position at which each place was last reached, so that it is entered once. */
  readonly #reached: Int32Array;
  readonly #pending: number[] = [];
  readonly #pendingSlots: Slots[] = [];
  #work = 0;

  constructor(program: Program, text: string, looks: readonly LookMarks[]) {
    this.#program = program;
    this.#text = text;
    this.#looks = looks;
    this.#reached = new Int32Array(program.instructions.length).fill(-1);
  }

  threads(): Threads {
    return { places: new Int32Array(this.#program.instructions.length), slots: [], count: 0 };
  }

  /** Steps done in `add` since the last call. */
  takeWork(): number {
    const work = this.#work;
    this.#work = 0;
    return work;
  }

  isEnd(place: number): boolean {
    return this.#program.instructions[place]?.kind === 'found';
  }

  takes(place: number, code: number): boolean {
    const instruction = this.#program.instructions[place];
    if (code < 0) return false;
    if (instruction?.kind === 'character') return instruction.code === code;
    return instruction?.kind === 'set' && instruction.set.has(code);
  }

  /** Follows everything that takes no character, in order of preference. */
  add(threads: Threads, start: number, at: number, startSlots: Slots): void {
    this.#pending.push(start);
    this.#pendingSlots.push(startSlots);
    while (this.#pending.length > 0) {
      const place = this.#pending.pop() ?? 0;
      const slots = this.#pendingSlots.pop() ?? NO_SLOTS;
      if (this.#reached[place] === at) continue;
      this.#reached[place] = at;
      this.#work++;
      this.#enter(threads, place, at, slots);
    }
  }

  #enter(threads: Threads, place: number, at: number, slots: Slots): void {
    const instruction = this.#program.instructions[place];
    switch (instruction?.kind) {
      case undefined:
        return;
      case 'jump':
        this.#later(instruction.to, slots);
        return;
      case 'fork':
        this.#later(instruction.second, slots);
        this.#later(instruction.first, slots);
        return;
      case 'note':
        this.#later(place + 1, this.#noted(slots, instruction.slot, at));
        return;
      case 'edge':
        if (isAt(instruction.edge, this.#text, at)) this.#later(place + 1, slots);
        return;
      case 'look': {
        const look = this.#looks[instruction.index];
        if (look && (look.marks[at] === 1) !== look.negative) this.#later(place + 1, slots);
        return;
      }
      case 'character':
      case 'set':
      case 'found':
        threads.places[threads.count] = place;
        threads.slots[threads.count] = slots;
        threads.count++;
    }
  }

  #later(place: number, slots: Slots): void {
    this.#pending.push(place);
    this.#pendingSlots.push(slots);
  }

  /** Only the first group is asked for; a list that was never begun needs none. */
  #noted(slots: Slots, slot: number, at: number): Slots {
    return slots.length === 0 || slot > 3 ? slots : withSlot(slots, slot, at);
  }
}

const LINE_BREAK = /[\n\r\u2028\u2029]/;

function isAt(edge: Edge, text: string, at: number): boolean {
  switch (edge) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'lineStart':
      return at === 0 || LINE_BREAK.test(text.charAt(at - 1));
    case 'lineEnd':
      return at === text.length || LINE_BREAK.test(text.charAt(at));
    case 'word':
    case 'notWord':
      return (isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at))) === (edge === 'word');
  }
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
