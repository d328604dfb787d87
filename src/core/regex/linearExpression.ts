import { parsePattern } from './parsePattern';
import { compileProgram, type Program } from './program';
import { markMatches, runProgram, STEP_LIMIT, type Budget, type LookMarks } from './runProgram';

export type ParsedExpression =
  { readonly ok: true; readonly expression: LinearExpression } | { readonly ok: false; readonly problem: string };

/** The text and the first group of a match. `tooLong`: the text is too long for this pattern to be looked through. */
export type FoundMatch =
  | { readonly kind: 'found'; readonly text: string; readonly group: string | undefined }
  | { readonly kind: 'none' }
  | { readonly kind: 'tooLong' };

/**
 * A regular expression whose matching time grows with the text and not beyond: all ways to match are followed at
 * once (Thompson's construction), so that no pattern of a stranger can hold up whoever runs it. What it means is what
 * JavaScript means by it with the flag `u`, without references back to a group.
 */
export class LinearExpression {
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  /** Never throws. */
  static parse(pattern: string): ParsedExpression {
    const parsed = parsePattern(pattern);
    if (!parsed.ok) return parsed;
    const program = compileProgram(parsed.node);
    if (!program) return { ok: false, problem: 'its repetitions are too big' };
    return { ok: true, expression: new LinearExpression(program) };
  }

  /** Whether it matches anywhere in the text; `undefined` where the text is too long for the pattern. */
  test(text: string, budget?: Budget): boolean | undefined {
    const found = this.#run(text, false, budget);
    return found.kind === 'tooLong' ? undefined : found.kind === 'found';
  }

  /** The leftmost match. */
  find(text: string, budget?: Budget): FoundMatch {
    return this.#run(text, true, budget);
  }

  #run(text: string, withGroup: boolean, budget: Budget = { left: STEP_LIMIT }): FoundMatch {
    const looks = marksOf(this.#program, text, budget);
    const slots = looks && runProgram(this.#program, text, looks, withGroup, budget);
    if (slots === undefined) return { kind: 'tooLong' };
    if (slots === null) return { kind: 'none' };
    const [start = 0, end = 0, groupStart, groupEnd] = slots;
    const group = groupStart === undefined || groupEnd === undefined ? undefined : text.slice(groupStart, groupEnd);
    return { kind: 'found', text: text.slice(start, end), group };
  }
}

/** Where each look-around of a program holds, innermost first. `undefined`: too long. */
function marksOf({ looks }: Program, text: string, budget: Budget): readonly LookMarks[] | undefined {
  const all: LookMarks[] = [];
  for (const { program, behind, negative } of looks) {
    const inner = marksOf(program, text, budget);
    const marks = inner && markMatches(program, text, inner, !behind, budget);
    if (!marks) return undefined;
    all.push({ marks, negative });
  }
  return all;
}
