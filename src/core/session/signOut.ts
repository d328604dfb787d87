import type { Disposable } from '../disposable';
import { withDeadline } from '../oauth/deadline';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { Lock, Log } from '../ports';
import type { KeyMaterial } from './keyMaterial';
import type { MachineLease } from './machineLease';
import { withClientSecret } from './recordClient';
import type { SecretVault } from './secretVault';
import type { SessionCatalog } from './sessionCatalog';
import { sessionLockName } from './sessionLockName';
import type { SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';
import { SingleFlight } from './singleFlight';
import { recordHttp } from './tlsHttp';
import type { TlsProfiles } from './tlsProfiles';

/** What a {@link SignOut} works with. */
export interface SignOutPorts {
  readonly store: SessionStore;
  readonly catalog: SessionCatalog;
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
  readonly lease: MachineLease;
  readonly lock: Lock;
  readonly http: OAuthHttp;
  readonly tls: TlsProfiles;
  readonly log: Log;
}

/** Milliseconds that signing out waits for the server to revoke the tokens. */
const revocationTimeout = 15_000;

/** Milliseconds in which a refresh that was under way elsewhere may still store its tokens: longer than any takes. */
const aftermath = 90_000;

/**
 * Ends sessions, here first and then at the server. A window that was refreshing hears of it late, and one on another
 * machine heeds no lock of ours: what they store afterwards is removed again.
 */
export class SignOut implements Disposable {
  readonly #ports: SignOutPorts;
  readonly #subscription: Disposable;
  /** Until when, in milliseconds since the epoch, a session of this id must not come back. */
  readonly #ended = new Map<string, number>();
  readonly #removals = new SingleFlight<void>();

  constructor(ports: SignOutPorts) {
    this.#ports = ports;
    this.#subscription = ports.store.onDidChange((id) => {
      if (this.#isEnded(id)) void this.#removeLate(id);
    });
  }

  /**
   * Removes the session, then asks the server to revoke its tokens (RFC 7009), as well as it can. Unknown id: nothing
   * to do.
   * @throws LatchkeyError `oauth.secretStoreFailed` when the session could not be removed.
   */
  async run(id: string, signal: AbortSignal): Promise<void> {
    const { store, catalog, lease, http, log } = this.#ports;
    const record = await store.load(id).catch(() => undefined);
    await store.remove(id);
    this.#ended.set(id, http.clock.now() + aftermath);
    await catalog.put(id, undefined);
    await lease.forget(id);
    if (!record) return;
    const task = (limited: AbortSignal): Promise<void> => this.#finish(record, limited);
    const outOfTime = (): Error => new Error('Out of time');
    await withDeadline(http.clock, revocationTimeout, signal, task, outOfTime).catch((error: unknown) =>
      log.warn(`Signed out here; revocation did not finish: ${String(error)}`),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Under the lock: a refresh in another window may be about to store new tokens for the session. */
  async #finish(record: SessionRecord, signal: AbortSignal): Promise<void> {
    await this.#ports.lock.withLock(sessionLockName(record.id), signal, async (fence) => {
      await this.#removeLate(record.id);
      await fence?.write(0);
      await this.#revoke(record, signal);
    });
  }

  /** Never rejects. */
  #removeLate(id: string): Promise<void> {
    const { store, catalog, log } = this.#ports;
    return this.#removals.run(id, async () => {
      try {
        const late = await store.load(id);
        if (!late) return;
        await store.remove(id);
        await catalog.put(id, undefined);
        await this.#revoke(late, new AbortController().signal);
      } catch (error) {
        log.error('A session that came back after it was signed out cannot be removed', error);
      }
    });
  }

  async #revoke(record: SessionRecord, signal: AbortSignal): Promise<void> {
    const { log } = this.#ports;
    if (!record.tokens) return;
    const http = recordHttp(this.#ports, record);
    const { revokeTokens } = await import('../oauth/revocation');
    await revokeTokens(http, log, await withClientSecret(this.#ports, record), record.tokens, signal);
  }

  #isEnded(id: string): boolean {
    const until = this.#ended.get(id);
    if (until !== undefined && until < this.#ports.http.clock.now()) this.#ended.delete(id);
    return this.#ended.has(id);
  }
}
