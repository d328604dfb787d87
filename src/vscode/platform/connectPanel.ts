import type * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import { ViewWatch } from './viewWatch';

/** The host's side of what is said with a view. */
export interface PanelConversation {
  /** A message of the view, which is not to be believed. */
  receive(message: unknown): void;
  /** The view is gone or hidden, and drops messages. It loads again and says so when it is back. */
  viewGone(): void;
}

/**
 * Lets a panel's view speak with its conversation for as long as the panel is there.
 * @param load gives the panel its page, also once more where the first one does not come up.
 */
export function connectPanel(
  panel: vscode.WebviewPanel,
  conversation: PanelConversation,
  load: () => void,
  log: Log,
): void {
  const watch = new ViewWatch(() => {
    log.warn('A view says nothing; its page is loaded again.');
    load();
  });
  let wasVisible = panel.visible;
  panel.webview.onDidReceiveMessage((message: unknown) => {
    watch.speaks();
    conversation.receive(message);
  });
  panel.onDidChangeViewState(() => {
    if (panel.visible === wasVisible) return;
    wasVisible = panel.visible;
    if (wasVisible) {
      watch.loads();
      return;
    }
    // A hidden view is torn down.
    watch.stop();
    conversation.viewGone();
  });
  panel.onDidDispose(() => {
    watch.stop();
    conversation.viewGone();
  });
  load();
  if (wasVisible) watch.loads();
}
