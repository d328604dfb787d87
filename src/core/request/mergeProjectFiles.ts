import { tlsOrigin } from '../http/tlsSetting';
import { decodeProject } from './decode/decodeProject';
import type { ProjectFile } from './model';
import { Reporter } from './reporter';
import type { YamlEntry, YamlNode } from './yaml/yamlNode';

/**
 * Merges `latchkey.local.yaml` over `latchkey.yaml`, key by key: maps are merged, anything else is replaced, `null`
 * removes. Errors in the YAML of either file stay faults of the result. Its diagnostics are those of `base`; the
 * local file's are in `local`, with ranges in its own text.
 */
export function mergeProjectFiles(base: ProjectFile, local: ProjectFile | undefined): ProjectFile {
  if (!local) return base;
  const root = base.root?.kind === 'map' ? mergeRoots(base.root, local.root) : local.root;
  const localNodes = new Set<YamlNode>();
  if (local.root) collect(local.root, localNodes);
  const merged = decodeProject(
    root,
    (node) => (localNodes.has(node) ? 'localProjectFile' : 'projectFile'),
    new Reporter(),
  );
  const faults = [...new Set([...merged.faults, ...base.faults, ...local.faults])];
  return { ...merged, faults, diagnostics: base.diagnostics };
}

/** A local file that is empty, or no map (which is one of its faults), changes nothing. */
function mergeRoots(base: YamlNode, local: YamlNode | undefined): YamlNode {
  return local?.kind === 'map' ? mergeNodes(base, local, '') : base;
}

function mergeNodes(base: YamlNode, local: YamlNode, path: string): YamlNode {
  if (base.kind !== 'map' || local.kind !== 'map') return local;
  const sameKey = (key: string): string => keyAt(path, key);
  const overrides = new Map(local.entries.map((entry) => [sameKey(entry.key), entry]));
  const entries: YamlEntry[] = [];
  for (const entry of base.entries) {
    const override = overrides.get(sameKey(entry.key));
    overrides.delete(sameKey(entry.key));
    if (!override) entries.push(entry);
    else if (override.value.kind !== 'null') {
      entries.push({ ...override, value: mergeNodes(entry.value, override.value, `${path}/${entry.key}`) });
    }
  }
  return { kind: 'map', entries: [...entries, ...overrides.values()], range: base.range };
}

/** What a key is known by where it is not its letters alone that count. */
function keyAt(path: string, key: string): string {
  if (path === '/defaults/headers') return key.toLowerCase();
  return path === '/tls' ? (tlsOrigin(key) ?? key) : key;
}

function collect(node: YamlNode, into: Set<YamlNode>): void {
  if (into.has(node)) return;
  into.add(node);
  if (node.kind === 'list') for (const item of node.items) collect(item, into);
  if (node.kind === 'map') for (const entry of node.entries) collect(entry.value, into);
}
