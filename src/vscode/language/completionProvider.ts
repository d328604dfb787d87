import * as vscode from 'vscode';
import { isForbidden } from '../../core/files/workspacePath';
import { completeAt } from '../../core/language/completeAt';
import type { Completion } from '../../core/language/completion';
import type { FilePlace } from '../../core/language/filePlace';
import type { LanguageFile } from '../../core/language/languageFile';
import { connectionInTheMaking } from '../../core/request/resolveConnection';
import { internalCommands } from '../ids';
import type { KnowledgeGatherer } from './knowledge';
import type { LanguageFiles } from './languageFiles';
import { fileNamed } from './fileNamed';
import type { OfferedScopes } from './offeredScopes';
import { vsCodeRange } from './ranges';

/** Entries of one folder that are offered. */
const MOST_ENTRIES = 500;

/** Offers what can be put in at the cursor of a request or project file. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  readonly #files: LanguageFiles;
  readonly #knowledge: KnowledgeGatherer;
  readonly #offered: Pick<OfferedScopes, 'of'>;

  constructor(files: LanguageFiles, knowledge: KnowledgeGatherer, offered: Pick<OfferedScopes, 'of'>) {
    this.#files = files;
    this.#knowledge = knowledge;
    this.#offered = offered;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    context: vscode.CompletionContext,
  ): Promise<vscode.CompletionList | undefined> {
    const offset = document.offsetAt(position);
    const file = (await this.#files.surrounded(document))?.file;
    if (!file) return undefined;
    const known = await this.#knowledge.at(document, file, offset);
    if (token.isCancellationRequested) return undefined;
    const typed = context.triggerKind === vscode.CompletionTriggerKind.TriggerCharacter;
    const { items, files, isPartial, scopesOf } = completeAt(
      { ...file, known: { ...file.known, ...known } },
      offset,
      typed ? context.triggerCharacter : undefined,
    );
    const all = files ? [...items, ...(await entriesOf(document.uri, files))] : items;
    const shown = all.map((item, index) => toVsCodeItem(document, item, index));
    const asking = scopesOf === undefined ? undefined : this.#asking(document, position, file, scopesOf);
    return new vscode.CompletionList(asking ? [...shown, asking] : shown, isPartial);
  }

  /** Offers to ask a server for its scopes that was not asked yet. */
  #asking(
    { uri }: vscode.TextDocument,
    position: vscode.Position,
    { project, environment }: LanguageFile,
    name: string,
  ): vscode.CompletionItem | undefined {
    const connection = project && connectionInTheMaking(project, name, environment);
    if (!connection || !vscode.workspace.isTrusted || this.#offered.of(connection)) return undefined;
    const title = vscode.l10n.t('Ask {0} for its scopes…', new URL(connection.issuer).host);
    const item = new vscode.CompletionItem(title, vscode.CompletionItemKind.Event);
    // It puts nothing in, whatever has been typed.
    item.insertText = '';
    item.range = new vscode.Range(position, position);
    item.filterText = '';
    item.sortText = '9';
    item.command = { command: internalCommands.askScopes, title, arguments: [uri, name] };
    return item;
  }
}

function toVsCodeItem(document: vscode.TextDocument, completion: Completion, index: number): vscode.CompletionItem {
  const { label, kind, detail, docs, insert, range, filter = label, rank = 5, more } = completion;
  const item = new vscode.CompletionItem(detail === undefined ? label : { label, description: detail }, kinds[kind]);
  item.insertText = new vscode.SnippetString(insert);
  item.range = vsCodeRange(document, range);
  item.filterText = filter;
  item.sortText = `${rank}${String(index).padStart(5, '0')}`;
  if (docs !== undefined) item.documentation = vscode.l10n.t(docs);
  if (more === true) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  variable: vscode.CompletionItemKind.Variable,
  request: vscode.CompletionItemKind.Method,
  capture: vscode.CompletionItemKind.Field,
  connection: vscode.CompletionItemKind.Interface,
  source: vscode.CompletionItemKind.Function,
  filter: vscode.CompletionItemKind.Operator,
  file: vscode.CompletionItemKind.File,
  folder: vscode.CompletionItemKind.Folder,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** What is in the folder that is typed. Links are left out, as they can lead out of the workspace folder. */
async function entriesOf(uri: vscode.Uri, place: FilePlace): Promise<readonly Completion[]> {
  const folder = vscode.workspace.isTrusted ? await folderNamed(uri, place.folder) : undefined;
  if (!folder) return [];
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  return entries
    .filter(([name, type]) => (type & vscode.FileType.SymbolicLink) === 0 && !isForbidden([name]))
    .map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }))
    .filter(({ name, isFolder }) => isFolder || !place.requestFiles || /\.http\.ya?ml$/.test(name))
    .slice(0, MOST_ENTRIES)
    .map((entry) => place.completion(entry));
}

/** The folder, unless the way to it leads through a link or out of the workspace folder. */
async function folderNamed(uri: vscode.Uri, typed: string): Promise<vscode.Uri | undefined> {
  // A name stands for whatever is in the folder: the workspace folder itself is no file that can be named.
  const target = fileNamed(uri, `${typed}file`);
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!target || !top) return undefined;
  const folder = vscode.Uri.joinPath(target, '..');
  for (let step = folder; step.path.length > top.path.length; step = vscode.Uri.joinPath(step, '..')) {
    const stat = await vscode.workspace.fs.stat(step).then(
      (found) => found,
      () => undefined,
    );
    if (!stat || (stat.type & vscode.FileType.SymbolicLink) !== 0) return undefined;
  }
  return folder;
}
