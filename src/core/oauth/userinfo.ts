import { userInfoRequest } from 'oauth4webapi';
import { isAbort } from '../errors';
import type { Log } from '../ports';
import type { Claims } from './codeExchange';
import { libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { quirksOf } from './presets/presets';
import { identityAt } from './quirks/toldBeside';
import { hostOf, type ServerMetadata } from './serverMetadata';
import type { TokenSet } from './tokenSet';

/**
 * What the server tells about the user (OpenID Connect Core §5.3, and the like of servers without OpenID).
 * It only makes a label nicer, so a failure is logged and `undefined` returned.
 */
export async function fetchUserinfo(
  http: OAuthHttp,
  log: Log,
  server: ServerMetadata,
  client: OAuthClient,
  tokens: TokenSet,
  signal: AbortSignal,
): Promise<Claims | undefined> {
  const endpoint = server.metadata.userinfo_endpoint;
  if (endpoint === undefined) return undefined;
  try {
    const options = oauthRequestOptions(http, server, 'userinfo', signal, client.id);
    const token = tokens.access.revealForTransport();
    const response = await userInfoRequest(server.metadata, libraryClient(client), token, options);
    const body: unknown = response.status === 200 ? await response.json() : undefined;
    const places = quirksOf(server.preset).userinfo;
    const identity = places && identityAt(body, places);
    if (identity) return identity;
    if (typeof body === 'object' && body !== null) return body as Claims;
    log.warn(`${hostOf(endpoint, server)} told nothing about the user (HTTP ${response.status})`);
  } catch (error) {
    if (isAbort(error)) throw error;
    log.warn(`${hostOf(endpoint, server)} told nothing about the user: ${error instanceof Error ? error.message : ''}`);
  }
  return undefined;
}
