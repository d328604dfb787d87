import { abortError, LatchkeyError } from '../errors';
import { accountId, uniqueLabel } from '../oauth/account';
import { requestClientCredentials } from '../oauth/clientCredentials';
import { base64Url } from '../oauth/digest';
import { discoverServer } from '../oauth/discovery';
import type { Account, ConnectionConfig, Session } from '../oauth/model';
import { configuredClient, type OAuthClient } from '../oauth/oauthClient';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { Log, Random } from '../ports';
import { storeSignedIn, type BrowserSignIn, type StoringPorts } from './browserSignIn';
import { secretReference, type SecretVault } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import type { TrustGate } from './trustGate';

/** What {@link signInAsClient} works with. */
export interface ClientSignInPorts extends StoringPorts {
  readonly http: OAuthHttp;
  readonly log: Log;
  readonly random: Random;
  readonly gate: TrustGate;
  readonly vault: SecretVault;
}

/**
 * Signs in the client itself, without a browser: discovery, trust, secret, token, store.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInAsClient(
  ports: ClientSignInPorts,
  signIn: BrowserSignIn,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const { options } = signIn;
  const server = await discoverServer(ports.http, signIn.connection, signal);
  const confirmed = ports.gate.confirm(signIn.connection, options.folder, server, signal);
  signIn.takeOver();
  if (!(await confirmed) || signal.aborted) throw abortError();
  const connection = await ports.vault.unlock(signIn.connection, options.folder, signal);
  const client = configuredClient(connection, server);
  if (!client) throw new LatchkeyError('oauth.clientIdMissing', { connection: connection.name });
  const record = await newRecord(ports, { ...signIn, connection }, server, client);
  const request = { ...record, parameters: record.refreshParameters };
  const tokens = await requestClientCredentials(ports.http, request, signal);
  return storeSignedIn(ports, { ...record, tokens });
}

async function newRecord(
  { random }: ClientSignInPorts,
  { connection, connectionKey, options, sessions }: BrowserSignIn,
  server: ServerMetadata,
  client: OAuthClient,
): Promise<SessionRecord> {
  const all = await sessions();
  const account = await accountOf(connection, server, client, all);
  const known = all.find((session) => session.connectionKey === connectionKey && session.account.id === account.id);
  return {
    id: known?.id ?? base64Url(random.bytes(16)),
    connectionName: connection.name,
    connectionLabel: connection.label,
    connectionKey,
    account,
    loginHint: undefined,
    server,
    client,
    secretReference: secretReference(connection, options.folder),
    grant: 'clientCredentials',
    resource: connection.resource,
    refreshParameters: tokenParameters(connection),
    scopes: [...new Set([...connection.scopes, ...(known?.scopes ?? []), ...(options.scopes ?? [])])],
    tokens: undefined,
    generation: 0,
  };
}

/** There is no authorization request that could carry the audience, so the token request does. */
function tokenParameters({ audience, parameters }: ConnectionConfig): Readonly<Record<string, string>> {
  return { ...(audience === undefined ? {} : { audience }), ...parameters.token };
}

/** The client is its own account, and never the same as a person who happens to have its id as subject. */
async function accountOf(
  { label }: ConnectionConfig,
  server: ServerMetadata,
  client: OAuthClient,
  sessions: readonly Session[],
): Promise<Account> {
  const id = await accountId(server.id, `client ${client.id}`);
  const identity = { subject: client.id, name: client.id, loginHint: undefined };
  const accounts = sessions.map(({ account }) => account);
  return { id, label: uniqueLabel(id, identity, label, hostOf(undefined, server), accounts) };
}
