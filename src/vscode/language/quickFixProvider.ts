import * as vscode from 'vscode';
import { movableSecret } from '../../core/language/quickFixes/moveSecret';
import type { QuickFix, SourceText } from '../../core/language/quickFixes/quickFix';
import { quickFixes } from '../../core/language/quickFixes/quickFixes';
import type { Diagnostic } from '../../core/request/diagnostic';
import { Reporter } from '../../core/request/reporter';
import { parseYaml } from '../../core/request/yaml/parseYaml';
import { quickFixTexts } from '../../core/text/quickFixTexts';
import { commands, internalCommands } from '../ids';
import type { EnvironmentChoice } from '../requests/environmentChoice';
import { readFileText } from '../requests/fileTexts';
import type { ProjectFiles } from '../requests/projectFiles';
import { isProjectFile } from '../requests/requestFileNames';
import type { RequestDiagnostics } from '../requests/requestDiagnostics';
import { rangeInText, textRange } from './ranges';

export interface QuickFixProviderDeps {
  readonly diagnostics: Pick<RequestDiagnostics, 'of'>;
  readonly projects: Pick<ProjectFiles, 'nearest'>;
  readonly environment: Pick<EnvironmentChoice, 'activeIn'>;
}

/** Literals that can be moved out of the file. */
const literalCodes: ReadonlySet<string> = new Set<Diagnostic['code']>([
  'request.looksLikeSecret',
  'request.literalSecret',
  'connection.secretInFile',
]);

const withoutConnection: ReadonlySet<string> = new Set<Diagnostic['code']>([
  'request.unknownConnection',
  'request.unknownConnectionHere',
  'request.noProjectFile',
]);

/** Mistakes that another command puts right, with the name that it has in the menu. */
function commandFor(code: Diagnostic['code']): vscode.Command | undefined {
  if (code === 'variable.needsEnvironment' || code === 'variable.notInEnvironment') {
    return { command: commands.selectEnvironment, title: vscode.l10n.t('Select an Environment…') };
  }
  if (!withoutConnection.has(code)) return undefined;
  return { command: commands.addConnection, title: vscode.l10n.t('Add a Connection…') };
}

/** What can be done about the mistakes that Latchkey marks. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #deps: QuickFixProviderDeps;

  constructor(deps: QuickFixProviderDeps) {
    this.#deps = deps;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const marked = diagnostics.filter(({ source }) => source === 'Latchkey');
    if (marked.length === 0) return [];
    const file = sourceOf(document.uri, document.getText());
    const project = await this.#project(document.uri);
    const environment = project?.environment;
    const found = this.#deps.diagnostics.of(document);
    return marked.flatMap((shown) => {
      const range = textRange(document, shown.range);
      const diagnostic = found.find((each) => each.code === shown.code && isSame(each.range, range));
      if (!diagnostic) return [];
      const fixes = quickFixes(diagnostic, { file, project: project?.source, environment });
      return [
        ...fixes.map((fix) => editAction(fix, shown, fix.target === 'file' ? file : (project?.source ?? file))),
        ...commandActions(diagnostic, shown),
        ...this.#secretActions(document, file, diagnostic, shown),
      ];
    });
  }

  #secretActions(
    { uri }: vscode.TextDocument,
    file: SourceText,
    { code, range }: Diagnostic,
    shown: vscode.Diagnostic,
  ): vscode.CodeAction[] {
    if (!literalCodes.has(code) || !vscode.workspace.isTrusted || !movableSecret(file, range)) return [];
    const action = new vscode.CodeAction(vscode.l10n.t('Move to SecretStorage…'), vscode.CodeActionKind.QuickFix);
    action.command = { command: internalCommands.moveToSecretStorage, title: action.title, arguments: [uri, range] };
    action.diagnostics = [shown];
    action.isPreferred = true;
    return [action];
  }

  /** The project file that counts, open in the editor or not; none for a mistake in a project file. */
  async #project(
    uri: vscode.Uri,
  ): Promise<{ readonly source: FileSource; readonly environment: string | undefined } | undefined> {
    if (isProjectFile(uri) || !vscode.workspace.isTrusted) return undefined;
    const project = await this.#deps.projects.nearest(uri).catch(() => undefined);
    const found = project && (await readFileText(project.uri).catch(() => undefined));
    if (!project || !found) return undefined;
    return { source: sourceOf(project.uri, found.text), environment: this.#deps.environment.activeIn(project) };
  }
}

function editAction(fix: QuickFix, shown: vscode.Diagnostic, { uri, text: source }: FileSource): vscode.CodeAction {
  const action = new vscode.CodeAction(
    vscode.l10n.t(quickFixTexts[fix.code], fix.data),
    vscode.CodeActionKind.QuickFix,
  );
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, text } of fix.edits) action.edit.replace(uri, rangeInText(source, range), text);
  action.diagnostics = [shown];
  action.isPreferred = fix.preferred === true;
  return action;
}

function commandActions({ code }: Diagnostic, shown: vscode.Diagnostic): vscode.CodeAction[] {
  const found = commandFor(code);
  if (!found) return [];
  const action = new vscode.CodeAction(found.title, vscode.CodeActionKind.QuickFix);
  action.command = found;
  action.diagnostics = [shown];
  return [action];
}

interface FileSource extends SourceText {
  readonly uri: vscode.Uri;
}

function sourceOf(uri: vscode.Uri, text: string): FileSource {
  return { uri, text, root: parseYaml(text, new Reporter()) };
}

function isSame(a: Diagnostic['range'], b: Diagnostic['range']): boolean {
  return a.start === b.start && a.end === b.end;
}
