import type { Disposable } from '../disposable';
import type { Event } from '../emitter';
import { assertNever } from '../assertNever';
import { isAbort } from '../errors';
import type { ClientGrant } from '../oauth/clientGrant';
import { connectionKey } from '../oauth/connectionKey';
import { withRelevantTls } from '../oauth/connectionTls';
import type { AccessToken, ConnectionConfig, Session, SessionChange } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import { pasteRedirect } from '../oauth/pasteRedirect';
import { ServerClocks } from '../oauth/serverClocks';
import type { Environment } from '../oauth/signInPorts';
import { supportedScopes, type ServerMetadata } from '../oauth/serverMetadata';
import { trustedHosts } from '../oauth/trustedHosts';
import { logSignIn } from './logSignIn';
import { DpopProvers } from './dpopProvers';
import { MachineLease } from './machineLease';
import { KeyMaterial } from './keyMaterial';
import type { RecordClientPorts } from './recordClient';
import { secretReference, SecretVault } from './secretVault';
import { SessionCatalog } from './sessionCatalog';
import { SessionInspector } from './sessionInspector';
import { sessionOf, type SessionRecord } from './sessionRecord';
import type { SessionServiceDependencies } from './sessionServiceDependencies';
import { SessionStore } from './sessionStore';
import type { SignInOptions, SignInOutcome } from './signInOutcome';
import { EditorAccounts, editorServer } from './editorAccounts';
import type { SignInPorts, SignInRequest } from './signInRequest';
import { SignOut } from './signOut';
import { SubjectTokens } from './subjectTokens';
import { SignInTurns, type SignInTurn } from './signInTurns';
import { grantedScope, type TlsHttpPorts } from './tlsHttp';
import { TlsProfiles } from './tlsProfiles';
import type { TlsScope } from './tlsScope';
import { TokenManager } from './tokenManager';
import { TrustGate } from './trustGate';

/** Signs people in and out and hands out fresh tokens: the only OAuth engine, for every part of the product. */
export class SessionService implements Disposable {
  readonly #deps: SessionServiceDependencies;
  readonly #http: OAuthHttp;
  readonly #store: SessionStore;
  readonly #catalog: SessionCatalog;
  readonly #tokens: TokenManager;
  readonly #signOut: SignOut;
  readonly #gate: TrustGate;
  readonly #vault: SecretVault;
  readonly #material: KeyMaterial;
  readonly #subjects: SubjectTokens;
  readonly #editor: EditorAccounts;
  readonly #turns = new SignInTurns();

  /** The secrets that are stored: for requests, and for people who want to see, replace or forget them. */
  readonly secrets: Pick<SecretVault, 'list' | 'replace' | 'forget' | 'stored' | 'keep' | 'obtain'>;

  /** Secure connections as project files want them, for requests to APIs. */
  readonly tls: TlsProfiles;

  /** What people look at and ask for in the token inspector. */
  readonly inspector: SessionInspector;

  /** Fires once per change, with what other windows did included. */
  readonly onDidChange: Event<SessionChange>;

