import { LatchkeyError } from '../errors';
import { untilAborted } from '../oauth/deadline';
import { isExpired } from '../oauth/freshness';
import type { AccessToken } from '../oauth/model';
import type { Lock } from '../ports';
import { sessionLockName } from './sessionLockName';
import type { SessionRecord } from './sessionRecord';
import { SingleFlight } from './singleFlight';
import { signInAgain, type Renewal } from './tokenRefresh';
import { isSame, TokenRenewal, type TokenRenewalPorts } from './tokenRenewal';

/** What a {@link TokenManager} works with. */
export interface TokenManagerDependencies extends TokenRenewalPorts {
  readonly lock: Lock;
}

/** Milliseconds that a caller waits for a refresh while the old token still works. */
const patience = 1_000;

/**
 * Keeps access tokens fresh: one refresh at a time per session, in this window by sharing it, across windows by a
 * lock. A refresh under way is never broken off, because its answer may hold the only valid refresh token.
 */
export class TokenManager {
  readonly #deps: TokenManagerDependencies;
  readonly #renewal: TokenRenewal;
  readonly #flights = new SingleFlight<Renewal>();

  constructor(deps: TokenManagerDependencies) {
    this.#deps = deps;
    this.#renewal = new TokenRenewal(deps);
  }

  /**
   * A token that is good for now.
   * @throws LatchkeyError `oauth.sessionGone`, `oauth.signInAgain`, or why the refresh failed; AbortError.
   */
  async fresh(id: string, signal: AbortSignal): Promise<AccessToken> {
    await this.#deps.lease.announce(id);
    const record = this.#deps.store.known(id) ?? (await this.#load(id));
    if (!record.tokens) throw signInAgain(record);
    if (!this.#renewal.isNeeded(record, record.tokens, undefined))
      return this.#deps.provers.accessToken(record, record.tokens);
    const renewing = this.#renewOnce(id, undefined);
    const quick = await this.#inTime(renewing, record, signal);
    if (quick === 'late') return this.#deps.provers.accessToken(record, record.tokens);
    const renewal = quick ?? (await untilAborted(renewing, signal));
    if (renewal.kind === 'ended') throw renewal.error;
    return renewal.token;
  }

  /** Another token than the one that a resource server rejected; `undefined` when only the user can get one. */
  async renew(id: string, rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined> {
    const renewal = await this.renewal(id, rejected, signal);
    return renewal?.kind === 'token' ? renewal.token : undefined;
  }

  /** As {@link renew}, with the reason why only the user can get one; `undefined`: the renewal gave the same token. */
  async renewal(id: string, rejected: AccessToken, signal: AbortSignal): Promise<Renewal | undefined> {
    for (;;) {
      const joins = this.#flights.isRunning(id);
      const renewal = await untilAborted(this.#renewOnce(id, rejected), signal);
      if (renewal.kind === 'ended' || !isSame(renewal.token, rejected)) return renewal;
      // A renewal that was under way for another reason may have ended with just the rejected token.
      if (!joins) return undefined;
    }
  }

  /**
   * The renewal, if it is quick; `late` if it is not and the old token may be used meanwhile. It goes on for the next
   * caller.
   */
  async #inTime(
    renewing: Promise<Renewal>,
    record: SessionRecord,
    signal: AbortSignal,
  ): Promise<Renewal | 'late' | undefined> {
    if (!this.#isUsable(record)) return undefined;
    const done = new AbortController();
    const late = this.#deps.http.clock.delay(patience, done.signal).then(
      () => 'late' as const,
      () => undefined,
    );
    try {
      const first = await untilAborted(Promise.race([renewing, late]), signal);
      return first === 'late' && !this.#isUsable(record) ? undefined : first;
    } finally {
      done.abort();
    }
  }

  /** A token that is not stored yet is not used, however good it is. */
  #isUsable(record: SessionRecord): boolean {
    const { store, http } = this.#deps;
    return record.tokens !== undefined && !store.isUnwritten(record) && !isExpired(record.tokens, http.clock.now());
  }

  #renewOnce(id: string, rejected: AccessToken | undefined): Promise<Renewal> {
    return this.#flights.run(id, () =>
      this.#deps.lock.withLock(sessionLockName(id), undefined, (fence) => this.#renewal.run(id, rejected, fence)),
    );
  }

  async #load(id: string): Promise<SessionRecord> {
    const record = await this.#deps.store.load(id);
    if (!record) throw new LatchkeyError('oauth.sessionGone');
    return record;
  }
}
