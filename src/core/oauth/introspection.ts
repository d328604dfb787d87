import { introspectionRequest, processIntrospectionResponse } from 'oauth4webapi';
import { isAbort, LatchkeyError } from '../errors';
import type { Secret } from '../secret';
import type { Claims } from './codeExchange';
import { libraryErrorOf, serverErrorOf } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { shownServerError } from './tokenResponse';

/**
 * Asks the server what it knows of an access token now (RFC 7662). `active: false` is an answer like any other; it
 * signs nobody out.
 * @throws LatchkeyError `oauth.endpointMissing`, `oauth.introspectionRefused`, `oauth.introspectionInvalid`, or why the
 * server could not be asked; AbortError.
 */
export async function introspectToken(
  http: OAuthHttp,
  session: { readonly connectionName: string; readonly server: ServerMetadata; readonly client: OAuthClient },
  token: Secret,
  signal: AbortSignal,
): Promise<Claims> {
  const { server, client, connectionName } = session;
  const endpoint = server.metadata.introspection_endpoint;
  if (endpoint === undefined) {
    throw new LatchkeyError('oauth.endpointMissing', { connection: connectionName, purpose: 'introspection' });
  }
  const response = await introspectionRequest(
    server.metadata,
    libraryClient(client),
    clientAuthentication(client, connectionName),
    token.revealForTransport(),
    {
      ...oauthRequestOptions(http, server, 'introspection', signal),
      additionalParameters: { token_type_hint: 'access_token' },
    },
  );
  try {
    return await processIntrospectionResponse(server.metadata, libraryClient(client), response);
  } catch (error) {
    throw await introspectionError(error, hostOf(endpoint, server));
  }
}

async function introspectionError(error: unknown, host: string): Promise<unknown> {
  if (error instanceof LatchkeyError || isAbort(error)) return error;
  const refused = await serverErrorOf(error);
  if (refused) return new LatchkeyError('oauth.introspectionRefused', { host, ...shownServerError(refused) });
  const broken = libraryErrorOf(error);
  return broken ? new LatchkeyError('oauth.introspectionInvalid', { host, reason: broken.reason }) : error;
}
