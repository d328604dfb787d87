import * as vscode from 'vscode';
import { nothingKnown, type LanguageFile } from '../../core/language/languageFile';
import type { RequestFile } from '../../core/request/model';
import { isOutOfReach } from '../../core/run/namedFiles';
import { parseProjectFile } from '../../core/request/parseProjectFile';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import type { FileLooks } from '../requests/fileLooks';
import { projectFileName, trustedFolder, type Project, type ProjectFiles } from '../requests/projectFiles';
import type { RequestDocuments } from '../requests/requestDocuments';
import { fileNamed } from './fileNamed';
import { isRequestFile, requestFileSelector } from '../requests/requestFileNames';

/** Request files, project files and their local overrides. */
export const languageSelector: vscode.DocumentSelector = [
  ...(requestFileSelector as readonly vscode.DocumentFilter[]),
  { pattern: '**/latchkey.yaml' },
  { pattern: '**/latchkey.local.yaml' },
];

/** A file in the editor with the project around it. */
export interface SurroundedFile {
  readonly file: LanguageFile;
  /** `undefined` where there is none, or it may not be read. */
  readonly project: Project | undefined;
}

/** Files imported by one file whose requests are offered. */
const MOST_IMPORTS = 50;

/** What the language features look at. */
export class LanguageFiles {
  readonly #documents: RequestDocuments;
  readonly #projects: ProjectFiles;
  readonly #environment: EnvironmentChoice;
  readonly #looks: FileLooks;

  constructor(documents: RequestDocuments, projects: ProjectFiles, environment: EnvironmentChoice, looks: FileLooks) {
    this.#documents = documents;
    this.#projects = projects;
    this.#environment = environment;
    this.#looks = looks;
  }

  /** What the document itself says, without other files; `undefined` when it changed meanwhile. */
  async alone(document: vscode.TextDocument): Promise<LanguageFile | undefined> {
    const text = document.getText();
    const common = { text, environment: undefined, known: nothingKnown };
    if (isRequestFile(document.uri)) {
      const requests = await this.#documents.whenRead(document);
      return requests && { ...common, kind: 'request', requests, project: undefined };
    }
    return { ...common, kind: 'project', requests: undefined, project: parseProjectFile(text) };
  }

  /** The document with its project and what it imports; before the workspace is trusted, alone. `undefined`: it changed meanwhile. */
  async surrounded(document: vscode.TextDocument): Promise<SurroundedFile | undefined> {
    const alone = await this.alone(document);
    if (!alone) return undefined;
    if (!vscode.workspace.isTrusted) return { file: alone, project: undefined };
    // A project file that cannot be read is missing here; whoever sends is told why.
    const project = await this.#projects.nearestWhileTyping(document.uri);
    const environment = this.#environment.activeIn(project);
    const isMain = alone.kind === 'request' || document.uri.path.endsWith(`/${projectFileName}`);
    const merged = isMain ? (project?.file ?? alone.project) : alone.project;
    const imported = await this.#imported(document.uri, alone);
    return { file: { ...alone, project: merged, environment, known: { imported } }, project };
  }

  async #imported(uri: vscode.Uri, { requests }: LanguageFile): Promise<readonly RequestFile[]> {
    const uris = (requests?.imports ?? []).flatMap(({ name }) => fileNamed(uri, name) ?? []).filter(isRequestFile);
    const files = uris.slice(0, MOST_IMPORTS).map((each) => this.#read(each));
    return (await Promise.all(files)).filter((file) => file !== undefined);
  }

  /** Nothing where a link leads out of the workspace folder: sending would not read that either. */
  async #read(uri: vscode.Uri): Promise<RequestFile | undefined> {
    const folder = trustedFolder(uri);
    const path = uri.path.slice(vscode.Uri.parse(folder).path.length + 1);
    if (isOutOfReach(await this.#looks.look(folder, path))) return undefined;
    return this.#documents.read(uri).catch(() => undefined);
  }
}
