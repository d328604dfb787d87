import * as vscode from 'vscode';
import type { IndexedFile } from '../../core/request/index/requestIndex';
import { Symbols, type SymbolFile } from '../../core/request/index/symbols';
import { trustedFolder } from '../requests/projectFiles';
import type { WorkspaceIndex } from '../requests/workspaceIndex';

export interface WorkspaceSymbols {
  readonly symbols: Symbols;
  readonly textOf: (uri: string) => string;
}

/** The names in the request files, project files and `.env` files of the workspace, as they are now. */
export class SymbolFiles {
  readonly #index: Pick<WorkspaceIndex, 'whenComplete'>;

  constructor(index: Pick<WorkspaceIndex, 'whenComplete'>) {
    this.#index = index;
  }

  /**
   * In a workspace that is not trusted: of the open files only.
   * @param near the file that somebody asks from.
   * @throws `AbortError`.
   */
  async read(near: vscode.Uri, signal: AbortSignal): Promise<WorkspaceSymbols> {
    const { files } = await this.#index.whenComplete(signal, near);
    const same = [...files].filter(([uri]) => uri.startsWith(`${near.scheme}:`));
    const projects = new Set(same.filter(([, { kind }]) => kind === 'project').map(([uri]) => parentOf(uri)));
    const symbols = new Symbols(same.map(([uri, file]) => symbolFile(uri, file, projects)));
    return { symbols, textOf: (uri) => files.get(uri)?.text ?? '' };
  }
}

function symbolFile(id: string, { kind, outline }: IndexedFile, projects: ReadonlySet<string>): SymbolFile {
  const uri = vscode.Uri.parse(id);
  return {
    ...{ uri: id, kind, names: outline.names },
    project: projectOf(id, projects),
    folder: trustedFolder(uri),
    imports: outline.imports.map((path) => vscode.Uri.joinPath(uri, '..', path).toString()),
  };
}

/** The folder of the project file that counts: the nearest one above that has any, else that of the file itself. */
function projectOf(uri: string, projects: ReadonlySet<string>): string {
  for (let folder = parentOf(uri); ; folder = parentOf(folder)) {
    if (projects.has(folder)) return folder;
    if (!folder.includes('/')) return parentOf(uri);
  }
}

/** Of a URI: everything before its last slash. */
function parentOf(uri: string): string {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}
