import * as vscode from 'vscode';
import { LatchkeyError } from '../../core/errors';
import type { ConnectionConfig, Session, SessionChange } from '../../core/oauth/model';
import type { Log } from '../../core/ports';
import type { SessionService } from '../../core/session/sessionService';
import type { SessionChanges } from './sessionChanges';

const connectionPrefix = 'connection:';

/** A connection in its place. */
export interface FoundConnection {
  readonly connection: ConnectionConfig;
  /** URI of the folder whose trust counts. */
  readonly folder: string;
}

/** What the provider needs of the workspace. */
export interface ConnectionSource {
  /** Finds a connection of this workspace by name; without a name the user picks. */
  find(name: string): Promise<FoundConnection | undefined>;
  pick(): Promise<FoundConnection | undefined>;
}

export interface AuthenticationProviderDeps {
  readonly sessions: () => Promise<SessionService>;
  readonly connections: () => Promise<ConnectionSource>;
  readonly changes: SessionChanges;
  readonly log: Log;
}

/**
 * Sessions as VS Code and other extensions see them. `getSession('latchkey', ['connection:<name>', ...scopes])`
 * picks the connection by the pseudo-scope, which is never sent to the server and comes back unchanged.
 */
export class LatchkeyAuthenticationProvider implements vscode.AuthenticationProvider {
  readonly #deps: AuthenticationProviderDeps;

  constructor(deps: AuthenticationProviderDeps) {
    this.#deps = deps;
  }

  get onDidChangeSessions(): vscode.Event<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent> {
    return this.#deps.changes.event;
  }

  /** Never prompts. Without scopes: every session, without its token, for the Accounts menu. */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    try {
      const service = await this.#deps.sessions();
      if (scopes === undefined || scopes.length === 0) return (await service.list()).map(withoutToken);
      return await this.#matching(service, scopes, options.account);
    } catch (error) {
      this.#deps.log.error('Sessions could not be listed', error);
      return [];
    }
  }

  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession> {
    const { name, oauthScopes } = splitScopes(scopes);
    const source = await this.#deps.connections();
    const found = await (name === undefined ? source.pick() : source.find(name));
    if (!found && name !== undefined) throw new LatchkeyError('workspace.unknownConnection', { name });
    if (!found) throw new vscode.CancellationError();
    const { name: connection, vscode: provider } = found.connection;
    if (provider !== undefined) throw new LatchkeyError('session.editorAccount', { connection, provider });
    // Before the browser opens: a token that only Latchkey can use is of no use to whoever asks for a session.
    if (found.connection.dpop === true) throw boundToKey(found.connection);
    const service = await this.#deps.sessions();
    const signal = new AbortController().signal;
    const outcome = await service.signIn(found.connection, {
      folder: found.folder,
      scopes: oauthScopes,
      accountId: options.account?.id,
      signal,
    });
    if (outcome.kind === 'cancelled') throw new vscode.CancellationError();
    return withToken(service, outcome.session, scopes, signal);
  }

  async removeSession(sessionId: string): Promise<void> {
    await (await this.#deps.sessions()).signOut(sessionId);
  }

  async #matching(
    service: SessionService,
    scopes: readonly string[],
    account: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<vscode.AuthenticationSession[]> {
    const { name, oauthScopes } = splitScopes(scopes);
    const found = name === undefined ? undefined : await (await this.#deps.connections()).find(name);
    // What VS Code has of other providers is VS Code's to give, after its own question.
    if (!found || found.connection.vscode !== undefined) return [];
    if (!service.isTrusted(found.connection, found.folder)) return [];
    const known = await service.sessionsFor(found.connection);
    if (known.some(({ boundToKey }) => boundToKey)) this.#deps.log.info(boundToKey(found.connection).message);
    const candidates = known.filter(
      (session) =>
        session.state === 'active' &&
        !session.boundToKey &&
        (account === undefined || session.account.id === account.id) &&
        oauthScopes.every((scope) => session.grantedScopes.includes(scope)),
    );
    const signal = new AbortController().signal;
    const sessions = await Promise.all(
      candidates.map((session) => withToken(service, session, scopes, signal).catch(() => undefined)),
    );
    return sessions.filter((session) => session !== undefined);
  }
}

/** Separates the pseudo-scope from the scopes that go to the server. */
export function splitScopes(scopes: readonly string[]): { name: string | undefined; oauthScopes: string[] } {
  const pseudo = scopes.find((scope) => scope.startsWith(connectionPrefix));
  return {
    name: pseudo?.slice(connectionPrefix.length),
    oauthScopes: scopes.filter((scope) => !scope.startsWith(connectionPrefix)),
  };
}

/**
 * A token that is bound to a key (RFC 9449) is worth nothing without proofs, and the key must not leave. A session
 * with it would look like any other and fail at the API, so there is none.
 */
function boundToKey({ label }: ConnectionConfig): LatchkeyError {
  return new LatchkeyError('session.boundToKey', { connection: label });
}

/** For the Accounts menu, which shows accounts and hands out nothing. */
function withoutToken(session: Session): vscode.AuthenticationSession {
  return {
    id: session.id,
    account: session.account,
    scopes: [connectionPrefix + session.connectionName, ...session.scopes],
    accessToken: '',
  };
}

async function withToken(
  service: SessionService,
  session: Session,
  scopes: readonly string[],
  signal: AbortSignal,
): Promise<vscode.AuthenticationSession> {
  const token = await service.freshToken(session.id, signal);
  return {
    id: session.id,
    account: session.account,
    // As asked for: VS Code compares them with the request.
    scopes,
    // The consumer of the session is the one who was given access to the token by VS Code's own consent.
    accessToken: token.value.revealForTransport(),
  };
}

/** The change event in VS Code's shape. Sessions left of an account are reported, or the account would vanish. */
export function toVsCodeChange(
  change: SessionChange,
  all: readonly Session[],
): vscode.AuthenticationProviderAuthenticationSessionsChangeEvent {
  const removedAccounts = new Set(change.removed.map(({ account }) => account.id));
  const siblings = all.filter(
    ({ id, account }) => removedAccounts.has(account.id) && !change.removed.some((gone) => gone.id === id),
  );
  return {
    added: change.added.map(withoutToken),
    removed: change.removed.map(withoutToken),
    changed: [...change.changed, ...siblings].map(withoutToken),
  };
}
