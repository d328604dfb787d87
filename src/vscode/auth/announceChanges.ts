import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/disposable';
import type { Environment } from '../../core/oauth/signInPorts';
import type { Log } from '../../core/ports';
import type { SessionService } from '../../core/session/sessionService';
import { toVsCodeChange } from './latchkeyAuthenticationProvider';
import type { SessionChanges } from './sessionChanges';
import { TabBeacon } from './tabBeacon';

export interface AnnounceDeps {
  readonly sessions: SessionService;
  readonly changes: SessionChanges;
  readonly environment: Environment;
  readonly globalStorage: vscode.Uri;
  readonly log: Log;
}

/**
 * Carries changes of sessions to where they are seen: to the Accounts menu, and to other browser tabs through the
 * beacon. Other windows of the desktop hear of them from the secret store itself.
 */
export function announceChanges(deps: AnnounceDeps): Disposable {
  const { sessions, changes, environment, log } = deps;
  const store = new DisposableStore();
  const beacon = environment.ui === 'web' ? store.add(new TabBeacon(deps.globalStorage, log)) : undefined;
  store.add(
    sessions.onDidChange((change) => {
      void sessions.list().then((all) => changes.fire(toVsCodeChange(change, all)));
      if (change.added.length + change.removed.length === 0) return;
      beacon?.announce().catch((error: unknown) => log.error('The other tabs could not be told', error));
    }),
  );
  return store;
}
