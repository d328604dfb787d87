import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../core/emitter';
import type { Log } from '../../core/ports';
import { ViewWatch } from './viewWatch';

/** The host's side of what is said with a view. */
export interface PanelConversation {
  /** A message of the view, which is not to be believed. */
  receive(message: unknown): void;
  /** The view is gone or hidden, and drops messages. It loads again and says so when it is back. */
  viewGone(): void;
}

/** Where a panel is opened that takes the place of another one. */
export interface PanelPlace {
  readonly viewColumn: vscode.ViewColumn;
  /** The focus stays where it is. */
  readonly preserveFocus: boolean;
}

export interface ViewPanelDeps {
  readonly conversation: PanelConversation;
  /** Opens a panel: in a place, or where the view belongs. */
  readonly open: (place?: PanelPlace) => vscode.WebviewPanel;
  /** Called when no panel comes up, however often another one takes its place. */
  readonly giveUp: () => void;
  /** Gives a panel its page. */
  readonly load: (panel: vscode.WebviewPanel) => void;
  readonly log: Log;
}

/**
 * The panel of a view, which speaks with its conversation. One whose page does not come up gives way to another one:
 * what VS Code shows pages in may never come to life, and then a new page in it does not either.
 */
export class ViewPanel implements vscode.Disposable {
  readonly #deps: ViewPanelDeps;
  readonly #watch: ViewWatch;
  readonly #disposed = new Emitter<void>();
  #panel: vscode.WebviewPanel;

  /** `restored` is the panel that VS Code hands to a serializer; without it a new one opens. */
  constructor(deps: ViewPanelDeps, restored?: vscode.WebviewPanel) {
    this.#deps = deps;
    this.#watch = new ViewWatch(() => this.#replace(), deps.giveUp);
    this.#panel = restored ?? deps.open();
    this.#connect(this.#panel);
  }

  set title(title: string) {
    this.#panel.title = title;
  }

  /** Whether it is in front in its group. */
  get isVisible(): boolean {
    return this.#panel.visible;
  }

  /** The group that it is in; `undefined` while it is hidden behind another tab. */
  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  post(message: unknown): void {
    void this.#panel.webview.postMessage(message);
  }

  /** Brings it to the front of its group. */
  reveal(preserveFocus = false): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  /** Fires once, when the user closes it or {@link dispose} is called. */
  get onDidDispose(): Event<void> {
    return this.#disposed.event;
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #connect(panel: vscode.WebviewPanel): void {
    const { conversation, load } = this.#deps;
    const isCurrent = (): boolean => panel === this.#panel;
    let wasVisible = panel.visible;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isCurrent()) return;
      this.#watch.speaks();
      conversation.receive(message);
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible === wasVisible || !isCurrent()) return;
      wasVisible = panel.visible;
      if (wasVisible) this.#watch.loads();
      // A hidden view is torn down.
      else this.#gone();
    });
    panel.onDidDispose(() => {
      if (!isCurrent()) return;
      this.#gone();
      this.#disposed.fire();
    });
    load(panel);
    if (wasVisible) this.#watch.loads();
  }

  #gone(): void {
    this.#watch.stop();
    this.#deps.conversation.viewGone();
  }

  #replace(): void {
    const { log, open } = this.#deps;
    log.warn('A view says nothing; another one takes its place.');
    const before = this.#panel;
    const { viewColumn, title, active } = before;
    this.#panel = open(viewColumn && { viewColumn, preserveFocus: !active });
    this.#panel.title = title;
    this.#connect(this.#panel);
    before.dispose();
  }
}
