import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { OpenDescription, OperationSummary } from '../../core/openapi/openDescription';
import { apisNodeIn, type ApisNode } from '../explorer/apisNode';
import { safeNotification, errorText } from '../platform/errorText';
import { plainLabel } from '../platform/plainLabel';
import { askDescription } from './askDescription';
import { addWithProgress, type OpenApis } from './openApis';
import type { OperationWriter, WrittenOperation } from './operationWriter';

export interface ApiCommandsDeps {
  readonly apis: OpenApis;
  readonly writer: OperationWriter;
  /** Shows a description in the APIs view. */
  readonly reveal: (uri: string) => Promise<void>;
  /** Shows a request in its file and in the runner. */
  readonly openRequest: (written: WrittenOperation) => Promise<void>;
}

/** The commands about API descriptions. */
export class ApiCommands {
  readonly #deps: ApiCommandsDeps;

  constructor(deps: ApiCommandsDeps) {
    this.#deps = deps;
  }

  /**
   * `latchkey.openApiDescription(uri?)`: opens a description in the APIs view. Without an argument the user is asked
   * which.
   * @throws LatchkeyError `description.*`, `workspace.untrusted`
   */
  async open(argument: unknown): Promise<void> {
    requireTrust();
    const uri = await uriOf(argument);
    if (uri === undefined) return;
    const description = await addWithProgress(this.#deps.apis, uri);
    if (!description) return;
    tellMissing(description);
    await this.#deps.reveal(uri);
  }

  /** What a click on an operation does: its request, which is written first where there is none, in the runner. */
  async openOperation(uri: unknown, id: unknown): Promise<void> {
    requireTrust();
    if (typeof uri !== 'string' || !this.#deps.apis.uris.includes(uri)) return;
    const description = await this.#deps.apis.get(uri);
    const operation = description.summary.operations.find((each) => each.id === id);
    if (!operation) return;
    const written = await this.#deps.writer.open(uri, description, operation);
    if (written) await this.#deps.openRequest(written);
  }

  /** Looks for an operation in all descriptions, or in the one that a menu is about. */
  async find(argument: unknown): Promise<void> {
    requireTrust();
    const node = this.#nodeIn(argument);
    const uris = node ? [node.api] : this.#deps.apis.uris;
    if (uris.length === 0) return this.open(undefined);
    const items = (await Promise.all(uris.map((uri) => this.#itemsOf(uri, uris.length > 1)))).flat();
    const title = vscode.l10n.t('Find Operation');
    const placeHolder = vscode.l10n.t('Part of a path, a method or what it does');
    const options = { ignoreFocusOut: true, title, placeHolder, matchOnDescription: true, matchOnDetail: true };
    const chosen = await vscode.window.showQuickPick(items, options);
    if (chosen) await this.openOperation(chosen.uri, chosen.operation.id);
  }

  /**
   * Writes what a menu of the view is about into a request file that the user chooses: an operation, or all of a tag or
   * of a description.
   */
  async add(argument: unknown): Promise<void> {
    requireTrust();
    const node = this.#nodeIn(argument);
    if (!node) return this.find(undefined);
    const description = await this.#deps.apis.get(node.api);
    const { operations } = description.summary;
    const tag = node.kind === 'tag' ? node.tag?.name : undefined;
    const wanted =
      node.kind === 'operation'
        ? [node.operation]
        : node.kind === 'description'
          ? operations
          : operations.filter(({ tags }) => (tag === undefined ? tags.length === 0 : tags.includes(tag)));
    const ids = wanted.map(({ id }) => id);
    const written = await this.#deps.writer.add(node.api, description, ids);
    if (written) await this.#deps.openRequest(written);
  }

  async remove(argument: unknown): Promise<void> {
    const node = this.#nodeIn(argument);
    if (node) await this.#deps.apis.remove(node.api);
  }

  /** Reads a description anew, or all of them. */
  refresh(argument: unknown): void {
    const node = this.#nodeIn(argument);
    for (const uri of node ? [node.api] : this.#deps.apis.uris) this.#deps.apis.refresh(uri);
  }

  /** The node that a menu is about, as long as its description is in the view. */
  #nodeIn(argument: unknown): ApisNode | undefined {
    const node = apisNodeIn(argument);
    return node && this.#deps.apis.uris.includes(node.api) ? node : undefined;
  }

  async #itemsOf(uri: string, isOneOfSeveral: boolean): Promise<readonly OperationItem[]> {
    const { summary } = await this.#deps.apis.get(uri);
    return summary.operations.map((operation) => ({
      label: plainLabel(`${operation.method} ${operation.path}`),
      description: operation.summary ?? '',
      ...(isOneOfSeveral ? { detail: summary.title } : {}),
      uri,
      operation,
    }));
  }
}

interface OperationItem extends vscode.QuickPickItem {
  readonly uri: string;
  readonly operation: OperationSummary;
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new LatchkeyError('workspace.untrusted');
}

function uriOf(argument: unknown): Promise<string | undefined> {
  if (argument instanceof vscode.Uri) return Promise.resolve(argument.toString());
  return typeof argument === 'string' ? Promise.resolve(argument) : askDescription();
}

/** Parts of a description that could not be had are no reason not to show the rest. */
function tellMissing({ summary, missing }: OpenDescription): void {
  const [first] = missing;
  if (!first) return;
  const { message, next } = errorText(first);
  const more = missing.length > 1 ? ` ${vscode.l10n.t('(and {0} more)', missing.length - 1)}` : '';
  const text = vscode.l10n.t('Parts of {0} are missing. {1}', summary.title, `${message}${more} ${next}`);
  void vscode.window.showInformationMessage(safeNotification(text));
}
