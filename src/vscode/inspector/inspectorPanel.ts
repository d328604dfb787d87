import * as vscode from 'vscode';
import type { Event } from '../../core/emitter';
import type { Log } from '../../core/ports';
import type { InspectorModel } from '../../shared/inspectorModel';
import { inspectorStrings } from '../../shared/inspectorStrings';
import { inspectorViewType } from '../ids';
import { focusedColumn } from '../platform/focusedColumn';
import { translated } from '../platform/translated';
import { offerReload } from '../platform/offerReload';
import { ViewPanel, type PanelPlace } from '../platform/viewPanel';
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
  readonly #panel: ViewPanel;
  readonly #conversation: InspectorConversation;

  /** `restored` is the panel that VS Code hands to a serializer; without it a new one opens. */
  constructor({ extensionUri, log, handlers }: InspectorPanelDeps, restored?: vscode.WebviewPanel) {
    const conversation = new InspectorConversation({
      post: (message) => this.#panel.post(message),
      strings: translated(inspectorStrings),
      ...{ handlers, log },
    });
    const load = (panel: vscode.WebviewPanel): void => setUpWebview(panel, extensionUri, 'inspector', titleOf());
    this.#conversation = conversation;
    this.#panel = new ViewPanel({ conversation, open: createPanel, giveUp: offerReload, load, log }, restored);
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
  get onDidDispose(): Event<void> {
    return this.#panel.onDidDispose;
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** Beside a text; in the group of a runner from which it was opened, so that no third group appears. */
function createPanel(place?: PanelPlace): vscode.WebviewPanel {
  const active = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isView = active === undefined || active instanceof vscode.TabInputWebview;
  const where = { viewColumn: isView ? focusedColumn() : vscode.ViewColumn.Beside, ...place };
  return vscode.window.createWebviewPanel(inspectorViewType, titleOf(), where, { enableScripts: true });
}

function titleOf(): string {
  return vscode.l10n.t('Token Inspector');
}
