import type { FileOrigin, ProjectFile } from '../request/model';
import type { Evaluation } from '../request/resolve/evaluation';
import { Evaluator } from '../request/resolve/evaluator';
import { shownValue, type Resolved } from '../request/resolve/resolved';
import { findVariable, type ScopeName, type Scopes } from '../request/resolve/scopes';
import { laterSupplies } from '../request/resolve/supplies';
import { shorten } from '../request/shorten';
import type { TextRange } from '../request/diagnostic';
import type { Value } from '../request/value';

/** A variable as people may see it. */
export interface ShownVariable {
  readonly scope: ScopeName;
  readonly origin: FileOrigin;
  /** Where its name stands, in the file of its origin. */
  readonly nameRange: TextRange;
  /**
   * What it is worth, secrets masked and cut short; `undefined` where that depends on what only a send brings: a
   * response, a stored secret, the time.
   */
  readonly value: string | undefined;
}

/** Looks variables up and works out their values, without asking, reading or drawing anything. */
export class VariableViewer {
  readonly #scopes: Scopes;
  /** Two sends: what differs between them is not the value. */
  readonly #sends: readonly Evaluator[];

  constructor(scopes: Scopes, home: 'requestFile' | 'project') {
    this.#scopes = scopes;
    this.#sends = [0, 1].map(
      (send) =>
        new Evaluator({
          scopes,
          home,
          now: send * 1e10,
          random: { bytes: (length) => new Uint8Array(length).fill(send * 0x55) },
          supplies: laterSupplies,
          directories: { requestFile: '', project: directoryOf(scopes.project) },
        }),
    );
  }

  show(name: string): ShownVariable | undefined {
    const found = findVariable(name, this.#scopes);
    if (!found) return undefined;
    const { scope, variable } = found;
    const { origin, nameRange } = variable;
    return { scope, origin, nameRange, value: this.#shown((evaluator) => evaluator.variable(name, nameRange, false)) };
  }

  /** What a value is worth, as {@link ShownVariable.value}. `elsewhere`: it is written in the other file. */
  value(value: Value, elsewhere: boolean): string | undefined {
    return this.#shown((evaluator) => evaluator.value(value, elsewhere));
  }

  #shown(evaluate: (evaluator: Evaluator) => Evaluation<Resolved>): string | undefined {
    const [first, second] = this.#sends.map((evaluator) => {
      const value = evaluate(evaluator);
      return value.ok ? shownValue(value.value) : undefined;
    });
    return first === undefined || first !== second ? undefined : shorten(first, MAX_SHOWN);
  }
}

/** Longest value in a list or a hover. */
export const MAX_SHOWN = 200;

function directoryOf(project: ProjectFile | undefined): string {
  return project?.directory ?? '';
}
