import type { YamlNode } from '../request/yaml/yamlNode';

/** The paths under `import`, relative to the file, in order. */
export function importPaths(root: YamlNode | undefined): readonly string[] {
  const value = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'import')?.value : undefined;
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => (item.kind === 'text' ? item.text : []));
}
