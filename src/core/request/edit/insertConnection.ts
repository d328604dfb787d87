import { LatchkeyError } from '../../errors';
import type { TextRange } from '../diagnostic';
import { parseProjectFile } from '../parseProjectFile';
import type { YamlNode } from '../yaml/yamlNode';
import type { ConnectionLines } from './connectionLines';
import { insertionsFor, type Insertion, type NewEntry } from './insertions';
import { sameContent, withEntry } from './yamlContent';
import { keyText } from './yamlText';

/** Something put into a text; every character of the text itself stays as it was. */
export interface InsertedConnection extends Insertion {
  /** The new name, in the text with the insertion. */
  readonly nameRange: TextRange;
}

const fileHeader = [
  '# Latchkey reads this file for every request file in this folder and below.',
  '# Nothing in it is secret, so it can be committed: tokens live in VS Code’s secret storage.',
  '',
];

/** The text of a new project file, up to its connections. */
export function newProjectFile(): string {
  return fileHeader.map((line) => `${line}\n`).join('');
}

/**
 * Where and what to put into a project file for a new connection, whose name must be free. The file is read again with
 * it: what it said before it must say still.
 * @throws LatchkeyError `workspace.projectUnreadable` when the file cannot be read as it is; `workspace.connectionNotAdded`
 * when it is written in a way that has no place for the connection.
 */
export function insertConnection(
  text: string,
  label: string,
  name: string,
  lines: ConnectionLines,
): InsertedConnection {
  const { diagnostics, root } = parseProjectFile(text);
  const broken = diagnostics.find(({ code, severity }) => severity === 'error' && code.startsWith('yaml.'));
  if (broken) throw new LatchkeyError('workspace.projectUnreadable', { file: label });
  const entry: NewEntry = {
    block: (indent) => [`${indent}${keyText(name)}:`, ...lines.map(([key, value]) => `${indent}  ${key}: ${value}`)],
    flow: `${keyText(name)}: { ${lines.map(([key, value]) => `${key}: ${value}`).join(', ')} }`,
  };
  for (const insertion of insertionsFor(text, root, { key: 'connections' }, entry)) {
    const result = text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
    const added = addedEntry(result, root, name);
    if (added) return { ...insertion, nameRange: added };
  }
  throw new LatchkeyError('workspace.connectionNotAdded', { file: label, name });
}

/** Where the connection stands in the new text, if that says what it said before and has the connection besides. */
function addedEntry(text: string, before: YamlNode | undefined, name: string): TextRange | undefined {
  const { diagnostics, root } = parseProjectFile(text);
  if (diagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('yaml.'))) return undefined;
  const connections = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'connections') : undefined;
  const added =
    connections?.value.kind === 'map' ? connections.value.entries.find(({ key }) => key === name) : undefined;
  if (!added || !sameContent(root, withEntry(before, 'connections', added))) return undefined;
  return added.keyRange;
}
