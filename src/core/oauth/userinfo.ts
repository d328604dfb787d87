import { protectedResourceRequest } from 'oauth4webapi';
import { isAbort } from '../errors';
import type { Log } from '../ports';
import type { Claims } from './codeExchange';
import type { DpopProver } from './dpopProver';
import { withProof } from './dpopRequest';
import type { OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { quirksOf } from './presets/presets';
import { identityAt } from './quirks/toldBeside';
import { hostOf, type ServerMetadata } from './serverMetadata';
import type { TokenSet } from './tokenSet';

/** Whom to ask, and as whom. */
export interface UserinfoRequest {
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
  /** Holds the key that the token is bound to. */
  readonly prover: DpopProver | undefined;
}

/**
 * What the server tells about the user (OpenID Connect Core §5.3, and the like of servers without OpenID).
 * It only makes a label nicer, so a failure is logged and `undefined` returned.
 */
export async function fetchUserinfo(
  http: OAuthHttp,
  log: Log,
  { server, client, prover }: UserinfoRequest,
  tokens: TokenSet,
  signal: AbortSignal,
): Promise<Claims | undefined> {
  const endpoint = server.metadata.userinfo_endpoint;
  if (endpoint === undefined) return undefined;
  try {
    const token = tokens.access.revealForTransport();
    const response = await withProof(tokens.type === 'DPoP' ? prover : undefined, http.clock, async (proof) => {
      const options = { ...oauthRequestOptions(http, server, 'userinfo', signal, client.id), ...proof };
      const accept = new Headers({ accept: 'application/json' });
      return protectedResourceRequest(token, 'GET', new URL(endpoint), accept, null, options);
    });
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