  constructor(deps: SessionServiceDependencies) {
    const { transport, clock, lock, log, refreshBuffer } = deps;
    this.#deps = deps;
    this.#http = { transport, clock, serverClocks: new ServerClocks(clock) };
    this.#store = new SessionStore(deps.secrets, log);
    this.#catalog = new SessionCatalog(this.#store, log);
    this.#gate = new TrustGate(deps.consent, deps.trust, clock);
    this.#vault = new SecretVault(deps.secrets, deps.secretPrompt);
    this.secrets = this.#vault;
    this.#material = new KeyMaterial(this.#vault, deps.files);
    this.tls = new TlsProfiles({ material: this.#material, vault: this.#vault, unverified: deps.unverified });
    const lease = new MachineLease(deps.secrets, clock, log, isAwayFromSecrets(deps.environment));
    const own = { store: this.#store, catalog: this.#catalog, lease, ...this.#keys() };
    this.#subjects = new SubjectTokens({
      ...{ vault: this.#vault, gate: this.#gate },
      sessions: () => this.#catalog.listOrFail(),
      freshToken: (id, signal) => this.#tokens.fresh(id, signal),
      preferredAccount: deps.preferredAccount ?? (() => undefined),
    });
    const clientGrant = async (record: SessionRecord, signal: AbortSignal): Promise<ClientGrant | undefined> => {
      const { clientGrantOf } = await import('./clientGrantOf');
      return clientGrantOf({ random: deps.random, subjects: this.#subjects }, record, signal);
    };
    const provers = new DpopProvers(clock);
    this.#tokens = new TokenManager({ ...own, provers, lock, log, refreshBuffer, clientGrant });
    this.#signOut = new SignOut({ ...own, lock, log });
    this.inspector = new SessionInspector({ ...own, tokens: this.#tokens, trust: deps.trust });
    this.#editor = new EditorAccounts(deps.editorSessions);
    this.onDidChange = this.#catalog.onDidChange;
  }

  /** Every session that can be read. Works offline, shows nothing, never rejects. */
  list(): Promise<readonly Session[]> {
    return this.#catalog.list();
  }

  /**
   * The sessions of a connection, matched by {@link connectionKey}, so a renamed connection keeps its sessions.
   * @throws LatchkeyError `oauth.secretStoreFailed`: nobody knows then whether there are any.
   */
  async sessionsFor(connection: ConnectionConfig): Promise<readonly Session[]> {
    const key = await connectionKey(connection);
    if (connection.vscode !== undefined) return this.#editor.sessionsFor(connection, connection.vscode, key);
    return (await this.#catalog.listOrFail()).filter((session) => session.connectionKey === key);
  }

  /**
   * Signs in after the user has approved the connection: with the browser, or without it as the client itself. A
   * client secret that is not stored yet, or that the server refused the last time, is asked for.
   * A second sign-in for the same connection ends the first one as cancelled; other connections are not affected.
   * @throws LatchkeyError why it failed.
   */
  async signIn(connection: ConnectionConfig, options: SignInOptions): Promise<SignInOutcome> {
    const key = await connectionKey(connection);
    const turn = this.#turns.start(key);
    const signal = AbortSignal.any([options.signal, turn.signal]);
    try {
      if (connection.vscode !== undefined)
        return await this.#useEditor(connection, connection.vscode, key, options, signal);
      return { kind: 'signedIn', session: await this.#signIn(connection, key, options, turn, signal) };
    } catch (error) {
      if (isAbort(error) || signal.aborted) return { kind: 'cancelled' };
      await this.#vault.noteFailure(error, secretReference(connection, options.folder));
      throw error;
    } finally {
      turn.end();
    }
  }

  /**
   * Whether the user has approved, now or earlier, this connection for this workspace folder.
   * @throws LatchkeyError when the server's hosts cannot be found out; AbortError.
   */
  async ensureTrusted(connection: ConnectionConfig, folder: string, signal: AbortSignal): Promise<boolean> {
    if (this.#gate.approval(connection, folder)) return true;
    const server = await this.#serverOf(connection, folder, signal);
    const { withFileDigests } = await import('./unlockConnection');
    const relevant = withRelevantTls(connection, trustedHosts(server));
    return this.#gate.confirm(await withFileDigests(this.#material, relevant, folder), folder, server, signal);
  }

  /**
   * The scopes that the server of a connection publishes (RFC 8414 §2). It is asked each time; nobody is signed in.
   * @throws LatchkeyError when it cannot be asked; AbortError.
   */
  async offeredScopes(connection: ConnectionConfig, folder: string, signal: AbortSignal): Promise<readonly string[]> {
    return supportedScopes((await this.#serverOf(connection, folder, signal)).metadata) ?? [];
  }

  /** Whether the user has approved this connection, as it is now, for this workspace folder. Asks nobody. */
  isTrusted(connection: ConnectionConfig, folder: string): boolean {
    return this.#gate.approval(connection, folder) !== undefined;
  }

  /** How requests with the connection's token are secured, with the files as the user approved them. */
  tlsScope(connection: ConnectionConfig, folder: string): TlsScope {
    return grantedScope(connection, folder, this.#gate.approval(connection, folder));
  }

  /**
   * An access token that is good for now; refreshes when it is due.
   * @throws LatchkeyError `oauth.signInAgain` or `oauth.sessionGone` when only the user can help, or why the refresh
   * failed, which signs nobody out; AbortError.
   */
  freshToken(sessionId: string, signal: AbortSignal): Promise<AccessToken> {
    if (this.#editor.owns(sessionId)) return this.#editor.freshToken(sessionId);
    return this.#tokens.fresh(sessionId, signal);
  }

  /**
   * After a 401: another token than the rejected one, or `undefined` when there is none to be had without the user.
   * @throws LatchkeyError why the refresh failed, which signs nobody out; AbortError.
   */
  renew(sessionId: string, rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined> {
    if (this.#editor.owns(sessionId)) return this.#editor.renew(sessionId, rejected);
    return this.#tokens.renew(sessionId, rejected, signal);
  }

  /**
   * Removes the session here first, then asks the server to revoke its tokens (RFC 7009), as well as it can.
   * Unknown id: nothing to do.
   * @throws LatchkeyError `oauth.secretStoreFailed` when the session could not be removed.
   */
  signOut(sessionId: string, signal: AbortSignal = new AbortController().signal): Promise<void> {
    return this.#signOut.run(sessionId, signal);
  }

  /** Reads the store again and fires the difference; for windows that hear no change events of others. */
  reload(): Promise<void> {
    return this.#catalog.reload();
  }

  dispose(): void {
    this.#turns.dispose();
    this.#signOut.dispose();
    this.#catalog.dispose();
    this.#store.dispose();
  }

  async #signIn(
    connection: ConnectionConfig,
    key: string,
    options: SignInOptions,
    { takeOver }: SignInTurn,
    signal: AbortSignal,
  ): Promise<Session> {
    const { log } = this.#deps;
    const request = { connection, connectionKey: key, options, takeOver, sessions: () => this.list() };
    const record = await this.#obtain(request, signal);
    const session = sessionOf(record);
    await this.#catalog.put(session.id, session);
    logSignIn(log, session);
    return session;
  }

  async #serverOf(connection: ConnectionConfig, folder: string, signal: AbortSignal): Promise<ServerMetadata> {
    if (connection.vscode !== undefined) return editorServer(connection.vscode, connection);
    const { findServer } = await import('./signInRequest');
    return findServer({ http: this.#http, tls: this.tls }, connection, folder, signal);
  }

  /** VS Code signs in; what is ours is the question whether the folder may use that account at these origins. */
  async #useEditor(
    connection: ConnectionConfig,
    provider: string,
    key: string,
    { folder, accountId, scopes = [] }: SignInOptions,
    signal: AbortSignal,
  ): Promise<SignInOutcome> {
    const server = editorServer(provider, connection);
    if (!(await this.#gate.confirm(connection, folder, server, signal)) || signal.aborted) return { kind: 'cancelled' };
    const session = await this.#editor.signIn(connection, provider, key, { accountId, scopes });
    return session ? { kind: 'signedIn', session } : { kind: 'cancelled' };
  }

  async #obtain(request: SignInRequest, signal: AbortSignal): Promise<SessionRecord> {
    const { browser, clock, environment, lock, log, progress, random, strategies } = this.#deps;
    const ports: SignInPorts = {
      ...{ lock, log, random },
      ...{ store: this.#store, gate: this.#gate, subjects: this.#subjects, ...this.#keys() },
    };
    const { grant } = request.connection;
    switch (grant) {
      case 'authorizationCode': {
        const { signInWithBrowser } = await import('./browserSignIn');
        const ways = [...strategies, pasteRedirect];
        return signInWithBrowser(
          { ...ports, browser, clock, environment, progress, strategies: ways },
          request,
          signal,
        );
      }
      case 'clientCredentials':
      case 'jwtBearer':
      case 'tokenExchange': {
        const { signInAsClient } = await import('./clientSignIn');
        return signInAsClient(ports, request, grant, signal);
      }
      case 'deviceCode': {
        const { signInOnDevice } = await import('./deviceSignIn');
        return signInOnDevice({ ...ports, browser, clock, progress }, request, signal);
      }
      default:
        return assertNever(grant);
    }
  }

  #keys(): RecordClientPorts & TlsHttpPorts {
    return { http: this.#http, vault: this.#vault, material: this.#material, tls: this.tls };
  }
}

/** On the desktop the secrets are kept where the user sits; extensions may run elsewhere (SSH, WSL, a container). */
function isAwayFromSecrets({ ui, extensionHost }: Environment): boolean {
  return ui === 'desktop' && extensionHost === 'remote';
}
