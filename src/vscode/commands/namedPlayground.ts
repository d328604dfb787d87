import * as vscode from 'vscode';
import { readFileText } from '../requests/fileTexts';
import { projectFileName } from '../requests/projectFiles';
import { namedApi } from './namedApi';

/**
 * The address of the API on this machine that a folder's project file was written for. `undefined` when there is none,
 * and when the folder lacks `sampleFile` and so is not the playground's.
 */
export async function namedPlayground(folder: vscode.Uri, sampleFile: string): Promise<string | undefined> {
  const [project, sample] = await Promise.all([
    readFileText(vscode.Uri.joinPath(folder, projectFileName)),
    readFileText(vscode.Uri.joinPath(folder, sampleFile)),
  ]);
  return project && sample && namedApi(project.text);
}
