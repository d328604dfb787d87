import { processRevocationResponse, revocationRequest } from 'oauth4webapi';
import { isErrorCode } from '../errors';
import type { Log } from '../ports';
import type { Secret } from '../secret';
import { serverErrorOf } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf, type ServerMetadata } from './serverMetadata';
import type { TokenSet } from './tokenSet';

/** Whose tokens are revoked, and where. */
interface RevokedSession {
  readonly connectionName: string;
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
}

/**
 * Asks the server to forget the tokens: the refresh token, then the access token (RFC 7009). Best effort, after the
 * tokens are gone here: it never rejects, what fails is logged.
 */
export async function revokeTokens(
  http: OAuthHttp,
  log: Log,
  session: RevokedSession,
  tokens: TokenSet,
  signal: AbortSignal,
): Promise<void> {
  const { server } = session;
  const host = hostOf(server.metadata.revocation_endpoint, server);
  if (server.metadata.revocation_endpoint === undefined) {
    log.info(`${host} has no revocation endpoint; its tokens end by themselves`);
    return;
  }
  for (const [token, hint] of [
    [tokens.refresh, 'refresh_token'],
    [tokens.access, 'access_token'],
  ] as const) {
    if (token === undefined || token.length === 0) continue;
    const revoke = (): Promise<void> => revokeToken(http, session, token, hint, signal);
    try {
      await revoke().catch((error: unknown) => onceMore(http, error, signal, revoke));
    } catch (error) {
      await logFailure(log, host, hint, error);
    }
  }
}

async function revokeToken(
  http: OAuthHttp,
  { server, client, connectionName }: RevokedSession,
  token: Secret,
  hint: string,
  signal: AbortSignal,
): Promise<void> {
  const response = await revocationRequest(
    server.metadata,
    libraryClient(client),
    clientAuthentication(client, connectionName),
    token.revealForTransport(),
    { ...oauthRequestOptions(http, server, 'revocation', signal), additionalParameters: { token_type_hint: hint } },
  );
  // The library insists on 200; some servers say 204 for the same.
  if (!response.ok) await processRevocationResponse(response);
}

/** Seconds that are waited for a server that cannot answer now. */
const longestWait = 10;

/** A server that cannot answer now still has the token, and may be asked again after a while (RFC 7009 §2.2.1). */
async function onceMore(
  http: OAuthHttp,
  error: unknown,
  signal: AbortSignal,
  revoke: () => Promise<void>,
): Promise<void> {
  if (!isErrorCode(error, 'oauth.serverBusy') || error.data['status'] !== 503) throw error;
  const seconds = Number(error.data['seconds']);
  if (seconds > longestWait) throw error;
  await http.clock.delay(seconds * 1000, signal);
  await revoke();
}

async function logFailure(log: Log, host: string, hint: string, error: unknown): Promise<void> {
  const answer = await serverErrorOf(error);
  if (answer?.error === 'unsupported_token_type') {
    log.info(`${host} revokes no ${hint}; it ends by itself`);
    return;
  }
  log.warn(`${host} did not revoke the ${hint}: ${error instanceof Error ? error.message : ''}`);
}
