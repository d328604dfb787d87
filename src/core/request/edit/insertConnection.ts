import type { TextRange } from '../diagnostic';
import type { ConnectionLines } from './connectionLines';
import { insertEntries } from './insertEntries';
import type { Insertion, NewEntry } from './insertions';
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
  const entry: NewEntry = {
    block: (indent) => [`${indent}${keyText(name)}:`, ...lines.map(([key, value]) => `${indent}  ${key}: ${value}`)],
    flow: `${keyText(name)}: { ${lines.map(([key, value]) => `${key}: ${value}`).join(', ')} }`,
  };
  const inserted = insertEntries(text, label, 'connections', [name], entry, 'workspace.connectionNotAdded');
  const [added] = inserted.added;
  return { offset: inserted.offset, text: inserted.text, nameRange: added?.keyRange ?? { start: 0, end: 0 } };
}
