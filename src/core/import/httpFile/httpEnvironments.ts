import { isJsonObject, JsonNumber, type JsonValue } from '../../json/jsonValue';
import type { ImportedCollection, ImportedVariable } from '../importModel';
import type { ImportSource } from '../importSource';
import { anyText, entriesAt } from '../importTree';
import { Placeholders, type VariableNames } from '../placeholders';

/** The environments beside `.http` files; values in the private file are secrets. */
export function isHttpEnvironments({ fileName, tree }: ImportSource): boolean {
  return /^http-client\.(?:private\.)?env\.json$/i.test(fileName) && tree !== undefined;
}

export function readHttpEnvironments(
  { fileName, tree }: ImportSource,
  names: VariableNames,
  all: readonly ImportSource[],
): ImportedCollection {
  const others = all.filter((each) => isHttpEnvironments(each));
  // Both files together are read with the first of them.
  const first = others[0]?.fileName === fileName;
  const environments = new Map<string, ImportedVariable[]>();
  const placeholders = new Placeholders(names);
  for (const source of first ? others : []) {
    const isPrivate = /\.private\./i.test(source.fileName);
    for (const [environment, values] of entriesAt(source.tree)) {
      const variables = environments.get(environment) ?? [];
      environments.set(environment, variables);
      for (const [name, value] of entriesAt(values)) {
        if (name !== 'Security' && name !== 'SSLConfiguration')
          variables.push(variableOf(name, value, isPrivate, placeholders));
      }
    }
  }
  const shared = environments.get('$shared') ?? [];
  const named = [...environments].filter(([name]) => name !== '$shared');
  return {
    name: fileName.replace(/\.json$/i, ''),
    requests: [],
    variables: tree === undefined ? [] : shared,
    environments: named.map(([name, variables]) => ({ name, variables })),
    notes: [],
  };
}

function variableOf(name: string, value: JsonValue, isPrivate: boolean, placeholders: Placeholders): ImportedVariable {
  const isSecret = isPrivate || undefined;
  const base = { name: placeholders.name(name), isSecret };
  if (!isPrivate && (value instanceof JsonNumber || typeof value === 'boolean')) {
    return { ...base, value: { kind: 'raw', source: anyText(value) } };
  }
  const text =
    value !== null && isJsonObject(value) && value.has('value') ? anyText(value.get('value')) : anyText(value);
  return { ...base, value: { kind: 'text', text: placeholders.text(text) } };
}
