import type { LinearExpression } from './regex/linearExpression';
import { MAX_SIZE } from './request/resolve/resolved';
import { STEP_LIMIT, type Budget } from './regex/runProgram';

/** How much work may go into one question about a body before it is given up. */
export interface Effort {
  /** Values that a JSONPath may look at, those of the queries in its filters included. */
  readonly visits: number;
  /** Nodes that an XPath may look at. */
  readonly nodes: number;
  /** Characters of what is found, written as JSON. */
  readonly characters: number;
  /** Times that a schema may be applied to a value. */
  readonly applications: number;
  /** Steps that a regular expression may take on one text, or that are left for all of them. */
  readonly steps: () => Budget;
  /** Is called when any of these was not enough. Throws where more effort can be made elsewhere. */
  readonly onExceeded: () => void;
}

/** A second or so each; for schemas, which may be applied to every value of a large body, some ten. */
export const FULL_EFFORT: Effort = {
  visits: 20_000_000,
  nodes: 5_000_000,
  characters: MAX_SIZE,
  applications: 20_000_000,
  steps: () => ({ left: STEP_LIMIT }),
  onExceeded: () => undefined,
};

/** It takes more than what may be done here. */
export class MoreEffortNeeded extends Error {}

/** What may be done on the thread that everything else runs on: some ten milliseconds. */
export function smallEffort(): Effort {
  const steps = { left: 1_000_000 };
  return {
    visits: 200_000,
    nodes: 50_000,
    characters: 300_000,
    applications: 5_000,
    steps: () => steps,
    onExceeded: () => {
      throw new MoreEffortNeeded();
    },
  };
}

/** Whether an expression matches anywhere in a text. Where that takes too much, it does not. */
export function isMatch(expression: LinearExpression, text: string, effort: Effort): boolean {
  const held = expression.test(text, effort.steps());
  if (held === undefined) effort.onExceeded();
  return held === true;
}
