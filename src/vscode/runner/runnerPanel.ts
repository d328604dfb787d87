import * as vscode from 'vscode';
import { Emitter } from '../../core/emitter';
import type { Log } from '../../core/ports';
import type { BodyView } from '../../core/response/bodyView';
import type { RunnerModel } from '../../shared/viewModel';
import type { RunnerHandlers } from './runnerHandlers';

export interface RunnerPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly handlers: RunnerHandlers;
}

/**
 * The runner: a webview beside the editor. It holds the latest model and the body that goes with it, answers the
 * view's requests for rows itself, and hands everything else to the handlers.
 */
export class RunnerPanel implements vscode.Disposable {
  /** Declared for `onWebviewPanel:` and the serializer. */
  static readonly viewType = 'latchkey.runner';

  readonly #disposed = new Emitter<void>();
  /** Fires once, when the user closes the panel or {@link dispose} is called. */
  readonly onDidDispose = this.#disposed.event;

  /** `restored` is the panel that VS Code hands to a serializer; without it a new one opens beside, without focus. */
  constructor(deps: RunnerPanelDeps, restored?: vscode.WebviewPanel) {
    void deps;
    void restored;
  }

  /** Replaces what is shown. `body` is the view of the body that `model` describes, when it describes one. */
  show(model: RunnerModel, body?: BodyView): void {
    void model;
    void body;
  }

  /** Brings the panel to the front without taking the focus from the editor. */
  reveal(): void {
    return;
  }

  dispose(): void {
    this.#disposed.fire();
  }
}
