import type * as vscode from 'vscode';
import type { Clock, Log } from '../../core/ports';
import type { Secret } from '../../core/secret';

export interface ClearingClipboardDeps {
  readonly clipboard: Pick<vscode.Clipboard, 'readText' | 'writeText'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds after which the clipboard is cleared. */
export const clipboardTime = 60_000;

/** Holds a secret on the clipboard for a while. Whoever puts one there has asked the user first. */
export class ClearingClipboard implements vscode.Disposable {
  readonly #deps: ClearingClipboardDeps;
  #waiting: AbortController | undefined;

  constructor(deps: ClearingClipboardDeps) {
    this.#deps = deps;
  }

  async write(secret: Secret): Promise<void> {
    await this.#deps.clipboard.writeText(secret.revealForTransport());
    void this.#clearLater(secret);
  }

  dispose(): void {
    this.#waiting?.abort();
  }

  /** Whatever was copied meanwhile stays. A window that closes first cannot wait: it clears at once. */
  async #clearLater(secret: Secret): Promise<void> {
    const { clipboard, clock, log } = this.#deps;
    const waiting = new AbortController();
    const before = this.#waiting;
    this.#waiting = waiting;
    before?.abort();
    await clock.delay(clipboardTime, waiting.signal).catch(() => undefined);
    // A later copy of a secret has its own time.
    if (this.#waiting !== waiting) return;
    try {
      if ((await clipboard.readText()) === secret.revealForTransport()) await clipboard.writeText('');
    } catch (error) {
      log.error('The clipboard could not be cleared', error);
    }
  }
}
