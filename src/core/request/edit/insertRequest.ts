import { LatchkeyError } from '../../errors';
import type { TextRange } from '../diagnostic';
import { Reporter } from '../reporter';
import { parseYaml } from '../yaml/parseYaml';
import type { YamlNode } from '../yaml/yamlNode';
import { insertionsFor, type Insertion, type NewEntry } from './insertions';
import { blockLines, flowEntry, yamlStep, type NewYamlEntry } from './newYaml';
import { sameContent, withEntry } from './yamlContent';
import { scalarText } from './yamlText';

/** Something put into a text; every character of the text itself stays as it was. */
export interface InsertedRequest extends Insertion {
  /** The new name, in the text with the insertion. */
  readonly nameRange: TextRange;
}

export interface NewRequest {
  /** Must be free in the file. */
  readonly name: string;
  readonly entries: readonly NewYamlEntry[];
  /** Lines of a comment above it. */
  readonly comment?: readonly string[];
}

/**
 * Where and what to put into a request file for a new request. The file is read again with it: what it said before it
 * must say still.
 * @param after the request that it is put behind; absent or unknown: the last.
 * @throws LatchkeyError `workspace.projectUnreadable` when the file cannot be read as it is; `workspace.requestNotAdded`
 * when it is written in a way that has no place for the request.
 */
export function insertRequest(text: string, label: string, request: NewRequest, after?: string): InsertedRequest {
  const before = read(text);
  if (!before.ok) throw new LatchkeyError('workspace.projectUnreadable', { file: label });
  for (const insertion of insertionsFor(text, before.root, { key: 'requests', after }, entryOf(request))) {
    const result = text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
    const nameRange = addedName(result, before.root, request.name);
    if (nameRange) return { ...insertion, nameRange };
  }
  throw new LatchkeyError('workspace.requestNotAdded', { file: label, name: request.name });
}

function entryOf({ name, entries, comment = [] }: NewRequest): NewEntry {
  const map = { kind: 'map', entries } as const;
  return {
    block: (indent) => [
      ...comment.map((line) => `${indent}# ${line.replace(/\p{C}+|\p{Zl}|\p{Zp}/gu, ' ')}`),
      `${indent}${scalarText(name, 'flow')}:`,
      ...entries.flatMap((entry) => blockLines(entry, indent + yamlStep)),
    ],
    flow: flowEntry([name, map]),
  };
}

function read(text: string): { readonly ok: boolean; readonly root: YamlNode | undefined } {
  const reporter = new Reporter();
  const root = parseYaml(text, reporter);
  return { root, ok: !reporter.errorsSince(0).some(({ code }) => code.startsWith('yaml.')) };
}

/** Where the name stands in the new text, if that says what it said before and has the request besides. */
function addedName(text: string, before: YamlNode | undefined, name: string): TextRange | undefined {
  const { ok, root } = read(text);
  const requests = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'requests') : undefined;
  const added = requests?.value.kind === 'map' ? requests.value.entries.find(({ key }) => key === name) : undefined;
  if (!ok || !added || !sameContent(sorted(root, name), withEntry(before, 'requests', added))) return undefined;
  return added.keyRange;
}

/** The document with the new request as the last, which is where the comparison has it. */
function sorted(root: YamlNode | undefined, name: string): YamlNode | undefined {
  if (root?.kind !== 'map') return root;
  const entries = root.entries.map((entry) => {
    if (entry.key !== 'requests' || entry.value.kind !== 'map') return entry;
    const added = entry.value.entries.filter(({ key }) => key === name);
    const others = entry.value.entries.filter(({ key }) => key !== name);
    return { ...entry, value: { ...entry.value, entries: [...others, ...added] } };
  });
  return { ...root, entries };
}
