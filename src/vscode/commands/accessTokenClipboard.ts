import * as vscode from 'vscode';
import type { Session } from '../../core/oauth/model';
import type { Clock, Log } from '../../core/ports';
import type { Secret } from '../../core/secret';
import type { SessionService } from '../../core/session/sessionService';
import type { Confirm } from '../platform/confirm';
import { safeNotification } from '../platform/errorText';

export interface AccessTokenClipboardDeps {
  readonly sessions: Pick<SessionService, 'freshToken'>;
  readonly confirm: Confirm;
  readonly clipboard: Pick<vscode.Clipboard, 'readText' | 'writeText'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds after which the clipboard is cleared. */
export const clipboardTime = 60_000;

/** Puts an access token on the clipboard when the user insists, and takes it away again. */
export class AccessTokenClipboard implements vscode.Disposable {
  readonly #deps: AccessTokenClipboardDeps;
  #waiting: AbortController | undefined;

  constructor(deps: AccessTokenClipboardDeps) {
    this.#deps = deps;
  }

  /**
   * Asks, then copies a token that is good for now. It is the one place where a token leaves for anything but a server
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
    await clipboard.writeText(value.revealForTransport());
    void vscode.window.setStatusBarMessage(
      vscode.l10n.t('$(check) Access token copied; the clipboard is cleared in {0} seconds', seconds),
      5000,
    );
    void this.#clearLater(value);
    return true;
  }

  dispose(): void {
    this.#waiting?.abort();
  }

  /** Whatever was copied meanwhile stays. A window that closes first cannot wait: it clears at once. */
  async #clearLater(token: Secret): Promise<void> {
    const { clipboard, clock, log } = this.#deps;
    const waiting = new AbortController();
    const before = this.#waiting;
    this.#waiting = waiting;
    before?.abort();
    await clock.delay(clipboardTime, waiting.signal).catch(() => undefined);
    // A later copy of a token has its own time.
    if (this.#waiting !== waiting) return;
    try {
      if ((await clipboard.readText()) === token.revealForTransport()) await clipboard.writeText('');
    } catch (error) {
      log.error('The clipboard could not be cleared', error);
    }
  }
}
