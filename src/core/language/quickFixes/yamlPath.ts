import type { TextRange } from '../../request/diagnostic';
import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../../request/yaml/yamlNode';

/** An entry in the map that holds it. */
export interface EntryPlace {
  readonly map: YamlMap;
  readonly entry: YamlEntry;
}

/** The entries around a range, outermost first: the range lies in the key or the value of each. */
export function entriesAround(root: YamlNode | undefined, { start, end }: TextRange): readonly EntryPlace[] {
  const found: EntryPlace[] = [];
  let node = root;
  while (node) {
    if (node.kind === 'list') {
      node = node.items.find(({ range }) => range.start <= start && end <= range.end);
      continue;
    }
    if (node.kind !== 'map') break;
    const map = node;
    const entry = map.entries.find((each) => {
      const around = entryRange(each);
      return around.start <= start && end <= around.end;
    });
    if (!entry) break;
    found.push({ map, entry });
    // An alias' value stands elsewhere.
    node = entry.value.range.start >= entry.keyRange.end ? entry.value : undefined;
  }
  return found;
}

/** The entry at a path of keys. */
export function entryAt(root: YamlNode | undefined, path: readonly string[]): EntryPlace | undefined {
  let found: EntryPlace | undefined;
  let node = root;
  for (const key of path) {
    if (node?.kind !== 'map') return undefined;
    const map = node;
    const entry = map.entries.find((each) => each.key === key);
    if (!entry) return undefined;
    found = { map, entry };
    node = entry.value;
  }
  return found;
}

/** The innermost text at exactly that place, or around it. */
export function textAround(root: YamlNode | undefined, range: TextRange): YamlNode | undefined {
  const value = entriesAround(root, range).at(-1)?.entry.value;
  return value && innermost(value, range);
}

function innermost(node: YamlNode, range: TextRange): YamlNode | undefined {
  if (node.range.start > range.start || range.end > node.range.end) return undefined;
  if (node.kind !== 'list') return node;
  for (const item of node.items) {
    const found = innermost(item, range);
    if (found) return found;
  }
  return node;
}

/** Whether a map or list is written in `{ }` or `[ ]`. */
export function isFlowNode(text: string, node: YamlNode): boolean {
  return text[node.range.start] === '{' || text[node.range.start] === '[';
}
