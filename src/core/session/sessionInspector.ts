import { secretMasker } from '../http/secretMasker';
import { LatchkeyError } from '../errors';
import { logoutUrl } from '../oauth/logoutUrl';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { TrustStore } from '../oauth/signInPorts';
import { accessTokenOf } from '../oauth/tokenSet';
import type { Secret } from '../secret';
import { viewClaims, type ClaimList } from './claimView';
import { inspectSession, secretsOf, type SessionInspection } from './inspectSession';
import { withClientSecret } from './recordClient';
import type { KeyMaterial } from './keyMaterial';
import type { SecretVault } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';
import { recordHttp } from './tlsHttp';
import type { TlsProfiles } from './tlsProfiles';
import type { TokenManager } from './tokenManager';

/** What a {@link SessionInspector} works with. */
export interface SessionInspectorPorts {
  readonly store: SessionStore;
  readonly tokens: TokenManager;
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
  readonly trust: TrustStore;
  readonly http: OAuthHttp;
  readonly tls: TlsProfiles;
}

/** What the server told about the access token. */
export interface Introspection {
  readonly active: boolean;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  /** All that it told, masked unless the user has confirmed that they want to see it. */
  members(reveal: boolean): ClaimList;
}

/** Looks into sessions for people, and does what they ask for then. */
export class SessionInspector {
  readonly #ports: SessionInspectorPorts;

  constructor(ports: SessionInspectorPorts) {
    this.#ports = ports;
  }

  /**
   * What may be shown of a session; `undefined` when it is gone.
   * @param reveal whether the user has confirmed that they want to see what is masked otherwise.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async inspect(sessionId: string, reveal: boolean): Promise<SessionInspection | undefined> {
    const { store, trust } = this.#ports;
    const record = await store.load(sessionId);
    return record && inspectSession(record, trust.list(), reveal);
  }

  /**
   * Asks the server what it knows of the access token that there is now, be it expired or not (RFC 7662).
   * @throws LatchkeyError why it does not tell; AbortError.
   */
  async introspect(sessionId: string, signal: AbortSignal): Promise<Introspection> {
    const { http } = this.#ports;
    const record = await this.#load(sessionId);
    const { tokens, account } = record;
    if (!tokens) throw new LatchkeyError('oauth.signInAgain', { account: account.label });
    const secured = recordHttp(this.#ports, record);
    const { introspectToken } = await import('../oauth/introspection');
    const answer = await introspectToken(secured, await withClientSecret(this.#ports, record), tokens.access, signal);
    const mask = secretMasker(secretsOf(record));
    return {
      active: answer['active'] === true,
      askedAt: http.clock.now(),
      members: (reveal) => viewClaims(answer, { reveal, mask }),
    };
  }

  /**
   * Renews the access token, however old it is.
   * @throws LatchkeyError `oauth.notRenewable`, or why it was not renewed, which signs nobody out; AbortError.
   */
  async refresh(sessionId: string, signal: AbortSignal): Promise<void> {
    const { account, tokens } = await this.#load(sessionId);
    if (!tokens) throw new LatchkeyError('oauth.signInAgain', { account: account.label });
    const renewal = await this.#ports.tokens.renewal(sessionId, accessTokenOf(sessionId, tokens), signal);
    if (renewal?.kind === 'token') return;
    const isOver = (await this.#load(sessionId)).tokens === undefined;
    if (!isOver || !renewal) throw new LatchkeyError('oauth.notRenewable', { account: account.label });
    // Whoever asked for it wants to know why; elsewhere it is enough that it is so.
    const { code, data } = renewal.error;
    throw code === 'oauth.signInAgain' && 'error' in data
      ? new LatchkeyError('oauth.refreshEnded', data)
      : renewal.error;
  }

  /**
   * Where the browser signs out at the server, too; `undefined` when the server has no such page or the session is
   * gone. To be asked for before the session is removed here.
   */
  async logoutUrl(sessionId: string): Promise<Secret | undefined> {
    const record = await this.#ports.store.load(sessionId).catch(() => undefined);
    return record && logoutUrl(record.server, record.client.id, record.idToken, record.loginHint);
  }

  async #load(sessionId: string): Promise<SessionRecord> {
    const record = await this.#ports.store.load(sessionId);
    if (!record) throw new LatchkeyError('oauth.sessionGone');
    return record;
  }
}
