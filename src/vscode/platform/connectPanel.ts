import type * as vscode from 'vscode';

/** The host's side of what is said with a view. */
export interface PanelConversation {
  /** A message of the view, which is not to be believed. */
  receive(message: unknown): void;
  /** The view is gone or hidden, and drops messages. It loads again and says so when it is back. */
  viewGone(): void;
}

/** Lets a panel's view speak with its conversation for as long as the panel is there. */
export function connectPanel(panel: vscode.WebviewPanel, conversation: PanelConversation): void {
  panel.webview.onDidReceiveMessage((message: unknown) => conversation.receive(message));
  panel.onDidChangeViewState(() => {
    // A hidden view is torn down.
    if (!panel.visible) conversation.viewGone();
  });
  panel.onDidDispose(() => conversation.viewGone());
}
