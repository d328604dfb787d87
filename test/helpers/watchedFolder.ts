import * as vscode from 'vscode';
import { eventually } from './eventually';

/** A folder of the workspace whose changes VS Code tells for certain. */
export interface WatchedFolder {
  at: (name: string) => vscode.Uri;
  write: (name: string, text: string) => Promise<vscode.Uri>;
  /** Deletes what is in it; the folder stays, and stays watched. */
  empty: () => Promise<void>;
  /** Deletes the folder. */
  remove: () => Promise<void>;
}

/**
 * Makes a folder and resolves when VS Code has told of a file in it. Of a folder that was made a moment before, or that
 * took the place of a deleted one, VS Code may tell nothing at all.
 */
export async function watchedFolder(name: string): Promise<WatchedFolder> {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  if (!workspace) throw new Error('The tests need a workspace folder.');
  const uri = vscode.Uri.joinPath(workspace.uri, name);
  const folder = folderAt(uri);
  await vscode.workspace.fs.createDirectory(uri);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(workspace, `${name}/probe*`));
  let isHeard = false;
  const hear = (): void => void (isHeard = true);
  const heard = vscode.Disposable.from(watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear));
  let count = 0;
  try {
    await eventually(async () => {
      if (isHeard) return;
      await folder.write(`probe${++count}`, '');
      throw new Error(`VS Code tells nothing of the files in ${uri.path}.`);
    });
  } finally {
    heard.dispose();
  }
  await folder.empty();
  return folder;
}

function folderAt(uri: vscode.Uri): WatchedFolder {
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, name);
  return {
    at,
    write: async (name, text) => {
      await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
      return at(name);
    },
    empty: async () => {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      await Promise.all(entries.map(([name]) => vscode.workspace.fs.delete(at(name), { recursive: true })));
    },
    remove: async () => vscode.workspace.fs.delete(uri, { recursive: true }),
  };
}
