import { LatchkeyError } from '../errors';
import { isExpired } from '../oauth/freshness';
import type { AccessToken } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { RefreshResult } from '../oauth/refreshGrant';
import type { TokenSet } from '../oauth/tokenSet';
import type { Fence, Log } from '../ports';
import type { DpopProvers } from './dpopProvers';
import { keepRecord, type KeepPorts } from './keepRecord';
import type { KeyMaterial } from './keyMaterial';
import { newerRecord } from './newerRecord';
import { withClientSecret } from './recordClient';
import { renewedTokens, type RenewalPorts } from './renewedTokens';
import type { RefreshRests } from './refreshRests';
import type { SecretVault } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import { recordHttp } from './tlsHttp';
import type { TlsProfiles } from './tlsProfiles';

/** What a {@link TokenRefresh} works with. */
export interface TokenRefreshPorts extends KeepPorts {
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
  readonly clientGrant: RenewalPorts['clientGrant'];
  readonly http: OAuthHttp;
  readonly tls: TlsProfiles;
  readonly rests: RefreshRests;
  readonly provers: DpopProvers;
  readonly log: Log;
}

/** How a renewal ended. */
export type Renewal =
  { readonly kind: 'token'; readonly token: AccessToken } | { readonly kind: 'ended'; readonly error: LatchkeyError };

/** Milliseconds that another window's write may take to be seen here; far above what was measured (300). */
const patience = 3_000;

/** The error for a session that only the user can bring back. */
export function signInAgain({ account }: SessionRecord): LatchkeyError {
  return new LatchkeyError('oauth.signInAgain', { account: account.label });
}

/** One refresh: asking, storing what comes, and what its failures mean. Whoever calls it holds the session's lock. */
export class TokenRefresh {
  readonly #ports: TokenRefreshPorts;

  constructor(ports: TokenRefreshPorts) {
    this.#ports = ports;
  }

  /**
   * @param isRejected whether an API has refused the old token; then it is no way out of a failure.
   * @throws LatchkeyError why it failed, which ends no session.
   */
  async run(record: SessionRecord, tokens: TokenSet, isRejected: boolean, fence: Fence | undefined): Promise<Renewal> {
    const { vault, rests, log } = this.#ports;
    try {
      const secured = { ...this.#ports, http: recordHttp(this.#ports, record) };
      const result = await renewedTokens(secured, await withClientSecret(this.#ports, record), tokens);
      if (result.kind === 'ended') {
        if (result.foreign) await this.#revoke(record, result.foreign);
        return await this.#afterRefusal(record, result.error, fence);
      }
      if (result.kind === 'replaced') return await this.#afterReplacement(record, tokens, result, fence);
      if (await this.#isGone(record.id)) return await this.#dropTokens(record, result.tokens);
      // A refresh that tells no scope has not changed it (RFC 6749 §6).
      const fresh = { ...result.tokens, scope: result.tokens.scope ?? tokens.scope };
      const captured = result.captured && { captured: { ...record.captured, ...result.captured } };
      await keepRecord(this.#ports, { ...record, ...captured, tokens: fresh }, fence);
      rests.end(record.id);
      log.info(`Refreshed the session of ${record.account.label}`);
      return { kind: 'token', token: this.#ports.provers.accessToken(record, fresh) };
    } catch (error) {
      await vault.noteFailure(error, record.secretReference);
      return this.#afterFailure(record, tokens, isRejected, error);
    }
  }

  /** The server will not take the refresh token. Another window (or machine) may have used it and hold its successor. */
  async #afterRefusal(record: SessionRecord, error: LatchkeyError, fence: Fence | undefined): Promise<Renewal> {
    const { store, http, log } = this.#ports;
    const isNewer = (other: SessionRecord): boolean => other.generation > record.generation;
    const other = await newerRecord(store, http.clock, record.id, isNewer, patience);
    if (!other) throw new LatchkeyError('oauth.sessionGone');
    if (isNewer(other)) {
      return other.tokens
        ? { kind: 'token', token: this.#ports.provers.accessToken(other, other.tokens) }
        : { kind: 'ended', error: signInAgain(other) };
    }
    // Without the server's own words: a careless server repeats the refresh token in them.
    log.warn(`The session of ${record.account.label} has ended: ${error.code}`);
    await keepRecord(this.#ports, { ...record, tokens: undefined }, fence);
    return { kind: 'ended', error };
  }

  /** The successor is worth keeping, whatever is wrong with the answer that it came in: the old one is spent. */
  async #afterReplacement(
    record: SessionRecord,
    tokens: TokenSet,
    { refresh, error }: Extract<RefreshResult, { kind: 'replaced' }>,
    fence: Fence | undefined,
  ): Promise<never> {
    if (await this.#isGone(record.id)) return this.#dropTokens(record, { ...tokens, refresh });
    const kept = { ...tokens, refresh, refreshExpiresAt: undefined };
    await keepRecord(this.#ports, { ...record, tokens: kept }, fence);
    throw error;
  }

  /** Nothing that goes wrong on the way to the server signs anybody out; a token that still works is used. */
  #afterFailure(record: SessionRecord, tokens: TokenSet, isRejected: boolean, error: unknown): Renewal {
    const { http, rests, log } = this.#ports;
    rests.begin(record.id, error);
    const isUsable = !isRejected && error instanceof LatchkeyError && !isExpired(tokens, http.clock.now());
    if (!isUsable || error.code === 'oauth.secretStoreFailed' || error.code === 'oauth.sessionGone') throw error;
    log.warn(`Refresh put off: ${error.message}`);
    return { kind: 'token', token: this.#ports.provers.accessToken(record, tokens) };
  }

  /** Signed out elsewhere while the refresh was under way: the new tokens must not bring the session back. */
  async #dropTokens(record: SessionRecord, tokens: TokenSet): Promise<never> {
    await this.#revoke(record, tokens);
    throw new LatchkeyError('oauth.sessionGone');
  }

  async #revoke(record: SessionRecord, tokens: TokenSet): Promise<void> {
    const { log } = this.#ports;
    const http = recordHttp(this.#ports, record);
    const { revokeTokens } = await import('../oauth/revocation');
    const session = await withClientSecret(this.#ports, record).catch(() => record);
    await revokeTokens(http, log, session, tokens, new AbortController().signal);
  }

  /** A store that cannot be read now is no proof. */
  async #isGone(id: string): Promise<boolean> {
    try {
      return (await this.#ports.store.load(id)) === undefined;
    } catch {
      return false;
    }
  }
}
