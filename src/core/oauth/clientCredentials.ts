import { genericTokenEndpointRequest, processGenericTokenEndpointResponse } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import { revealForTransport } from '../secret';
import type { ClientGrant } from './clientGrant';
import type { DpopProver } from './dpopProver';
import { checkBinding, withProof } from './dpopRequest';
import type { ServerError } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { serverTime } from './serverTime';
import { conformingTokenResponse, shownServerError, tokenEndpointError } from './tokenResponse';
import { tokenSetOf, type TokenSet } from './tokenSet';
import { codeUnlessResource } from './resourceRefusal';

/** Everything that the request takes, kept with the session so that it can be repeated. */
export interface ClientCredentialsRequest {
  readonly connectionName: string;
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  readonly resource: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Holds the key that the token is to be bound to. */
  readonly prover?: DpopProver | undefined;
  /** Absent: the client's own credentials (RFC 6749 §4.4). */
  readonly clientGrant?: ClientGrant | undefined;
}

/**
 * Gets a token without a person: for the client itself (RFC 6749 §4.4), or for what the grant speaks of. A refresh
 * token in the answer is left alone (§4.4.3): asking again costs the same and always works.
 * @throws LatchkeyError `oauth.clientRejected`, `oauth.tokenRequestRefused` and those of the transport; AbortError.
 */
export async function requestClientCredentials(
  http: OAuthHttp,
  request: ClientCredentialsRequest,
  signal: AbortSignal,
): Promise<TokenSet> {
  const { server, client, connectionName, clientGrant } = request;
  if (server.metadata.token_endpoint === undefined) {
    throw new LatchkeyError('oauth.endpointMissing', { connection: connectionName, purpose: 'token' });
  }
  const host = hostOf(server.metadata.token_endpoint, server);
  try {
    const tokens = await withProof(request.prover, http.clock, async (proof) => {
      const answer = await genericTokenEndpointRequest(
        server.metadata,
        libraryClient(client),
        clientAuthentication(client, connectionName),
        clientGrant?.type ?? 'client_credentials',
        parametersOf(request),
        { ...oauthRequestOptions(http, server, 'token', signal), ...proof },
      );
      const obtainedAt = http.clock.now();
      const { response } = await conformingTokenResponse(answer, ['id_token', 'refresh_token']);
      const options = { recognizedTokenTypes: clientGrant?.tokenTypes ?? {} };
      const result = await processGenericTokenEndpointResponse(
        server.metadata,
        libraryClient(client),
        response,
        options,
      );
      clientGrant?.check?.(result, host);
      return tokenSetOf(result, obtainedAt, serverTime(answer.headers.get('date')));
    });
    return checkBinding(tokens, request.prover, host);
  } catch (error) {
    throw await tokenEndpointError(error, host, (refused) => refusal(refused, host));
  }
}

function parametersOf({ scopes, resource, parameters, clientGrant }: ClientCredentialsRequest): URLSearchParams {
  const sent = new URLSearchParams({ ...parameters });
  if (scopes.length > 0) sent.set('scope', scopes.join(' '));
  for (const item of resource) sent.append('resource', item);
  // What the grant itself says is set last: no parameter of the file can take its place.
  for (const [name, value] of clientGrant?.parameters ?? []) sent.set(name, revealForTransport(value));
  return sent;
}

function refusal(answer: ServerError, host: string): LatchkeyError {
  const isClient = ['invalid_client', 'unauthorized_client'].includes(answer.error);
  const code = isClient ? 'oauth.clientRejected' : codeUnlessResource(answer.error, 'oauth.tokenRequestRefused');
  return new LatchkeyError(code, { host, ...shownServerError(answer) });
}
