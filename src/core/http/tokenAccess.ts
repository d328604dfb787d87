import type { AccessToken } from '../oauth/model';

/** How a send gets at the tokens of one session. */
export interface TokenAccess {
  /**
   * A token that has not expired, refreshed when due. Rejects with a `LatchkeyError` when somebody has to sign in, or
   * an `AbortError`.
   */
  freshToken(signal: AbortSignal): Promise<AccessToken>;
  /**
   * A newer token than one that the API has refused; `undefined` when there is none to be had without signing in.
   * Rejects as {@link freshToken} does.
   */
  renew(rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined>;
}
