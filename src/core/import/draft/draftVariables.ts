import type { SecretKeeper } from '../../curl/secretKeeper';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import { isName } from '../../request/names';
import type { ImportedCollection, ImportedVariable } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { variableValue } from './secretTexts';

export interface DraftEnvironment {
  readonly name: string;
  readonly entries: readonly NewYamlEntry[];
}

export interface VariableParts {
  readonly secrets: SecretKeeper;
  /** Variables whose values are secrets. */
  readonly secretNames: ReadonlySet<string>;
  /** Variables that stand for captures. */
  readonly captured: ReadonlySet<string>;
  /** Names of environments that are there already. */
  readonly environmentNames: Iterable<string>;
  readonly notes: ImportNote[];
}

/** The variables of a collection and its environments, with what is secret taken out of them. */
export class DraftVariables {
  /** Of the collection itself. */
  readonly shared: readonly NewYamlEntry[];
  readonly environments: readonly DraftEnvironment[];
  readonly #written = new Map<string, NewYaml[]>();
  readonly #defined: ReadonlySet<string>;

  constructor({ variables, environments }: ImportedCollection, parts: VariableParts) {
    for (const { name, value } of [variables, ...environments.map((each) => each.variables)].flat()) {
      const known = this.#written.get(name);
      if (known) known.push(value);
      else this.#written.set(name, [value]);
    }
    this.shared = draftEntries(variables, '', parts);
    const taken = new Set(parts.environmentNames);
    this.environments = environments.map((environment) => {
      const name = freeEnvironmentName(environment.name, taken, parts.notes);
      return { name, entries: draftEntries(environment.variables, `${name}-`, parts) };
    });
    const all = [this.shared, ...this.environments.map(({ entries }) => entries)].flat();
    this.#defined = new Set(all.map(([name]) => name));
  }

  /** What a variable holds as the tool has it, by its environments. */
  written(name: string): readonly NewYaml[] {
    return this.#written.get(name) ?? [];
  }

  /** Whether what is written says what a variable holds. */
  isDefined(name: string): boolean {
    return this.#defined.has(name);
  }
}

function draftEntries(
  variables: readonly ImportedVariable[],
  prefix: string,
  { secrets, secretNames, captured, notes }: VariableParts,
): readonly NewYamlEntry[] {
  // Of variables of one name the last counts, where the first stands.
  const last = new Map(variables.map((variable) => [variable.name, variable]));
  return [...last.values()].flatMap((variable): NewYamlEntry[] => {
    const { name, value } = variable;
    const isSecret = secretNames.has(name);
    const isEmpty = value.kind === 'text' && value.text === '';
    if (captured.has(name) && (isSecret || isEmpty)) return [];
    return [[name, variableValue(variable, isSecret, `${prefix}${name}`, secrets, notes)]];
  });
}

function freeEnvironmentName(written: string, taken: Set<string>, notes: ImportNote[]): string {
  const cleaned = written
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .trim();
  const base = isName(cleaned) ? cleaned : 'environment';
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
  taken.add(name);
  if (name !== base) notes.push(importNote('environmentRenamed', { from: base, to: name }));
  return name;
}
