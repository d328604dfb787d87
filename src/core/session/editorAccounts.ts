import { LatchkeyError } from '../errors';
import { insecureOriginsOf } from '../oauth/secureUrl';
import type { ServerMetadata } from '../oauth/serverMetadata';
import type { EditorSession, EditorSessions } from '../oauth/signInPorts';
import type { AccessToken, ConnectionConfig, Session } from '../oauth/model';

const prefix = 'vscode:';

interface Known {
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly session: EditorSession;
}

/**
 * Sessions that VS Code has of other providers, in the shape of ours. Nothing of them is stored: VS Code keeps, renews
 * and ends them. A token is asked for anew at each send, because only VS Code knows whether it is still good.
 */
export class EditorAccounts {
  readonly #sessions: EditorSessions;
  readonly #known = new Map<string, Known>();
  /** Tokens that an API refused and VS Code had no better one for, by session. */
  readonly #refused = new Map<string, string>();

  constructor(sessions: EditorSessions) {
    this.#sessions = sessions;
  }

  /** Whether a session is one of VS Code's. */
  owns(sessionId: string): boolean {
    return sessionId.startsWith(prefix);
  }

  /** The sessions that a connection may use. Asks nobody. */
  async sessionsFor(connection: ConnectionConfig, provider: string, key: string): Promise<readonly Session[]> {
    const found = await this.#sessions.find(provider, connection.scopes);
    return found.map((session) => this.#remember(connection, provider, key, session));
  }

  /** Has VS Code sign in; `undefined` when the user closed its question. */
  async signIn(
    connection: ConnectionConfig,
    provider: string,
    key: string,
    wanted: { readonly accountId: string | undefined; readonly scopes: readonly string[] },
  ): Promise<Session | undefined> {
    const scopes = [...new Set([...connection.scopes, ...wanted.scopes])];
    const own = [...this.#known].filter(([, known]) => known.provider === provider);
    const account = own.find(([, { session }]) => session.account.id === wanted.accountId)?.[1].session.account;
    const renew = own.some(([id, { session }]) => this.#refused.get(id) === session.token.revealForTransport());
    const chooseAccount = account === undefined && own.length > 0 && !renew;
    const session = await this.#sessions.signIn({
      ...{ provider, scopes, account, chooseAccount, renew },
      connectionLabel: connection.label,
    });
    return session && this.#remember(connection, provider, key, session);
  }

  /**
   * The token that VS Code has now.
   * @throws LatchkeyError `oauth.signInAgain` when it has none any more.
   */
  async freshToken(sessionId: string): Promise<AccessToken> {
    const known = this.#known.get(sessionId);
    if (!known) throw new LatchkeyError('oauth.sessionGone');
    const { account } = known.session;
    const found = await this.#sessions.find(known.provider, known.scopes);
    const session = found.find((candidate) => candidate.account.id === account.id);
    if (!session) throw new LatchkeyError('oauth.signInAgain', { account: account.label });
    return { sessionId, type: 'Bearer', value: session.token, expiresAt: undefined };
  }

  /** Another token than the one that an API refused; `undefined` when VS Code has no other. */
  async renew(sessionId: string, rejected: AccessToken): Promise<AccessToken | undefined> {
    const now = await this.freshToken(sessionId);
    const token = now.value.revealForTransport();
    if (token !== rejected.value.revealForTransport()) return now;
    this.#refused.set(sessionId, token);
    return undefined;
  }

  #remember(connection: ConnectionConfig, provider: string, key: string, session: EditorSession): Session {
    const id = `${prefix}${provider}:${session.id}`;
    this.#known.set(id, { provider, scopes: connection.scopes, session });
    return {
      id,
      connectionName: connection.name,
      connectionLabel: connection.label,
      issuer: prefix + provider,
      connectionKey: key,
      account: session.account,
      scopes: connection.scopes,
      grantedScopes: session.scopes,
      expiresAt: undefined,
      refreshable: false,
      state: 'active',
      boundToKey: false,
    };
  }
}

/** What stands for the server where VS Code signs in: no host of it is known, so none is shown or compared. */
export function editorServer(provider: string, connection: ConnectionConfig): ServerMetadata {
  return {
    id: prefix + provider,
    issuerKnown: false,
    metadata: { issuer: 'https://issuer.invalid' },
    insecureOrigins: insecureOriginsOf(connection.origins),
  };
}
