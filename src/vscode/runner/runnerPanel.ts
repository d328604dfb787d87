import * as vscode from 'vscode';
import type { Event } from '../../core/emitter';
import type { Exchange } from '../../core/http/exchange';
import type { Log } from '../../core/ports';
import type { BodyFilter } from '../../core/response/bodyFilter';
import type { BodyView } from '../../core/response/bodyView';
import { runnerStrings } from '../../shared/runnerStrings';
import type { RunnerModel } from '../../shared/viewModel';
import { runnerViewType } from '../ids';
import { errorText } from '../platform/errorText';
import { showFailure } from '../platform/showFailure';
import { translated } from '../platform/translated';
import { offerReload } from '../platform/offerReload';
import { ViewPanel, type PanelPlace } from '../platform/viewPanel';
import { setUpWebview } from '../platform/webviewPage';
import { renderMarkdown } from './renderMarkdown';
import { RunnerConversation } from './runnerConversation';
import type { RunnerHandlers } from './runnerHandlers';
import type { TypedTexts } from './typedTexts';

export interface RunnerPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly handlers: RunnerHandlers;
  readonly typed: TypedTexts;
  readonly filter: BodyFilter;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/**
 * The runner: a webview beside the editor. It holds the latest model and the body that goes with it, answers the
 * view's requests for rows itself, and hands everything else to the handlers.
 */
export class RunnerPanel implements vscode.Disposable {
  /** The type that `onWebviewPanel:` and the serializer name. */
  static readonly viewType = runnerViewType;

  readonly #panel: ViewPanel;
  readonly #conversation: RunnerConversation;

  /** `restored` is the panel that VS Code hands to a serializer; without it a new one opens beside, without focus. */
  constructor(deps: RunnerPanelDeps, restored?: vscode.WebviewPanel) {
    const { log } = deps;
    const conversation = new RunnerConversation({
      post: (message) => this.#panel.post(message),
      renderMarkdown,
      filter: deps.filter,
      pause: deps.pause,
      writeClipboard: (text) => vscode.env.clipboard.writeText(text),
      strings: translated(runnerStrings),
      handlers: deps.handlers,
      typed: deps.typed,
      errorText,
      showFailure: (error) => showFailure('An action of the runner', error, log),
      log,
    });
    const load = (panel: vscode.WebviewPanel): void => setUpWebview(panel, deps.extensionUri, 'runner', titleOf());
    this.#conversation = conversation;
    this.#panel = new ViewPanel({ conversation, open: createPanel, giveUp: offerReload, load, log }, restored);
  }

  /**
   * Replaces what is shown. `body` is the view of the body that `model` describes, when it describes one; `exchange`
   * what it is of.
   */
  show(model: RunnerModel, body?: BodyView, exchange?: Exchange): void {
    this.#panel.title = model.request?.name ?? titleOf();
    this.#conversation.show(model, body, exchange);
  }

  /** Whether people have the request before them in fields, with what they have typed. */
  get isEditing(): boolean {
    return this.#conversation.isEditing;
  }

  /** The file of the shown request may have changed. */
  writtenChanged(): void {
    this.#conversation.writtenChanged();
  }

  /** Brings the panel to the front of its group without taking the focus from the editor. */
  reveal(): void {
    if (!this.isVisible) this.#panel.reveal(true);
  }

  /** Whether it is in front in its group. */
  get isVisible(): boolean {
    return this.#panel.isVisible;
  }

  /** The group that the panel is in; `undefined` while it is hidden behind another tab. */
  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Fires once, when the user closes the panel or {@link dispose} is called. */
  get onDidDispose(): Event<void> {
    return this.#panel.onDidDispose;
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

function createPanel(place?: PanelPlace): vscode.WebviewPanel {
  const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, ...place };
  return vscode.window.createWebviewPanel(RunnerPanel.viewType, titleOf(), where, { enableScripts: true });
}

function titleOf(): string {
  return vscode.l10n.t('Latchkey Runner');
}
