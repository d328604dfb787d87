import type { ImportedCollection } from '../importModel';
import type { ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { itemsAt, member, textAt } from '../importTree';
import { Placeholders, type VariableNames } from '../placeholders';
import { postmanVariables } from './postmanCollection';

/** An exported environment, or the globals of a workspace. */
export function isPostmanEnvironment({ tree, fileName }: ImportSource): boolean {
  if (itemsAt(tree, 'values').length === 0 && member(tree, 'values') === undefined) return false;
  return textAt(tree, '_postman_variable_scope') !== '' || /\.postman_(?:environment|globals)\.json$/i.test(fileName);
}

export function readPostmanEnvironment({ tree, fileName }: ImportSource, names: VariableNames): ImportedCollection {
  const notes: ImportNote[] = [];
  const placeholders = new Placeholders(names);
  const variables = postmanVariables(itemsAt(tree, 'values'), placeholders, notes);
  const name = textAt(tree, 'name') || fileName.replace(/\.postman_\w+\.json$/i, '');
  const isGlobal = textAt(tree, '_postman_variable_scope') === 'globals';
  return {
    name,
    requests: [],
    variables: isGlobal ? variables : [],
    environments: isGlobal ? [] : [{ name, variables }],
    notes,
  };
}
