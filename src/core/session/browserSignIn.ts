import { abortError, LatchkeyError } from '../errors';
import { accountId, identityOf, namesSomebody, uniqueLabel, type Identity } from '../oauth/account';
import type { AuthorizationRequest } from '../oauth/authorizationUrl';
import { authorizeInBrowser, type Authorized, type AuthorizationPorts } from '../oauth/browserAuthorization';
import { chooseRedirects } from '../oauth/chooseRedirects';
import { base64Url, sha256 } from '../oauth/digest';
import { discoverServer } from '../oauth/discovery';
import type { Account, ConnectionConfig, Session } from '../oauth/model';
import { configuredClient } from '../oauth/oauthClient';
import type { OAuthHttp } from '../oauth/oauthHttp';
import { revokeTokens } from '../oauth/revocation';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import type { Environment } from '../oauth/signInPorts';
import { fetchUserinfo } from '../oauth/userinfo';
import type { Lock, Log } from '../ports';
import { secretReference, type SecretVault } from './secretVault';
import { sessionLockName } from './sessionLockName';
import type { SessionRecord } from './sessionRecord';
import type { SessionStore } from './sessionStore';
import type { SignInOptions } from './signInOutcome';
import type { TrustGate } from './trustGate';

/** What {@link storeSignedIn} works with. */
export interface StoringPorts {
  readonly http: OAuthHttp;
  readonly log: Log;
  readonly store: SessionStore;
  readonly lock: Lock;
}

/** What {@link signInWithBrowser} works with. */
export interface BrowserSignInPorts extends AuthorizationPorts, StoringPorts {
  readonly gate: TrustGate;
  readonly vault: SecretVault;
  readonly environment: Environment;
}

/** One sign-in: what is asked for, and what is known so far. */
export interface BrowserSignIn {
  readonly connection: ConnectionConfig;
  readonly connectionKey: string;
  readonly options: SignInOptions;
  /** Called when the user is about to be asked: an earlier sign-in for the connection ends here. */
  readonly takeOver: () => void;
  /** Every session there is at the moment. */
  readonly sessions: () => Promise<readonly Session[]>;
}

/**
 * Discovery, trust, browser, tokens, account, store. Nothing is stored before everything is there.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInWithBrowser(
  ports: BrowserSignInPorts,
  signIn: BrowserSignIn,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const { options } = signIn;
  const server = await discoverServer(ports.http, signIn.connection, signal);
  // Taking over comes after joining: a dialog of the earlier sign-in stays open for this one.
  const confirmed = ports.gate.confirm(signIn.connection, options.folder, server, signal);
  signIn.takeOver();
  if (!(await confirmed) || signal.aborted) throw abortError();
  const connection = await ports.vault.unlock(signIn.connection, options.folder, signal);
  const request = await authorizationRequest(ports.store, { ...signIn, connection }, server);
  const kinds = chooseRedirects(ports.environment, redirectRules(connection, server), connection.redirect);
  const authorized = await authorizeInBrowser(ports, request, kinds, signal);
  const record = await newRecord(ports, signIn, request, authorized, signal);
  return storeSignedIn(ports, record);
}

function redirectRules(
  connection: ConnectionConfig,
  server: ServerMetadata,
): { readonly registersClients: boolean; readonly editorSchemes: boolean } {
  const confidential = (configuredClient(connection, server)?.auth ?? 'none') !== 'none';
  const registersClients = server.metadata.registration_endpoint !== undefined && !confidential;
  return { registersClients, editorSchemes: true };
}

async function authorizationRequest(
  store: SessionStore,
  { connection, connectionKey, options, sessions }: BrowserSignIn,
  server: ServerMetadata,
): Promise<AuthorizationRequest> {
  const own = (await sessions()).filter((session) => session.connectionKey === connectionKey);
  const again = own.find(({ account }) => account.id === options.accountId);
  const record = again && (await store.load(again.id));
  return {
    connection,
    server,
    scopes: [...new Set([...connection.scopes, ...(again?.scopes ?? []), ...(options.scopes ?? [])])],
    loginHint: record?.loginHint,
    chooseAccount: options.accountId === undefined && own.length > 0,
  };
}

async function newRecord(
  ports: BrowserSignInPorts,
  signIn: BrowserSignIn,
  { server, scopes }: AuthorizationRequest,
  { client, tokens, claims }: Authorized,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const { connection, connectionKey } = signIn;
  const asked = namesSomebody(claims)
    ? undefined
    : await fetchUserinfo(ports.http, ports.log, server, client, tokens, signal);
  const identity = identityOf(claims, asked);
  const freshId = base64Url(ports.random.bytes(16));
  // Read now and not before the browser: other sign-ins may have ended meanwhile.
  const sessions = await signIn.sessions();
  const account = await accountOf(signIn, sessions, identity, server, freshId);
  // One session per account of a connection: signing in again renews it, under the id that everybody knows.
  const known = sessions.find(
    (session) => session.connectionKey === connectionKey && session.account.id === account.id,
  );
  return {
    id: known?.id ?? freshId,
    connectionName: connection.name,
    connectionLabel: connection.label,
    connectionKey,
    account,
    loginHint: identity.loginHint,
    server,
    client,
    secretReference: client.registered ? undefined : secretReference(connection, signIn.options.folder),
    resource: connection.resource,
    refreshParameters: connection.parameters.refresh,
    scopes,
    tokens,
    generation: 0,
  };
}

/** A server that does not say who signed in is believed to have signed in whom we asked for. */
async function accountOf(
  { connection, options }: BrowserSignIn,
  sessions: readonly Session[],
  identity: Identity,
  server: ServerMetadata,
  freshId: string,
): Promise<Account> {
  const accounts = sessions.map(({ account }) => account);
  const expected = accounts.find(({ id }) => id === options.accountId);
  if (identity.subject === undefined && expected) return expected;
  const id = await (identity.subject === undefined
    ? sha256(`${server.id}|unknown|${freshId}`)
    : accountId(server.id, identity.subject));
  return { id, label: uniqueLabel(id, identity, connection.label, hostOf(undefined, server), accounts) };
}

/** Under the session's lock, because another window may be refreshing the tokens that are replaced. */
export async function storeSignedIn(ports: StoringPorts, record: SessionRecord): Promise<SessionRecord> {
  return ports.lock.withLock(sessionLockName(record.id), undefined, async (fence) => {
    const written = (await fence?.read()) ?? 0;
    const before = await ports.store.load(record.id);
    const next = { ...record, generation: Math.max(written, before?.generation ?? 0) + 1 };
    await fence?.write(next.generation);
    try {
      await ports.store.save(next, { keep: false });
    } catch (error) {
      await fence?.write(written);
      // The tokens of an earlier session may hang on the same grant at the server, so they are revoked only alone.
      if (!before && next.tokens) {
        await revokeTokens(ports.http, ports.log, next, next.tokens, new AbortController().signal);
      }
      throw error;
    }
    return next;
  });
}

/** @throws LatchkeyError `oauth.grantUnsupported`. */
export function assertSignInGrant({ name, grant }: ConnectionConfig): void {
  if (grant !== 'authorizationCode') throw new LatchkeyError('oauth.grantUnsupported', { connection: name, grant });
}
