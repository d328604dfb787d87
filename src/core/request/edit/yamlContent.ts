import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';

/** Whether two documents say the same, wherever it stands in them. */
export function sameContent(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  return JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b));
}

/** The map with an entry more in the map that stands under a key; what is missing on the way is made. */
export function withEntry(root: YamlNode | undefined, key: string, entry: YamlEntry): YamlMap {
  const entries = root?.kind === 'map' ? root.entries : [];
  const range = { start: 0, end: 0 };
  const old = entries.find((each) => each.key === key);
  const inside = old?.value.kind === 'map' ? old.value.entries : [];
  const value: YamlMap = { kind: 'map', entries: [...inside, entry], range };
  const changed = old ? entries.map((each) => (each === old ? { ...each, value } : each)) : undefined;
  return { kind: 'map', entries: changed ?? [...entries, { key, keyRange: range, value }], range };
}

function contentOf(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
    case 'null':
      return null;
    case 'text':
      return { text: node.text };
    case 'number':
      return { number: node.literal };
    case 'boolean':
      return node.value;
    case 'list':
      return node.items.map(contentOf);
    case 'map':
      return { entries: node.entries.map(({ key, value }) => [key, contentOf(value)]) };
  }
}
