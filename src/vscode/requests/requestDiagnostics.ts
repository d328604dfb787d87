import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import { checkProjectFile } from '../../core/request/checkProjectFile';
import { checkRequestFileInSteps } from '../../core/request/checkRequestFile';
import type { RequestFile } from '../../core/request/model';
import { checkRunInSteps } from '../../core/run/checkRun';
import { Library } from '../../core/run/library';
import { checkNamedFiles, isOutOfReach, namedFiles, rowsOfFiles, type NamedFile } from '../../core/run/namedFiles';
import type { FilePlace } from '../../core/run/site';
import type { Diagnostic } from '../../core/request/diagnostic';
import { parseProjectFile } from '../../core/request/parseProjectFile';
import { pitfallsIn, RequestFilePitfalls } from '../../core/request/pitfalls';
import { diagnosticText } from '../platform/errorText';
import { runInSlices } from '../platform/runInSlices';
import { placeOf } from '../run/filePlaces';
import type { EnvironmentChoice } from './environmentChoice';
import type { FileLooks } from './fileLooks';
import type { FileWatch } from './fileWatch';
import { projectFileName, type Project, type ProjectFiles } from './projectFiles';
import type { RequestDocuments } from './requestDocuments';
import { isProjectFile, isRequestFile } from './requestFileNames';

export interface RequestDiagnosticsDeps {
  readonly documents: RequestDocuments;
  readonly projects: ProjectFiles;
  readonly environment: EnvironmentChoice;
  readonly looks: FileLooks;
  readonly watch: Pick<FileWatch, 'onDidChange'>;
}

interface Found {
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Marks mistakes in open request and project files as the user types. Every change is checked at once, in slices that
 * leave the extension host to others, and a check is dropped when the next change comes. Other files of the workspace
 * get no marks: what is not open is nobody's work at the moment.
 */
export class RequestDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('latchkey');
  readonly #documents: RequestDocuments;
  readonly #projects: ProjectFiles;
  readonly #environment: EnvironmentChoice;
  readonly #looks: FileLooks;
  readonly #subscriptions: readonly Disposable[];
  /** The latest check of each document, by URI: only that one counts. */
  readonly #checks = new Map<string, symbol>();
  readonly #pitfalls = new Map<string, RequestFilePitfalls>();
  readonly #found = new Map<string, Found>();

  constructor({ documents, projects, environment, looks, watch }: RequestDiagnosticsDeps) {
    this.#documents = documents;
    this.#projects = projects;
    this.#environment = environment;
    this.#looks = looks;
    const refreshAll = (): void => this.refreshAll();
    this.#subscriptions = [
      this.#collection,
      vscode.workspace.onDidOpenTextDocument((document) => void this.#refresh(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        void this.#refresh(document);
        if (isRequestFile(document.uri)) void this.#refreshImporters(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#checks.delete(uri.toString());
        this.#collection.delete(uri);
        this.#pitfalls.delete(uri.toString());
        this.#found.delete(uri.toString());
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(refreshAll),
      projects.onDidChange(refreshAll),
      environment.onDidChange(refreshAll),
      watch.onDidChange(() => this.#refreshRequests()),
    ];
    this.refreshAll();
  }

  refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.#refresh(document);
  }

