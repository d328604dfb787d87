import { processRevocationResponse, revocationRequest } from 'oauth4webapi';
import type { Log } from '../ports';
import type { Secret } from '../secret';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf, type ServerMetadata } from './serverMetadata';
import type { TokenSet } from './tokenSet';

/**
 * Asks the server to forget the tokens: the refresh token, then the access token (RFC 7009). Best effort, after the
 * tokens are gone here: it never rejects, what fails is logged.
 */
export async function revokeTokens(
  http: OAuthHttp,
  log: Log,
  session: { readonly connectionName: string; readonly server: ServerMetadata; readonly client: OAuthClient },
  tokens: TokenSet,
  signal: AbortSignal,
): Promise<void> {
  const { server, client, connectionName } = session;
  const endpoint = server.metadata.revocation_endpoint;
  if (endpoint === undefined) {
    log.info(`${hostOf(undefined, server)} has no revocation endpoint; its tokens end by themselves`);
    return;
  }
  const revoke = async (token: Secret, hint: string): Promise<void> => {
    const response = await revocationRequest(
      server.metadata,
      libraryClient(client),
      clientAuthentication(client, connectionName),
      token.revealForTransport(),
      { ...oauthRequestOptions(http, server, 'revocation', signal), additionalParameters: { token_type_hint: hint } },
    );
    await processRevocationResponse(response);
  };
  for (const [token, hint] of [
    [tokens.refresh, 'refresh_token'],
    [tokens.access, 'access_token'],
  ] as const) {
    if (token === undefined || token.length === 0) continue;
    await revoke(token, hint).catch((error: unknown) => {
      log.warn(
        `${hostOf(endpoint, server)} did not revoke the ${hint}: ${error instanceof Error ? error.message : ''}`,
      );
    });
  }
}
