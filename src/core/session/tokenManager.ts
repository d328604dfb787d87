import { isErrorCode, LatchkeyError } from '../errors';
import { untilAborted } from '../oauth/deadline';
import { isExpired, isRefreshDue } from '../oauth/freshness';
import type { AccessToken } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { RefreshRequest, RefreshResult } from '../oauth/refreshGrant';
import { accessTokenOf, type TokenSet } from '../oauth/tokenSet';
import type { Fence, Lock, Log } from '../ports';
import type { Secret } from '../secret';
import { newerRecord } from './newerRecord';
import type { SessionCatalog } from './sessionCatalog';
import { withClientSecret } from './recordClient';
import type { SecretVault } from './secretVault';
import { sessionOf, type SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';
import { sessionLockName } from './sessionLockName';
import { SingleFlight } from './singleFlight';

/** What a {@link TokenManager} works with. */
export interface TokenManagerDependencies {
  readonly store: SessionStore;
  readonly catalog: SessionCatalog;
  readonly vault: SecretVault;
  readonly lock: Lock;
  readonly http: OAuthHttp;
  readonly log: Log;
  /** Milliseconds. */
  readonly refreshBuffer: () => number;
}

type Renewal =
  { readonly kind: 'token'; readonly token: AccessToken } | { readonly kind: 'ended'; readonly error: LatchkeyError };

/** After a refresh that failed. Times are milliseconds since the epoch. */
interface Rest {
  /** Until then no refresh is tried while the old token still works. */
  readonly untilConvenient: number;
  /** Until then no refresh is tried at all: the server asked for it. */
  readonly untilAllowed: number;
  readonly error: unknown;
}

/** Milliseconds during which a refresh that failed is not tried again while the old token still works. */
const coolDown = 30_000;

/** Milliseconds that another window's write may take to be seen here; far above what was measured (300). */
const patience = { afterFence: 5_000, afterRefusal: 3_000 } as const;

/**
 * Keeps access tokens fresh: one refresh at a time per session, in this window by sharing it, across windows by a
 * lock. A refresh under way is never broken off, because its answer may hold the only valid refresh token.
 */
export class TokenManager {
  readonly #deps: TokenManagerDependencies;
  readonly #flights = new SingleFlight<Renewal>();
  /** By session id: refreshes that failed lately. */
  readonly #rests = new Map<string, Rest>();

  constructor(deps: TokenManagerDependencies) {
    this.#deps = deps;
  }

  /**
   * A token that is good for now.
   * @throws LatchkeyError `oauth.sessionGone`, `oauth.signInAgain`, or why the refresh failed; AbortError.
   */
  async fresh(id: string, signal: AbortSignal): Promise<AccessToken> {
    const record = await this.#load(id);
    if (!record.tokens) throw signInAgain(record);
    if (!this.#needsRenewal(record, record.tokens, undefined)) return accessTokenOf(id, record.tokens);
    const renewal = await untilAborted(this.#renewOnce(id, undefined), signal);
    if (renewal.kind === 'ended') throw renewal.error;
    return renewal.token;
  }

  /** Another token than the one that a resource server rejected; `undefined` when only the user can get one. */
  async renew(id: string, rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined> {
    const joins = this.#flights.isRunning(id);
    let renewal = await untilAborted(this.#renewOnce(id, rejected), signal);
    // A refresh that was under way for another reason may have ended with just the rejected token.
    if (joins && renewal.kind === 'token' && isSame(renewal.token, rejected)) {
      renewal = await untilAborted(this.#renewOnce(id, rejected), signal);
    }
    return renewal.kind === 'token' && !isSame(renewal.token, rejected) ? renewal.token : undefined;
  }

  #renewOnce(id: string, rejected: AccessToken | undefined): Promise<Renewal> {
    return this.#flights.run(id, () =>
      this.#deps.lock.withLock(sessionLockName(id), undefined, (fence) => this.#renewLocked(id, rejected, fence)),
    );
  }

  /** Everything is read and decided again inside the lock: another window may have been first. */
  async #renewLocked(id: string, rejected: AccessToken | undefined, fence: Fence | undefined): Promise<Renewal> {
    const record = await this.#loadCurrent(id, fence);
    const { tokens } = record;
    if (!tokens) return { kind: 'ended', error: signInAgain(record) };
    if (this.#deps.store.isUnwritten(record)) await this.#keep(record, fence);
    if (!this.#needsRenewal(record, tokens, rejected)) return { kind: 'token', token: accessTokenOf(id, tokens) };
    const canRepeat = tokens.refresh !== undefined || record.grant !== undefined;
    if (!canRepeat) return this.#withoutRefreshToken(record, tokens, rejected, fence);
    const rest = this.#rests.get(id);
    if (rest && this.#deps.http.clock.now() < rest.untilAllowed) throw rest.error;
    try {
      return await this.#refresh(record, tokens.refresh, fence);
    } catch (error) {
      await this.#deps.vault.noteFailure(error, record.secretReference);
      return this.#afterFailure(record, tokens, rejected, error);
    }
  }

  async #refresh(record: SessionRecord, refreshToken: Secret | undefined, fence: Fence | undefined): Promise<Renewal> {
    const result = await this.#newTokens(await withClientSecret(this.#deps.vault, record), refreshToken);
    if (result.kind === 'ended') return this.#afterRefusal(record, result.error, fence);
    const { tokens } = result;
    if (await this.#isGone(record.id)) return this.#dropTokens(record, tokens);
    // A refresh that tells no scope has not changed it (RFC 6749 §6).
    const next = { ...record, tokens: { ...tokens, scope: tokens.scope ?? record.tokens?.scope } };
    await this.#keep(next, fence);
    this.#rests.delete(record.id);
    this.#deps.log.info(`Refreshed the session of ${record.account.label}`);
    return { kind: 'token', token: accessTokenOf(record.id, next.tokens) };
  }

  /** By the refresh token or, where the client itself signed in, by the request that was made then. */
  async #newTokens(record: SessionRecord, refreshToken: Secret | undefined): Promise<RefreshResult> {
    const { http } = this.#deps;
    const { signal } = new AbortController();
    if (refreshToken !== undefined) {
      const { refreshTokens } = await import('../oauth/refreshGrant');
      return refreshTokens(http, refreshRequest(record, refreshToken), signal);
    }
    const { requestClientCredentials } = await import('../oauth/clientCredentials');
    const request = { ...record, parameters: record.refreshParameters };
    return { kind: 'refreshed', tokens: await requestClientCredentials(http, request, signal) };
  }

  /** Stores before anybody uses the new token, and tells the next holder of the lock that there is something newer. */
  async #keep(record: SessionRecord, fence: Fence | undefined): Promise<void> {
    const next = { ...record, generation: record.generation + 1 };
    await fence?.write(next.generation);
    await this.#deps.store.save(next, { keep: true });
    await this.#deps.catalog.put(next.id, sessionOf(next));
  }

  /** The server will not take the refresh token. Another window (or machine) may have used it and hold its successor. */
  async #afterRefusal(record: SessionRecord, error: LatchkeyError, fence: Fence | undefined): Promise<Renewal> {
    const { store, http, log } = this.#deps;
    const isNewer = (other: SessionRecord): boolean => other.generation > record.generation;
    const other = await newerRecord(store, http.clock, record.id, isNewer, patience.afterRefusal);
    if (!other) throw new LatchkeyError('oauth.sessionGone');
    if (isNewer(other)) {
      return other.tokens
        ? { kind: 'token', token: accessTokenOf(other.id, other.tokens) }
        : { kind: 'ended', error: signInAgain(other) };
    }
    // Without the server's own words: a careless server repeats the refresh token in them.
    log.warn(`The session of ${record.account.label} has ended: ${error.code}`);
    await this.#keep({ ...record, tokens: undefined }, fence);
    return { kind: 'ended', error };
  }

  /** Nothing that goes wrong on the way to the server signs anybody out; a token that still works is used. */
  #afterFailure(record: SessionRecord, tokens: TokenSet, rejected: AccessToken | undefined, error: unknown): Renewal {
    const { http, log } = this.#deps;
    const now = http.clock.now();
    const untilAllowed = isErrorCode(error, 'oauth.serverBusy') ? now + Number(error.data['seconds']) * 1000 : now;
    this.#rests.set(record.id, { untilConvenient: now + coolDown, untilAllowed, error });
    const isUsable = rejected === undefined && error instanceof LatchkeyError && !isExpired(tokens, now);
    if (!isUsable || error.code === 'oauth.secretStoreFailed' || error.code === 'oauth.sessionGone') throw error;
    log.warn(`Refresh put off: ${error.message}`);
    return { kind: 'token', token: accessTokenOf(record.id, tokens) };
  }

  async #withoutRefreshToken(
    record: SessionRecord,
    tokens: TokenSet,
    rejected: AccessToken | undefined,
    fence: Fence | undefined,
  ): Promise<Renewal> {
    const token = accessTokenOf(record.id, tokens);
    // One API's 401 does not prove that the only token there is has become worthless everywhere.
    if (rejected !== undefined) return { kind: 'ended', error: signInAgain(record) };
    if (!isExpired(tokens, this.#deps.http.clock.now())) return { kind: 'token', token };
    await this.#keep({ ...record, tokens: undefined }, fence);
    return { kind: 'ended', error: signInAgain(record) };
  }

  /** Signed out elsewhere while the refresh was under way: the new tokens must not bring the session back. */
  async #dropTokens(record: SessionRecord, tokens: TokenSet): Promise<never> {
    const { revokeTokens } = await import('../oauth/revocation');
    const session = await withClientSecret(this.#deps.vault, record).catch(() => record);
    await revokeTokens(this.#deps.http, this.#deps.log, session, tokens, new AbortController().signal);
    throw new LatchkeyError('oauth.sessionGone');
  }

  /** A store that cannot be read now is no proof. */
  async #isGone(id: string): Promise<boolean> {
    try {
      return (await this.#deps.store.load(id)) === undefined;
    } catch {
      return false;
    }
  }

  #needsRenewal(record: SessionRecord, tokens: TokenSet, rejected: AccessToken | undefined): boolean {
    if (rejected !== undefined) return isSame(rejected, accessTokenOf(record.id, tokens));
    if (this.#deps.store.isUnwritten(record)) return true;
    const now = this.#deps.http.clock.now();
    if (isExpired(tokens, now)) return true;
    const rest = this.#rests.get(record.id);
    const resting = rest !== undefined && now < Math.max(rest.untilConvenient, rest.untilAllowed);
    return !resting && isRefreshDue(tokens, now, this.#deps.refreshBuffer());
  }

  async #load(id: string): Promise<SessionRecord> {
    const record = await this.#deps.store.load(id);
    if (!record) throw new LatchkeyError('oauth.sessionGone');
    return record;
  }

  /** A fence ahead of what the store shows means that another window's write is still on its way here. */
  async #loadCurrent(id: string, fence: Fence | undefined): Promise<SessionRecord> {
    const { store, http } = this.#deps;
    const written = (await fence?.read()) ?? 0;
    const isCurrent = (record: SessionRecord): boolean => record.generation >= written;
    const record = await newerRecord(store, http.clock, id, isCurrent, patience.afterFence);
    if (!record) throw new LatchkeyError('oauth.sessionGone');
    return record;
  }
}

function isSame(a: AccessToken, b: AccessToken): boolean {
  return a.value.revealForTransport() === b.value.revealForTransport();
}

function signInAgain({ account }: SessionRecord): LatchkeyError {
  return new LatchkeyError('oauth.signInAgain', { account: account.label });
}

function refreshRequest(record: SessionRecord, refreshToken: RefreshRequest['refreshToken']): RefreshRequest {
  return {
    connectionName: record.connectionName,
    accountLabel: record.account.label,
    server: record.server,
    client: record.client,
    refreshToken,
    resource: record.resource,
    parameters: record.refreshParameters,
  };
}
