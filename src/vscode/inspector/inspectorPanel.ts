import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { InspectorModel } from '../../shared/inspectorModel';
import { inspectorStrings } from '../../shared/inspectorStrings';
import { inspectorViewType } from '../ids';
import { connectPanel } from '../platform/connectPanel';
import { focusedColumn } from '../platform/focusedColumn';
import { translated } from '../platform/translated';
import { setUpWebview } from '../platform/webviewPage';
import { InspectorConversation } from './inspectorConversation';
import type { InspectorHandlers } from './inspectorHandlers';

export interface InspectorPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly handlers: InspectorHandlers;
}

/** The token inspector: a webview of its own. */
export class InspectorPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #conversation: InspectorConversation;

  /** `restored` is the panel that VS Code hands to a serializer; without it a new one opens. */
  constructor({ extensionUri, log, handlers }: InspectorPanelDeps, restored?: vscode.WebviewPanel) {
    const panel = restored ?? createPanel();
    this.#panel = panel;
    this.#conversation = new InspectorConversation({
      post: (message) => void panel.webview.postMessage(message),
      strings: translated(inspectorStrings),
      ...{ handlers, log },
    });
    connectPanel(panel, this.#conversation, () => setUpWebview(panel, extensionUri, 'inspector', titleOf()), log);
  }

  show(model: InspectorModel): void {
    this.#panel.title = model.session ? vscode.l10n.t('Token: {0}', model.session.account) : titleOf();
    this.#conversation.show(model);
  }

  announce(text: string): void {
    this.#conversation.announce(text);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Fires once, when the user closes the panel or {@link dispose} is called. */
  get onDidDispose(): vscode.Event<void> {
    return this.#panel.onDidDispose;
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** Beside a text; in the group of a runner from which it was opened, so that no third group appears. */
function createPanel(): vscode.WebviewPanel {
  const active = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isView = active === undefined || active instanceof vscode.TabInputWebview;
  const column = isView ? focusedColumn() : vscode.ViewColumn.Beside;
  return vscode.window.createWebviewPanel(inspectorViewType, titleOf(), column, { enableScripts: true });
}

function titleOf(): string {
  return vscode.l10n.t('Token Inspector');
}
