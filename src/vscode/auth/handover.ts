import type { Disposable } from '../../core/disposable';
import { Emitter } from '../../core/emitter';
import type { SecretStore } from '../../core/ports';

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
  readonly #arrivals = new Emitter<URL>();
  readonly #subscription: Disposable;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
    this.#subscription = secrets.onDidChange((key) => {
      if (key.startsWith(prefix)) void this.#receive(key);
    });
  }

  /** Fires in every window but the one that passed it on; who does not wait for it ignores it. */
  get onDidArrive(): Emitter<URL>['event'] {
    return this.#arrivals.event;
  }

  /** Offers the callback to the other windows. */
  async pass(url: URL): Promise<void> {
    const state = url.searchParams.get('state');
    if (state === null || !/^[\w-]{16,128}$/.test(state)) return;
    const key = prefix + state;
    await this.#secrets.set(key, url.href);
    setTimeout(() => void this.#secrets.delete(key), lifetime);
  }

  /** The window that used the callback removes it from the store. */
  async taken(url: URL): Promise<void> {
    await this.#secrets.delete(prefix + (url.searchParams.get('state') ?? ''));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#arrivals.dispose();
  }

  async #receive(key: string): Promise<void> {
    const href = await this.#secrets.get(key);
    if (href !== undefined && URL.canParse(href)) this.#arrivals.fire(new URL(href));
  }
}
