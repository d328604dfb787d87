import { LatchkeyError } from '../errors';
import { untilAborted } from '../oauth/deadline';
import type { AccessToken } from '../oauth/model';
import { accessTokenOf } from '../oauth/tokenSet';
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
    if (!this.#renewal.isNeeded(record, record.tokens, undefined)) return accessTokenOf(id, record.tokens);
    const renewal = await untilAborted(this.#renewOnce(id, undefined), signal);
    if (renewal.kind === 'ended') throw renewal.error;
    return renewal.token;
  }

  /** Another token than the one that a resource server rejected; `undefined` when only the user can get one. */
  async renew(id: string, rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined> {
    for (;;) {
      const joins = this.#flights.isRunning(id);
      const renewal = await untilAborted(this.#renewOnce(id, rejected), signal);
      if (renewal.kind === 'ended') return undefined;
      if (!isSame(renewal.token, rejected)) return renewal.token;
      // A renewal that was under way for another reason may have ended with just the rejected token.
      if (!joins) return undefined;
    }
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
