import type { Disposable } from '../disposable';
import { Emitter, type Event } from '../emitter';
import type { AccessToken, ConnectionConfig, Session, SessionChange } from '../oauth/model';
import type { SessionServiceDependencies } from './sessionServiceDependencies';
import type { SignInOptions, SignInOutcome } from './signInOutcome';

/** Signs people in and out and hands out fresh tokens: the only OAuth engine, for every part of the product. */
export class SessionService implements Disposable {
  readonly #deps: SessionServiceDependencies;
  readonly #changes = new Emitter<SessionChange>();

  /** Fires once per change, with what other windows did included. */
  readonly onDidChange: Event<SessionChange> = this.#changes.event;

  constructor(deps: SessionServiceDependencies) {
    this.#deps = deps;
  }

  /** Every session that can be read. Works offline, shows nothing, never rejects. */
  list(): Promise<readonly Session[]> {
    return this.#unfinished();
  }

  /** The sessions of a connection, matched by {@link connectionKey}, so a renamed connection keeps its sessions. */
  sessionsFor(_connection: ConnectionConfig): Promise<readonly Session[]> {
    return this.#unfinished();
  }

  /**
   * Signs in with the browser, after the user has approved the connection.
   * A second sign-in for the same connection ends the first one as cancelled.
   */
  signIn(_connection: ConnectionConfig, _options: SignInOptions): Promise<SignInOutcome> {
    return this.#unfinished();
  }

  /** Whether the user has approved, now or earlier, this connection for this workspace folder. */
  ensureTrusted(_connection: ConnectionConfig, _folder: string, _signal: AbortSignal): Promise<boolean> {
    return this.#unfinished();
  }

  /** An access token that is good for now; refreshes when it is due. */
  freshToken(_sessionId: string, _signal: AbortSignal): Promise<AccessToken> {
    return this.#unfinished();
  }

  /** After a 401: another token than the rejected one, or `undefined` when there is none to be had without the user. */
  renew(_sessionId: string, _rejected: AccessToken, _signal: AbortSignal): Promise<AccessToken | undefined> {
    return this.#unfinished();
  }

  /** Removes the session here first, then asks the server to revoke its tokens (RFC 7009). Unknown id: nothing to do. */
  signOut(_sessionId: string, _signal?: AbortSignal): Promise<void> {
    return this.#unfinished();
  }

  /** Reads the store again and fires the difference; for windows that hear no change events of others. */
  reload(): Promise<void> {
    return this.#unfinished();
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #unfinished(): Promise<never> {
    return Promise.reject(new Error(`Not wired yet: ${Object.keys(this.#deps).join(', ')}`));
  }
}
