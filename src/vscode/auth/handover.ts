import type { Disposable } from '../../core/disposable';
import { Emitter } from '../../core/emitter';
import type { Clock, Log, SecretStore } from '../../core/ports';

const prefix = 'latchkey.handover.';

/** Milliseconds that an offered callback stays in the store when nobody takes it. */
const lifetime = 10_000;

/**
 * Passes a callback that arrived in the wrong window to the window that waits for it. The plain editor URI names no
 * window, so the editor gives it to the one used last; that one puts the URL in the shared secret store, where the
 * waiting window finds it by its `state` and takes it away. Useless to anybody without the code verifier (RFC 7636).
 */
export class CallbackHandover implements Disposable {
  readonly #secrets: SecretStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #arrivals = new Emitter<URL>();
  readonly #subscription: Disposable;

  constructor(secrets: SecretStore, clock: Clock, log: Log) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
    this.#subscription = secrets.onDidChange((key) => {
      if (key.startsWith(prefix)) void this.#receive(key);
    });
  }

  /** Fires in every window but the one that passed it on; who does not wait for it ignores it. */
  get onDidArrive(): Emitter<URL>['event'] {
    return this.#arrivals.event;
  }

  /**
   * Offers the callback to the other windows for a while. Resolves to whether one has taken it.
   * @throws what the secret store rejects with.
   */
  async pass(url: URL): Promise<boolean> {
    const state = url.searchParams.get('state');
    if (state === null || !/^[\w.-]{16,160}$/.test(state)) return false;
    const key = prefix + state;
    await this.#secrets.set(key, url.href);
    const gone = new AbortController();
    const watch = this.#secrets.onDidChange((changed) => {
      if (changed !== key) return;
      const look = (value: string | undefined): void => (value === undefined ? gone.abort() : undefined);
      this.#secrets.get(key).then(look, () => undefined);
    });
    try {
      await this.#clock.delay(lifetime, gone.signal);
      await this.#secrets.delete(key);
      return false;
    } catch (error) {
      if (gone.signal.aborted) return true;
      throw error;
    } finally {
      watch.dispose();
    }
  }

  /** The window that used the callback removes it from the store; if it cannot, the one that passed it on does. */
  async taken(url: URL): Promise<void> {
    try {
      await this.#secrets.delete(prefix + (url.searchParams.get('state') ?? ''));
    } catch (error) {
      this.#log.error('A callback that was used cannot be removed from the secret storage', error);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#arrivals.dispose();
  }

  async #receive(key: string): Promise<void> {
    try {
      const href = await this.#secrets.get(key);
      if (href !== undefined && URL.canParse(href)) this.#arrivals.fire(new URL(href));
    } catch (error) {
      this.#log.error('A callback of another window cannot be read', error);
    }
  }
}
