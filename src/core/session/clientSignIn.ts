import { LatchkeyError } from '../errors';
import { accountId, uniqueLabel } from '../oauth/account';
import { requestClientCredentials } from '../oauth/clientCredentials';
import { base64Url } from '../oauth/digest';
import type { Account, ConnectionConfig, Session } from '../oauth/model';
import { configuredClient, type OAuthClient } from '../oauth/oauthClient';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import { secretReference } from './secretVault';
import type { SessionRecord } from './sessionRecord';
import { approveSignIn, type ApprovedSignIn, type SignInPorts, type SignInRequest } from './signInRequest';
import { storeSignedIn } from './storeSignedIn';

/**
 * Signs in the client itself, without a browser: discovery, trust, secret, token, store.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInAsClient(
  ports: SignInPorts,
  signIn: SignInRequest,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const approved = await approveSignIn(ports, signIn, signal);
  const { connection, server } = approved;
  const client = configuredClient(connection, server);
  if (!client) throw new LatchkeyError('oauth.clientIdMissing', { connection: connection.name });
  const record = await newRecord(ports, approved, client);
  const request = { ...record, parameters: record.refreshParameters, prover: approved.prover };
  const tokens = await requestClientCredentials(ports.http, request, signal);
  return storeSignedIn(ports, { ...record, tokens });
}

async function newRecord(
  { random }: SignInPorts,
  { connection, connectionKey, server, options, sessions, prover }: ApprovedSignIn,
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
    dpopKey: prover?.jwk,
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
