import * as vscode from 'vscode';
import type { History } from '../history/history';
import { internalCommands } from '../ids';
import type { RequestDocuments } from '../requests/requestDocuments';
import type { WorkspaceIndex } from '../requests/workspaceIndex';
import type { OpenApis } from '../apis/openApis';
import type { ApisNode } from './apisNode';
import { ApisTree } from './apisTree';
import { ConnectionsTree, type ConnectionsTreeDeps } from './connectionsTree';
import type { ConnectionsNode } from './connectionsNode';
import { HistoryTree, historyEntryIn, type HistoryNode, type HistoryTreeDeps } from './historyTree';
import { placeIn, type Place, type RequestsNode } from './requestsNode';
import { RequestsTree, type RequestsTreeDeps } from './requestsTree';

/** The views as activation has registered them. */
export interface ExplorerViews {
  readonly requests: vscode.TreeView<RequestsNode>;
  readonly connections: vscode.TreeView<ConnectionsNode>;
  readonly apis: vscode.TreeView<ApisNode>;
  readonly history: vscode.TreeView<HistoryNode>;
}

export interface ExplorerDeps {
  readonly views: ExplorerViews;
  readonly requests: Omit<RequestsTreeDeps, 'sight'> & {
    readonly index: WorkspaceIndex;
    readonly documents: RequestDocuments;
  };
  readonly connections: Omit<ConnectionsTreeDeps, 'sight'>;
  readonly apis: OpenApis;
  readonly history: HistoryTreeDeps['history'] & Pick<History, 'delete'>;
}

/** What is behind the views of the activity bar. */
export class Explorer implements vscode.Disposable {
  readonly requests: RequestsTree;
  readonly connections: ConnectionsTree;
  readonly apis: ApisTree;
  readonly history: HistoryTree;
  readonly #deps: ExplorerDeps;
  readonly #subscription: vscode.Disposable;

  constructor(deps: ExplorerDeps) {
    this.#deps = deps;
    this.requests = new RequestsTree({ ...deps.requests, sight: deps.views.requests });
    this.connections = new ConnectionsTree({ ...deps.connections, sight: deps.views.connections });
    this.apis = new ApisTree(deps.apis);
    this.history = new HistoryTree({ history: deps.history, sight: deps.views.history });
    this.#subscription = vscode.commands.registerCommand(internalCommands.openRequest, (uri: unknown, name: unknown) =>
      uri instanceof vscode.Uri && typeof name === 'string' ? this.openRequest(uri, name) : undefined,
    );
  }

  /** What is selected in the Requests view. */
  get selection(): Place | undefined {
    return placeIn(this.#deps.views.requests.selection[0]);
  }

  /** Shows an API description, unfolded. */
  async revealApi(uri: string): Promise<void> {
    await this.#deps.views.apis.reveal(this.apis.root(uri), { expand: true, focus: true });
  }

  refreshRequests(): void {
    this.#deps.requests.index.refresh();
    this.requests.refresh();
  }

  /** The entry of a menu, or the one that is selected. */
  async deleteFromHistory(argument: unknown): Promise<void> {
    const entry = historyEntryIn(argument) ?? historyEntryIn(this.#deps.views.history.selection[0]);
    if (entry) await this.#deps.history.delete(entry.id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.requests.dispose();
    this.connections.dispose();
    this.apis.dispose();
    this.history.dispose();
  }

  /** Its file, with the cursor at its name: the index may be a moment behind, the text is not. */
  async openRequest(uri: vscode.Uri, name: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const file = this.#deps.requests.documents.ofDocument(document);
    const at = file.requests.find((request) => request.name === name)?.nameRange.start ?? 0;
    const position = document.positionAt(at);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  }
}
