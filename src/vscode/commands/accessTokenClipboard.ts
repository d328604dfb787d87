import * as vscode from 'vscode';
import type { Session } from '../../core/oauth/model';
import type { SessionService } from '../../core/session/sessionService';
import { clipboardTime, type ClearingClipboard } from '../platform/clearingClipboard';
import type { Confirm } from '../platform/confirm';
import { safeNotification } from '../platform/errorText';

export interface AccessTokenClipboardDeps {
  readonly sessions: Pick<SessionService, 'freshToken'>;
  readonly confirm: Confirm;
  readonly clipboard: ClearingClipboard;
}

/** Puts an access token on the clipboard when the user insists, and takes it away again. */
export class AccessTokenClipboard {
  readonly #deps: AccessTokenClipboardDeps;

  constructor(deps: AccessTokenClipboardDeps) {
    this.#deps = deps;
  }

  /**
   * Asks, then copies a token that is good for now. Like a command with secrets, it leaves for anything but a server
   * that the user approved or the secret store, so the user says so each time.
   * @returns whether it was copied.
   * @throws LatchkeyError why there is no token; AbortError.
   */
  async copy({ id, account }: Session, signal: AbortSignal): Promise<boolean> {
    const { confirm, sessions, clipboard } = this.#deps;
    const seconds = clipboardTime / 1000;
    const agreed = await confirm({
      message: vscode.l10n.t('Copy the access token of {0}?', safeNotification(account.label)),
      detail: vscode.l10n.t(
        'Whoever gets it can use it until it expires, and so can every program that reads the clipboard. The clipboard is cleared after {0} seconds, if the token is still on it.',
        seconds,
      ),
      button: vscode.l10n.t('Copy'),
    });
    if (!agreed) return false;
    const { value } = await sessions.freshToken(id, signal);
    await clipboard.write(value);
    void vscode.window.setStatusBarMessage(
      vscode.l10n.t('$(check) Access token copied; the clipboard is cleared in {0} seconds', seconds),
      5000,
    );
    return true;
  }
}
