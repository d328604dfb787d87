import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { ConnectionConfig } from '../../core/oauth/model';
import { connectionLines } from '../../core/request/edit/connectionLines';
import { freeName } from '../../core/request/edit/freeName';
import { insertConnection, newProjectFile } from '../../core/request/edit/insertConnection';
import { fileExists } from '../platform/fileExists';
import { projectFileName, type ProjectFiles } from './projectFiles';

/** Writes connections into project files, as an edit that can be undone. */
export class ConnectionWriter {
  readonly #projects: ProjectFiles;

  constructor(projects: ProjectFiles) {
    this.#projects = projects;
  }

  /**
   * Adds a connection to the project file that counts for a file, which is made if there is none, and shows it there.
   * @param suggested the name, unless it is taken.
   * @returns the name it got.
   * @throws LatchkeyError `workspace.*`; nothing was written then.
   */
  async add(connection: ConnectionConfig, suggested: string, near: vscode.Uri | undefined): Promise<string> {
    const project = near && (await this.#projects.nearest(near));
    const uri = project?.uri ?? projectFileFor(near);
    const isNew = project === undefined && !(await fileExists(uri));
    const document = isNew ? undefined : await vscode.workspace.openTextDocument(uri);
    const text = document?.getText() ?? newProjectFile();
    const name = freeName(suggested, project?.file.connections.keys() ?? []);
    const label = vscode.workspace.asRelativePath(uri);
    const { offset, text: inserted, nameRange } = insertConnection(text, label, name, connectionLines(connection));
    const edit = new vscode.WorkspaceEdit();
    if (document) edit.insert(uri, document.positionAt(offset), inserted);
    else edit.createFile(uri, { contents: new TextEncoder().encode(text + inserted) });
    const wasSaved = document?.isDirty !== true;
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new LatchkeyError('workspace.connectionNotAdded', { file: label, name });
    const edited = await vscode.workspace.openTextDocument(uri);
    if (wasSaved) await edited.save();
    const selection = new vscode.Range(edited.positionAt(nameRange.start), edited.positionAt(nameRange.end));
    await vscode.window.showTextDocument(edited, { viewColumn: vscode.ViewColumn.One, selection });
    return name;
  }
}

/** Where a project file belongs that is not there yet. */
function projectFileFor(near: vscode.Uri | undefined): vscode.Uri {
  const folder = (near && vscode.workspace.getWorkspaceFolder(near)) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder) return vscode.Uri.joinPath(folder.uri, projectFileName);
  if (!near || near.scheme === 'untitled') throw new LatchkeyError('workspace.noFolder');
  return vscode.Uri.joinPath(near, '..', projectFileName);
}
