import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { ImportedFiles } from '../../core/import/draft/importedFiles';
import { commonEnd, commonStart } from '../../core/request/document/commonEnds';
import { newProjectFile } from '../../core/request/edit/insertConnection';
import { withProjectEntries } from '../../core/request/edit/insertEntries';
import { projectFileName } from '../requests/projectFiles';

/**
 * Writes request files into a folder and what they share into the project file, as one edit. Request files that are
 * there are not touched: a name that is taken gets a number.
 * @param project the project file that counts there, if there is one.
 * @param source what is imported, for people.
 * @returns the request files.
 * @throws LatchkeyError `import.notWritten`, `workspace.*`; nothing was written then.
 */
export async function writeImport(
  { files, project: entries }: ImportedFiles,
  folder: vscode.Uri,
  project: vscode.Uri | undefined,
  source: string,
): Promise<readonly vscode.Uri[]> {
  const edit = new vscode.WorkspaceEdit();
  const names = await freeNames(
    files.map(({ name }) => name),
    folder,
  );
  const nameOf = (name: string): string => names.get(name) ?? `${name}.http.yaml`;
  const uris: vscode.Uri[] = [];
  for (const { name, text } of files) {
    const uri = vscode.Uri.joinPath(folder, nameOf(name));
    edit.createFile(uri, { contents: new TextEncoder().encode(text(nameOf)) });
    uris.push(uri);
    // A large file takes a while.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { connections, environments, variables } = entries;
  const hasEntries = connections.length + environments.length + variables.length > 0;
  if (files.length === 0 && !hasEntries) throw new LatchkeyError('import.nothingFound', { file: source });
  const changed = hasEntries ? await editProject(edit, entries, folder, project) : undefined;
  const wasSaved = changed?.isDirty !== true;
  if (!(await vscode.workspace.applyEdit(edit))) {
    const file = vscode.workspace.asRelativePath(uris[0] ?? folder);
    throw new LatchkeyError('import.notWritten', { file });
  }
  if (changed && wasSaved) await changed.save();
  return uris;
}

/** @returns the document that is changed, if the file is there already. */
async function editProject(
  edit: vscode.WorkspaceEdit,
  entries: ImportedFiles['project'],
  folder: vscode.Uri,
  project: vscode.Uri | undefined,
): Promise<vscode.TextDocument | undefined> {
  const uri = project ?? vscode.Uri.joinPath(folder, projectFileName);
  const label = vscode.workspace.asRelativePath(uri);
  if (project === undefined && !(await exists(uri))) {
    const text = withProjectEntries(newProjectFile(), label, entries);
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    return undefined;
  }
  // In a folder that nobody trusts no other file is read, so it is not known what is in it.
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('import.untrusted', { file: label });
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  const after = withProjectEntries(before, label, entries);
  const start = commonStart(before, after);
  const end = Math.min(commonEnd(before, after), before.length - start, after.length - start);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(uri, range, after.slice(start, after.length - end));
  return document;
}

/** By the name that a file wants: the one it gets, with its ending. */
async function freeNames(wanted: readonly string[], folder: vscode.Uri): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of wanted) {
    let free = `${name}.http.yaml`;
    for (let number = 2; taken.has(free.toLowerCase()) || (await exists(vscode.Uri.joinPath(folder, free))); number++) {
      free = `${name} ${number}.http.yaml`;
    }
    taken.add(free.toLowerCase());
    names.set(name, free);
  }
  return names;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
