import * as vscode from 'vscode';
import type { SchemaFiles } from '../../core/expect/schema/schemaFiles';
import type { Files } from '../../core/ports';
import { trustedFolder } from '../requests/projectFiles';

/** The schemas that a request file can name: files of its workspace folder. */
export function schemaFilesOf(uri: vscode.Uri, files: Files): SchemaFiles {
  const folder = trustedFolder(uri);
  const inside = uri.path.slice(vscode.Uri.parse(folder).path.length + 1);
  const directory = inside.slice(0, Math.max(0, inside.lastIndexOf('/')));
  return { directory, read: (path) => files.read(folder, path) };
}
