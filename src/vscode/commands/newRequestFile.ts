import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import { newProjectFile } from '../../core/request/edit/insertConnection';
import { newRequestFile, type NewFile } from '../../core/request/edit/newRequestFile';
import { placeIn } from '../explorer/requestsNode';
import { hasBaseUrl, projectFileName, type ProjectFiles } from '../requests/projectFiles';

/** Makes request files. */
export class NewRequestFile {
  readonly #projects: Pick<ProjectFiles, 'nearest'>;

  constructor(projects: Pick<ProjectFiles, 'nearest'>) {
    this.#projects = projects;
  }

  /**
   * `latchkey.newRequestFile(folder?)`: asks for the name, writes a file with one request and shows it; in a folder
   * without a project file it offers to make one.
   * @throws LatchkeyError `workspace.noFolder`.
   */
  async create(folder: unknown): Promise<void> {
    const place = placeIn(folder)?.uri ?? folder;
    const parent = place instanceof vscode.Uri ? place : await folderFor(vscode.window.activeTextEditor?.document.uri);
    if (!parent) return;
    const name = await askName(parent);
    if (name === undefined) return;
    const uri = vscode.Uri.joinPath(parent, name);
    const project = await this.#projects.nearest(uri).catch(() => undefined);
    const content = newRequestFile(hasBaseUrl(project));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content.text));
    await show(uri, content);
    if (!project && vscode.workspace.isTrusted) offerProjectFile(uri);
  }
}

/** The folder of the active file, else the workspace folder that the user picks. */
export async function folderFor(active: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (active && vscode.workspace.getWorkspaceFolder(active)) return vscode.Uri.joinPath(active, '..');
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const [only] = folders;
  if (!only) throw new LatchkeyError('workspace.noFolder');
  return only.uri;
}

/** @returns a path below the folder, with the ending of request files. */
async function askName(folder: vscode.Uri): Promise<string | undefined> {
  const entered = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Request File in {0}', vscode.workspace.asRelativePath(folder)),
    prompt: vscode.l10n.t('The name of the file; .http.yaml is added. With / it lies in a folder below.'),
    value: 'requests',
    validateInput: (text) => problemOf(folder, text),
  });
  return entered === undefined ? undefined : fileName(entered);
}

async function problemOf(folder: vscode.Uri, text: string): Promise<string | undefined> {
  const parts = fileName(text).split('/');
  const isBad = (part: string): boolean =>
    part === '' || part === '..' || part === '.' || /[\\:*?"<>|\p{Cc}]/u.test(part);
  if (parts.some(isBad) || text.trim() === '') return vscode.l10n.t('Enter a name that a file can have.');
  const exists = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, ...parts)).then(
    () => true,
    () => false,
  );
  return exists ? vscode.l10n.t('There is a file of that name already.') : undefined;
}

function fileName(text: string): string {
  const name = text.trim().replace(/(?:\.http)?\.ya?ml$|\.http$/, '');
  return `${name}.http.yaml`;
}

/** With the URL selected, which is what there is to write first. */
async function show(uri: vscode.Uri, { url }: NewFile): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(url.start), document.positionAt(url.end));
  await vscode.window.showTextDocument(document, { selection });
}

function offerProjectFile(near: vscode.Uri): void {
  const create = vscode.l10n.t('Create {0}', projectFileName);
  const message = vscode.l10n.t(
    'There is no {0} here yet. It holds what request files share: connections to sign in with, environments and variables.',
    projectFileName,
  );
  // Not waited for: the file is there, and the notification may stay as long as it likes.
  void vscode.window.showInformationMessage(message, create).then(async (choice) => {
    if (choice === create) await createProjectFile(near);
  });
}

async function createProjectFile(near: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(near)?.uri ?? vscode.Uri.joinPath(near, '..');
  const uri = vscode.Uri.joinPath(folder, projectFileName);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(newProjectFile()) });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(uri);
}
