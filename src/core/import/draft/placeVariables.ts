import type { NewYamlEntry } from '../../request/edit/newYaml';
import { shownNames } from '../fields';
import { importNote, type ImportNote } from '../importNote';
import { variablesIn } from './capturedValues';
import type { DraftVariables } from './draftVariables';

/** What the project file has already. */
export interface KnownProject {
  readonly connections: Iterable<string>;
  readonly environments: Iterable<string>;
  /** Names of its variables, those of its environments among them. */
  readonly variables: ReadonlySet<string>;
}

export interface VariablePlaces {
  readonly project: readonly NewYamlEntry[];
  /** By file. */
  readonly files: readonly (readonly NewYamlEntry[])[];
}

/**
 * Where the variables of the collection stand. A request file hides the environments, so what they have as well goes
 * into the project file; so does what connections need, which see no other, and what several files share. A name that
 * the project uses already keeps its meaning there.
 */
export function placeVariables(
  variables: DraftVariables,
  usedByFile: readonly ReadonlySet<string>[],
  usedByConnections: ReadonlySet<string>,
  project: KnownProject,
  notes: ImportNote[],
): VariablePlaces {
  const byName = new Map(variables.shared);
  const reached = usedByFile.map((used) => closure(used, byName));
  const inConnections = closure(usedByConnections, byName);
  const inEnvironments = new Set(variables.environments.flatMap(({ entries }) => entries.map(([name]) => name)));
  const taken = variables.shared.filter(([name]) => project.variables.has(name));
  if (taken.length > 0) notes.push(importNote('variableKept', { names: shownNames(taken.map(([name]) => name)) }));
  const isShared = (name: string): boolean =>
    !project.variables.has(name) && (usedByFile.length !== 1 || inEnvironments.has(name) || inConnections.has(name));
  return {
    project: variables.shared.filter(([name]) => isShared(name)),
    files: reached.map((used) =>
      variables.shared.filter(([name]) => !isShared(name) && (usedByFile.length === 1 || used.has(name))),
    ),
  };
}

/** The variables that are used, and those that they are made of. */
function closure(used: ReadonlySet<string>, byName: ReadonlyMap<string, NewYamlEntry[1]>): ReadonlySet<string> {
  const all = new Set<string>();
  const waiting = [...used];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    const value = byName.get(name);
    if (value) waiting.push(...variablesIn([value]));
  }
  return all;
}
