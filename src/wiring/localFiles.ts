import * as vscode from 'vscode';
import { LatchkeyError } from '../core/errors';
import type { FileContents, FileGlances, FileStreams, Files } from '../core/ports';

/** Files of workspace folders on this machine. */
export interface LocalFiles extends Files, FileStreams, FileContents, FileGlances {
  /** Rejects where links lead out of the folder. */
  requireInside(folder: string, path: string): Promise<void>;
}

/** In an untrusted workspace, whose files nobody vouches for, none is read. */
export function localFiles(): LocalFiles {
  const requireTrust = (): void => {
    if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
  };
  return {
    read: async (folder, path) => {
      requireTrust();
      return (await import('../node/workspaceFiles')).workspaceFiles.read(folder, path);
    },
    open: async function* (folder, path) {
      requireTrust();
      yield* (await import('../node/workspaceFiles')).workspaceFileStreams.open(folder, path);
    },
    content: async (folder, path) => {
      requireTrust();
      return (await import('../node/workspaceFiles')).workspaceFileContents.content(folder, path);
    },
    stamp: async (folder, path) => {
      requireTrust();
      return (await import('../node/workspaceFiles')).workspaceFileGlances.stamp(folder, path);
    },
    head: async (folder, path, most) => {
      requireTrust();
      return (await import('../node/workspaceFiles')).workspaceFileGlances.head(folder, path, most);
    },
    requireInside: async (folder, path) => (await import('../node/workspaceFiles')).requireInside(folder, path),
  };
}
