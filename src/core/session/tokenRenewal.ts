import { LatchkeyError } from '../errors';
import { isExpired, isRefreshDue, isRefreshExpired } from '../oauth/freshness';
import type { AccessToken } from '../oauth/model';
import type { TokenSet } from '../oauth/tokenSet';
import type { Fence } from '../ports';
import { keepRecord } from './keepRecord';
import type { MachineLease } from './machineLease';
import { newerRecord } from './newerRecord';
import { RefreshRests } from './refreshRests';
import type { SessionRecord } from './sessionRecord';
import { signInAgain, TokenRefresh, type Renewal, type TokenRefreshPorts } from './tokenRefresh';

/** What a {@link TokenRenewal} works with. */
export interface TokenRenewalPorts extends Omit<TokenRefreshPorts, 'rests'> {
  readonly lease: MachineLease;
  /** Milliseconds. */
  readonly refreshBuffer: () => number;
}

interface Due {
  readonly kind: 'due';
  readonly record: SessionRecord;
  readonly tokens: TokenSet;
}

/** Milliseconds that another window's write may take to be seen here; far above what was measured (300). */
const patience = 5_000;

/** Decides what has to happen to a session's tokens, and has it done. */
export class TokenRenewal {
  readonly #ports: TokenRenewalPorts;
  readonly #rests: RefreshRests;
  readonly #refresh: TokenRefresh;
  /** For the lease, where there is no lock file that would name the place. */
  readonly #place = crypto.randomUUID();

  constructor(ports: TokenRenewalPorts) {
    this.#ports = ports;
    this.#rests = new RefreshRests(ports.http.clock);
    this.#refresh = new TokenRefresh({ ...ports, rests: this.#rests });
  }

  /** Whether the tokens cannot, or should not, be used as they are. */
  isNeeded(record: SessionRecord, tokens: TokenSet, rejected: AccessToken | undefined): boolean {
    const { store, http, refreshBuffer } = this.#ports;
    if (this.#isRejected(record, tokens, rejected) || store.isUnwritten(record)) return true;
    const now = http.clock.now();
    if (isExpired(tokens, now)) return true;
    return isRefreshDue(tokens, now, refreshBuffer()) && canRenew(record, tokens, now) && !this.#rests.isOn(record.id);
  }

  /**
   * To be called with the session's lock. Everything is read and decided again: another window may have been first.
   * @param rejected the token that an API refused; without it the clock decides.
   * @throws LatchkeyError why the refresh failed, which ends no session.
   */
  async run(id: string, rejected: AccessToken | undefined, fence: Fence | undefined): Promise<Renewal> {
    const look = (): Promise<Renewal | Due> => this.#look(id, rejected, fence);
    const first = await look();
    if (first.kind !== 'due') return first;
    // Without a refresh token there is nothing that two machines could spoil for each other.
    if (first.tokens.refresh === undefined) return this.#refreshNow(first, rejected, fence);
    const turn = await this.#ports.lease.take(id, fence?.place ?? this.#place, async () => {
      const now = await look().catch(() => undefined);
      return now?.kind !== 'due';
    });
    try {
      const now = turn.waited ? await look() : first;
      return now.kind === 'due' ? await this.#refreshNow(now, rejected, fence) : now;
    } finally {
      await turn.end();
    }
  }

  /** When another token was rejected than the present one, a refresh that fails may still leave the present one. */
  #refreshNow({ record, tokens }: Due, rejected: AccessToken | undefined, fence: Fence | undefined): Promise<Renewal> {
    return this.#refresh.run(record, tokens, this.#isRejected(record, tokens, rejected), fence);
  }

  #isRejected(record: SessionRecord, tokens: TokenSet, rejected: AccessToken | undefined): boolean {
    return rejected !== undefined && isSame(rejected, this.#ports.provers.accessToken(record, tokens));
  }

  async #look(id: string, rejected: AccessToken | undefined, fence: Fence | undefined): Promise<Renewal | Due> {
    const found = await this.#current(id, fence);
    const record = this.#ports.store.isUnwritten(found) ? await keepRecord(this.#ports, found, fence) : found;
    const { tokens } = record;
    if (!tokens) return { kind: 'ended', error: signInAgain(record) };
    if (!this.isNeeded(record, tokens, rejected))
      return { kind: 'token', token: this.#ports.provers.accessToken(record, tokens) };
    if (!canRenew(record, tokens, this.#ports.http.clock.now())) return this.#end(record, tokens, fence);
    this.#rests.assertAllowed(id);
    return { kind: 'due', record, tokens };
  }

  /** A fence ahead of what the store shows means that another window's write is still on its way here. */
  async #current(id: string, fence: Fence | undefined): Promise<SessionRecord> {
    const { store, http } = this.#ports;
    const written = (await fence?.read()) ?? 0;
    const isCurrent = (record: SessionRecord): boolean => record.generation >= written;
    const record = await newerRecord(store, http.clock, id, isCurrent, patience);
    if (!record) throw new LatchkeyError('oauth.sessionGone');
    return record;
  }

  /** Needed and impossible: there is no refresh token, or it has come to its own end and the server need not be asked. */
  async #end(record: SessionRecord, tokens: TokenSet, fence: Fence | undefined): Promise<Renewal> {
    // One API's 401 does not prove that the only token there is has become worthless everywhere.
    const isOver = isExpired(tokens, this.#ports.http.clock.now());
    if (isOver) await keepRecord(this.#ports, { ...record, tokens: undefined }, fence);
    return { kind: 'ended', error: signInAgain(record) };
  }
}

/** Whether two access tokens are one. */
export function isSame(a: AccessToken, b: AccessToken): boolean {
  return a.value.revealForTransport() === b.value.revealForTransport();
}

function canRenew(record: SessionRecord, tokens: TokenSet, now: number): boolean {
  if (record.grant !== undefined) return true;
  return tokens.refresh !== undefined && !isRefreshExpired(tokens, now);
}
