import * as vscode from 'vscode';
import {
  occurrencesInEnvFile,
  occurrencesInProjectFile,
  occurrencesInRequestFile,
  type LanguageFileKind,
  type Occurrence,
} from '../../core/language/occurrences';
import { Symbols, type SymbolFile } from '../../core/language/symbols';
import { importPaths } from '../../core/language/importPaths';
import { Reporter } from '../../core/request/reporter';
import { parseYaml } from '../../core/request/yaml/parseYaml';
import { readFileText } from '../requests/fileTexts';
import { localProjectFileName, projectFileName, trustedFolder } from '../requests/projectFiles';
import { isProjectFile, isRequestFile } from '../requests/requestFileNames';
import { TextCache } from '../requests/textCache';

/** A file with its names, and its text as it was when they were found. */
interface ReadFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly kind: LanguageFileKind;
}

export interface WorkspaceSymbols {
  readonly symbols: Symbols;
  readonly textOf: (uri: string) => string;
}

/** The names in the request files, project files and `.env` files of the workspace, as they are now. */
export class SymbolFiles {
  readonly #request = new TextCache(readRequestFile);
  readonly #project = new TextCache((text: string) => occurrencesInProjectFile(parseYaml(text, new Reporter())));

  /** In a workspace that is not trusted: of the open files only. */
  async read(near: vscode.Uri): Promise<WorkspaceSymbols> {
    const files = await readAll(near);
    const projects = new Set(files.filter(({ kind }) => kind === 'project').map(({ uri }) => parentOf(uri)));
    const texts = new Map(files.map(({ uri, text }) => [uri.toString(), text]));
    const symbols = new Symbols(files.map((file) => this.#symbolFile(file, projects)));
    return { symbols, textOf: (uri) => texts.get(uri) ?? '' };
  }

  #symbolFile({ uri, text, kind }: ReadFile, projects: ReadonlySet<string>): SymbolFile {
    const id = uri.toString();
    const shared = { uri: id, kind, project: projectOf(uri, projects), folder: trustedFolder(uri) };
    if (kind === 'env') return { ...shared, imports: [], occurrences: occurrencesInEnvFile(text) };
    if (kind === 'project') return { ...shared, imports: [], occurrences: this.#project.get(id, text) };
    const { imports, occurrences } = this.#request.get(id, text);
    return { ...shared, imports: imports.map((path) => vscode.Uri.joinPath(uri, '..', path).toString()), occurrences };
  }
}

function readRequestFile(text: string): {
  readonly imports: readonly string[];
  readonly occurrences: readonly Occurrence[];
} {
  const root = parseYaml(text, new Reporter());
  return { imports: importPaths(root), occurrences: occurrencesInRequestFile(root) };
}

async function readAll(near: vscode.Uri): Promise<readonly ReadFile[]> {
  const uris = new Map<string, vscode.Uri>();
  for (const uri of [...(await findFiles(near)), ...vscode.workspace.textDocuments.map(({ uri }) => uri)]) {
    if (kindOf(uri) !== undefined && uri.scheme === near.scheme) uris.set(uri.toString(), uri);
  }
  const read = await Promise.all(
    [...uris.values()].map(async (uri): Promise<ReadFile | undefined> => {
      const kind = kindOf(uri);
      const text = await readFileText(uri).catch(() => undefined);
      return kind && text && { uri, kind, text: text.text };
    }),
  );
  return read.filter((file) => file !== undefined);
}

/** In the folder of the file alone, outside of a workspace folder. */
async function findFiles(near: vscode.Uri): Promise<readonly vscode.Uri[]> {
  if (!vscode.workspace.isTrusted) return [];
  const names = `{*.http.yaml,*.http.yml,${projectFileName},${localProjectFileName},.env}`;
  const folder = vscode.workspace.getWorkspaceFolder(near);
  const base = folder ?? vscode.Uri.joinPath(near, '..');
  const pattern = new vscode.RelativePattern(base, folder ? `**/${names}` : names);
  return vscode.workspace.findFiles(pattern, '**/node_modules/**');
}

function kindOf(uri: vscode.Uri): LanguageFileKind | undefined {
  if (isRequestFile(uri)) return 'request';
  if (isProjectFile(uri)) return 'project';
  return uri.path.endsWith('/.env') ? 'env' : undefined;
}

/** The folder of the project file that counts: the nearest one above that has any, else that of the file itself. */
function projectOf(uri: vscode.Uri, projects: ReadonlySet<string>): string {
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    const id = folder.toString();
    if (projects.has(id)) return id;
    if (folder.path === '/' || folder.path === '') return parentOf(uri);
  }
}

function parentOf(uri: vscode.Uri): string {
  return vscode.Uri.joinPath(uri, '..').toString();
}
