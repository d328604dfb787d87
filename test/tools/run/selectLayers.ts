import type { Layer } from './layer';

/**
 * The layers that `names` ask for, in their order; all of them when there are no names. Journeys bring packaging along:
 * they install what it makes.
 * @throws Error that lists the names there are
 */
export function selectLayers(layers: readonly Layer[], names: readonly string[]): readonly Layer[] {
  if (names.length === 0) return layers;
  const known = new Set(layers.flatMap(({ name, group }) => [name, group]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`There is no layer ${unknown.join(', ')}. The layers are: ${[...known].join(', ')}.`);
  }
  const wanted = new Set(names.includes('journey') ? [...names, 'package'] : names);
  return layers.filter(({ name, group }) => wanted.has(name) || wanted.has(group));
}
