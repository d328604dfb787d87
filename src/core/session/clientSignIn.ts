import { LatchkeyError } from '../errors';
import { accountId, uniqueLabel } from '../oauth/account';
import { requestClientCredentials } from '../oauth/clientCredentials';
import { base64Url } from '../oauth/digest';
import { assertionNames } from '../oauth/jwtBearer';
import type { Account, ConnectionConfig, ExchangeSetting, Session } from '../oauth/model';
import { grantClient, type OAuthClient } from '../oauth/oauthClient';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import { clientGrantOf } from './clientGrantOf';
import { recordedProof } from './recordedProof';
import type { RepeatedGrant, SessionRecord } from './sessionRecord';
import { approveSignIn, type ApprovedSignIn, type SignInPorts, type SignInRequest } from './signInRequest';
import { storeSignedIn } from './storeSignedIn';

/**
 * Signs in without a person and a browser: the client itself, whom its assertion speaks for, or whose token it
 * exchanges. Discovery, trust, secrets, token, store.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInAsClient(
  ports: SignInPorts,
  signIn: SignInRequest,
  grant: RepeatedGrant,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const approved = await approveSignIn(ports, signIn, signal);
  const { connection, server } = approved;
  const client = grantClient(connection, server);
  if (!client) throw new LatchkeyError('oauth.clientIdMissing', { connection: connection.name });
  const record = await newRecord(ports, approved, client, grant);
  const clientGrant = await clientGrantOf(ports, record, signal);
  const request = { ...record, parameters: record.refreshParameters, clientGrant, prover: approved.prover };
  const tokens = await requestClientCredentials(approved.http, request, signal);
  return storeSignedIn({ ...ports, http: approved.http }, { ...record, tokens });
}

async function newRecord(
  { random, subjects }: SignInPorts,
  { connection, connectionKey, server, options, sessions, prover }: ApprovedSignIn,
  client: OAuthClient,
  grant: RepeatedGrant,
): Promise<SessionRecord> {
  const exchanger = { connectionName: connection.name, folder: options.folder };
  const exchange = connection.exchange && (await subjects.chosen(connection.exchange, exchanger));
  const all = await sessions();
  const who = whoIsIt(client, grant, { ...connection, exchange }, all);
  const account = await accountOf(who, connection, server, all);
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
    ...recordedProof(connection, client, options.folder),
    grant,
    exchange,
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

interface Who {
  /** What no two accounts of a server have in common. */
  readonly id: string;
  readonly name: string;
}

function whoIsIt(
  client: OAuthClient,
  grant: RepeatedGrant,
  { assertion, exchange }: ConnectionConfig,
  sessions: readonly Session[],
): Who {
  if (grant === 'jwtBearer') {
    const { issuer, subject } = assertionNames(client, assertion);
    return { id: `assertion ${JSON.stringify([issuer, subject])}`, name: subject };
  }
  return exchange && grant === 'tokenExchange'
    ? exchangedAccount(exchange, sessions)
    : { id: `client ${client.id}`, name: client.id };
}

/** Whose token is exchanged is who signs in. */
function exchangedAccount({ subject: { source } }: ExchangeSetting, sessions: readonly Session[]): Who {
  if (source.kind === 'secret') return { id: `exchanged secret ${source.name}`, name: source.name };
  const { connectionKey, accountId: subjectId = '' } = source;
  const subject = sessions.find(
    (session) => session.connectionKey === connectionKey && session.account.id === subjectId,
  );
  const name = subject?.account.label.replace(` · ${subject.connectionLabel}`, '') ?? source.name;
  return { id: `exchanged ${subjectId}`, name };
}

/** Never the same account as a person who happens to have its id as subject. */
async function accountOf(
  { id: who, name }: Who,
  { label }: ConnectionConfig,
  server: ServerMetadata,
  sessions: readonly Session[],
): Promise<Account> {
  const id = await accountId(server.id, who);
  const identity = { subject: name, name, loginHint: undefined };
  const accounts = sessions.map(({ account }) => account);
  return { id, label: uniqueLabel(id, identity, label, hostOf(undefined, server), accounts) };
}
