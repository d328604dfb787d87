import { LatchkeyError, type ErrorCode } from '../../errors';
import { parseProjectFile } from '../parseProjectFile';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { insertionsFor, type Insertion, type NewEntry } from './insertions';
import { blockLines, flowEntry, type NewYamlEntry } from './newYaml';
import { sameContent, withEntry } from './yamlContent';

export interface InsertedEntries extends Insertion {
  /** The entries, in the text with the insertion. */
  readonly added: readonly YamlEntry[];
}

/**
 * Where and what to put into a project file for new entries below one of its keys; their names must be free. The file
 * is read again with them: what it said before it must say still.
 * @param refusal what is thrown when the file is written in a way that has no place for them.
 * @throws LatchkeyError `workspace.projectUnreadable` when the file cannot be read as it is.
 */
export function insertEntries(
  text: string,
  label: string,
  key: string,
  names: readonly string[],
  entry: NewEntry,
  refusal: ErrorCode,
): InsertedEntries {
  const { diagnostics, root } = parseProjectFile(text);
  const broken = diagnostics.find(({ code, severity }) => severity === 'error' && code.startsWith('yaml.'));
  if (broken) throw new LatchkeyError('workspace.projectUnreadable', { file: label });
  if (hasOneOf(root, key, names)) throw new LatchkeyError(refusal, { file: label, name: names.join(', '), key });
  for (const insertion of insertionsFor(text, root, { key }, entry)) {
    const result = text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
    const added = addedEntries(result, root, key, names);
    if (added) return { ...insertion, added };
  }
  throw new LatchkeyError(refusal, { file: label, name: names.join(', '), key });
}

/** What goes into a project file: entries by the key that they stand below. */
export type NewProjectEntries = Readonly<
  Partial<Record<'connections' | 'environments' | 'variables', readonly NewYamlEntry[]>>
>;

/**
 * A project file with new entries in it, whose names must be free.
 * @throws LatchkeyError `workspace.projectUnreadable`, `workspace.entriesNotAdded`.
 */
export function withProjectEntries(text: string, label: string, entries: NewProjectEntries): string {
  return (['connections', 'environments', 'variables'] as const).reduce((current, key) => {
    const added = entries[key] ?? [];
    if (added.length === 0) return current;
    const entry: NewEntry = {
      block: (indent) => added.flatMap((each) => blockLines(each, indent)),
      flow: added.map(flowEntry).join(', '),
    };
    const names = added.map(([name]) => name);
    const { offset, text: inserted } = insertEntries(current, label, key, names, entry, 'workspace.entriesNotAdded');
    return current.slice(0, offset) + inserted + current.slice(offset);
  }, text);
}

function hasOneOf(root: YamlNode | undefined, key: string, names: readonly string[]): boolean {
  const holder = root?.kind === 'map' ? root.entries.find((entry) => entry.key === key) : undefined;
  return holder?.value.kind === 'map' && holder.value.entries.some((entry) => names.includes(entry.key));
}

/** The entries in the new text, if that says what it said before and has them besides. */
function addedEntries(
  text: string,
  before: YamlNode | undefined,
  key: string,
  names: readonly string[],
): readonly YamlEntry[] | undefined {
  const { diagnostics, root } = parseProjectFile(text);
  if (diagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('yaml.'))) return undefined;
  const holder = root?.kind === 'map' ? root.entries.find((entry) => entry.key === key) : undefined;
  const { value } = holder ?? {};
  const byName = new Map(value?.kind === 'map' ? value.entries.map((entry) => [entry.key, entry]) : []);
  const added = names.flatMap((name) => byName.get(name) ?? []);
  const expected = added.reduce<YamlNode | undefined>((node, entry) => withEntry(node, key, entry), before);
  return added.length === names.length && sameContent(root, expected) ? added : undefined;
}