  #refreshRequests(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isRequestFile(document.uri)) void this.#refresh(document);
    }
  }

  /** What other open files say of the requests that they import may have become wrong, or right. */
  async #refreshImporters(changed: vscode.TextDocument): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (document === changed || !isRequestFile(document.uri)) continue;
      const file = await this.#documents.whenRead(document);
      if (file && file.imports.length > 0) void this.#refresh(document);
    }
  }

  /** What is marked in a document as it is now; empty while it is being looked at. */
  of(document: vscode.TextDocument): readonly Diagnostic[] {
    const found = this.#found.get(document.uri.toString());
    return found?.version === document.version ? found.diagnostics : [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refresh(document: vscode.TextDocument): Promise<void> {
    if (!isRequestFile(document.uri) && !isProjectFile(document.uri)) return;
    const key = document.uri.toString();
    const check = Symbol(key);
    this.#checks.set(key, check);
    // A change since is checked by a newer one, and so is what the project file or the environment has become.
    const isOutdated = (): boolean => this.#checks.get(key) !== check;
    if (isRequestFile(document.uri)) {
      await this.#checkRequests(document, isOutdated);
      return;
    }
    const found = await this.#checkProject(document);
    if (!isOutdated()) this.#show(document, found);
  }

  async #checkRequests(document: vscode.TextDocument, isOutdated: () => boolean): Promise<void> {
    const text = document.getText();
    const file = await this.#documents.whenRead(document);
    const found = file && !isOutdated() ? await this.#mistakesIn(document.uri, file, isOutdated) : undefined;
    if (!file || !found || isOutdated()) return;
    const steps = this.#pitfallsOf(document.uri).find(text, file);
    const first = steps.next();
    // A file that is opened has much to be looked through; what is known already need not wait for it.
    if (first.done !== true) this.#show(document, found);
    const pitfalls = first.done === true ? first.value : await runInSlices(steps, isOutdated);
    if (pitfalls && !isOutdated()) this.#show(document, [...found, ...pitfalls]);
  }

  #show(document: vscode.TextDocument, diagnostics: readonly Diagnostic[]): void {
    this.#found.set(document.uri.toString(), { version: document.version, diagnostics });
    if (diagnostics.length === 0 && !this.#collection.has(document.uri)) return;
    this.#collection.set(
      document.uri,
      diagnostics.map((diagnostic) => toVsCodeDiagnostic(document, diagnostic)),
    );
  }

  /** `undefined` when nobody wants to know any more. */
  async #mistakesIn(
    uri: vscode.Uri,
    file: RequestFile,
    isOutdated: () => boolean,
  ): Promise<readonly Diagnostic[] | undefined> {
    // Before the workspace is trusted no other file is read, so only what the file itself says is checked.
    if (!vscode.workspace.isTrusted) return file.diagnostics;
    const project = await this.#projectOf(uri);
    if (isOutdated()) return undefined;
    const environment = this.#environment.activeIn(project);
    const place = placeOf({ uri, file, project, environment });
    const named = await runInSlices(namedFiles(place), isOutdated);
    const rows = named && (await rowsOfFiles(place, named, this.#looks));
    if (!rows || isOutdated()) return undefined;
    const checked = await runInSlices(checkRequestFileInSteps(file, project?.file, environment, rows), isOutdated);
    const related = checked && (await this.#checkRelated(place, named, isOutdated));
    return related && [...file.diagnostics, ...checked, ...related];
  }

  /** How its requests depend on each other and on those of the files that it imports, and which files it names. */
  async #checkRelated(
    place: FilePlace,
    named: readonly NamedFile[],
    isOutdated: () => boolean,
  ): Promise<readonly Diagnostic[] | undefined> {
    const { environment } = place;
    const library = await Library.load([place], async (folder, path) => {
      const imported = vscode.Uri.joinPath(vscode.Uri.parse(folder), path);
      if (!isRequestFile(imported)) return undefined;
      if (isOutOfReach(await this.#looks.look(folder, path))) return 'outside';
      const found = await this.#documents.read(imported).catch(() => undefined);
      return found && placeOf({ uri: imported, file: found, project: await this.#projectOf(imported), environment });
    });
    if (isOutdated()) return undefined;
    const run = await runInSlices(checkRunInSteps(place, library), isOutdated);
    return run && [...run, ...(await checkNamedFiles(place, named, this.#looks))];
  }

  async #checkProject(document: vscode.TextDocument): Promise<readonly Diagnostic[]> {
    const parsed = parseProjectFile(document.getText());
    const pitfalls = pitfallsIn(document.getText());
    // The private overrides hold what is missing here, secrets too, and are no file of their own to check.
    if (!document.uri.path.endsWith(`/${projectFileName}`)) {
      return [...parsed.diagnostics, ...pitfalls.filter(({ code }) => code !== 'request.looksLikeSecret')];
    }
    const own = [...parsed.diagnostics, ...pitfalls];
    if (!vscode.workspace.isTrusted) return own;
    const project = await this.#projectOf(document.uri);
    const placed = { ...parsed, directory: project?.file.directory };
    const checked = checkProjectFile(placed, this.#environment.activeIn(project), project?.file);
    return [...own, ...checked];
  }

  #pitfallsOf(uri: vscode.Uri): RequestFilePitfalls {
    const known = this.#pitfalls.get(uri.toString()) ?? new RequestFilePitfalls();
    this.#pitfalls.set(uri.toString(), known);
    return known;
  }

  /** A project file that cannot be read is missing here; whoever sends is told why. */
  #projectOf(uri: vscode.Uri): Promise<Project | undefined> {
    return this.#projects.nearestWhileTyping(uri);
  }
}

/** A diagnostic in VS Code's shape: both sentences, and the code that search engines and tests can find. */
export function toVsCodeDiagnostic(document: vscode.TextDocument, diagnostic: Diagnostic): vscode.Diagnostic {
  const { message, next } = diagnosticText(diagnostic);
  const range = new vscode.Range(
    document.positionAt(diagnostic.range.start),
    document.positionAt(diagnostic.range.end),
  );
  const result = new vscode.Diagnostic(range, `${message} ${next}`.trim(), severities[diagnostic.severity]);
  result.source = 'Latchkey';
  result.code = diagnostic.code;
  return result;
}

const severities: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};
