import { accountId, identityOf, namesSomebody, uniqueLabel, type Identity } from '../oauth/account';
import type { Claims } from '../oauth/codeExchange';
import { base64Url, sha256 } from '../oauth/digest';
import type { Account, Session } from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import type { ToldBeside } from '../oauth/quirks/toldBeside';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import type { TokenSet } from '../oauth/tokenSet';
import { fetchUserinfo } from '../oauth/userinfo';
import type { Secret } from '../secret';
import { recordedProof } from './recordedProof';
import type { SessionRecord } from './sessionRecord';
import type { ApprovedSignIn, SignInPorts } from './signInRequest';

/** What a person's sign-in ended with. */
export interface PersonalTokens extends ToldBeside {
  readonly client: OAuthClient;
  readonly tokens: TokenSet;
  /** Of the ID token, checked. */
  readonly claims: Claims | undefined;
  readonly idToken?: Secret | undefined;
  /** The scopes that were asked for. */
  readonly scopes: readonly string[];
}

/**
 * The record of a person who has just signed in: who they are by ID token or userinfo, and the session that is renewed
 * or begun. Not stored yet.
 */
export async function personalRecord(
  { http, log, random }: SignInPorts,
  signIn: ApprovedSignIn,
  { client, tokens, claims, idToken, scopes, identity: told, captured }: PersonalTokens,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const { connection, connectionKey, server, options, prover } = signIn;
  const asks = !namesSomebody(claims) && told === undefined;
  const asked = asks ? await fetchUserinfo(http, log, { server, client, prover }, tokens, signal) : told;
  const identity = identityOf(claims, asked);
  const freshId = base64Url(random.bytes(16));
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
    ...recordedProof(connection, client, options.folder),
    subject: typeof claims?.['sub'] === 'string' ? claims['sub'] : undefined,
    idToken: server.metadata.end_session_endpoint === undefined ? undefined : idToken,
    captured,
    dpopKey: prover?.jwk,
    resource: connection.resource,
    refreshParameters: connection.parameters.refresh,
    scopes,
    tokens,
    generation: 0,
  };
}

/** A server that does not say who signed in is believed to have signed in whom we asked for. */
async function accountOf(
  { connection, options }: ApprovedSignIn,
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
