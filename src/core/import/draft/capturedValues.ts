import { markedSources } from '../../curl/marks';
import type { ImportedRequest } from '../importModel';
import type { NewYaml } from '../../request/edit/newYaml';
import { textsIn } from './yamlParts';

/** A request with the name that it gets, and where that is. */
export interface PlacedRequest {
  readonly request: ImportedRequest;
  readonly name: string;
  readonly file: number;
}

export interface CapturedValue {
  readonly placed: PlacedRequest;
  readonly capture: string;
}

/** Whose captures stand for which variables. */
export class CapturedValues {
  /** By variable. */
  readonly #capturing = new Map<string, CapturedValue>();
  /** By the name of a request: those it needs. */
  readonly #needs = new Map<string, Set<string>>();

  constructor(requests: readonly PlacedRequest[]) {
    for (const placed of requests) {
      for (const { name, variable = name } of placed.request.captures ?? []) {
        // Of several that set a variable nobody knows which is meant; the first is as in a run.
        if (!this.#capturing.has(variable)) this.#capturing.set(variable, { placed, capture: name });
      }
    }
  }

  get variables(): ReadonlySet<string> {
    return new Set(this.#capturing.keys());
  }

  /** The request whose capture a variable is, for a request that would then need it; never in a circle. */
  for(variable: string, user: PlacedRequest): CapturedValue | undefined {
    const found = this.#capturing.get(variable);
    if (!found || this.#reaches(found.placed.name, user.name)) return undefined;
    const needs = this.#needs.get(user.name) ?? new Set();
    needs.add(found.placed.name);
    this.#needs.set(user.name, needs);
    return found;
  }

  #reaches(from: string, to: string): boolean {
    const seen = new Set<string>();
    const waiting = [from];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (name === to) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(...(this.#needs.get(name) ?? []));
    }
    return false;
  }
}

/** The variables that values use. */
export function variablesIn(values: Iterable<NewYaml>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const value of values) {
    for (const text of textsIn(value)) {
      for (const source of markedSources(text)) {
        const name = variableOf(source);
        if (name !== undefined) found.add(name);
      }
    }
  }
  return found;
}

/** The variable that an expression means, if it is one. */
export function variableOf(source: string): string | undefined {
  const [name = ''] = source.split('|');
  return /^(?:uuid|now)$|[:.]/.test(name) ? undefined : name;
}
