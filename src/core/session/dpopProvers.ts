import { DpopProver } from '../oauth/dpopProver';
import type { AccessToken } from '../oauth/model';
import { accessTokenOf, type TokenSet } from '../oauth/tokenSet';
import type { Clock } from '../ports';
import type { SessionRecord } from './sessionRecord';

/** The provers of this window, one per session, so that a key is imported once and nonces are remembered. */
export class DpopProvers {
  readonly #clock: Clock;
  readonly #provers = new Map<string, DpopProver>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `undefined`: the session's tokens are bound to no key. Signing in again changes the key. */
  of({ id, dpopKey }: Pick<SessionRecord, 'id' | 'dpopKey'>): DpopProver | undefined {
    if (!dpopKey) return undefined;
    const known = this.#provers.get(id);
    if (known?.jwk.revealForTransport() === dpopKey.revealForTransport()) return known;
    const prover = new DpopProver(dpopKey, this.#clock);
    this.#provers.set(id, prover);
    return prover;
  }

  /** The session's access token on its way to `authorise`, with what proves that it is ours. */
  accessToken(record: SessionRecord, tokens: TokenSet): AccessToken {
    return accessTokenOf(record.id, tokens, this.of(record));
  }
}
