import { dynamicClientRegistrationRequest, processDynamicClientRegistrationResponse } from 'oauth4webapi';
import { assertNever } from '../assertNever';
import { LatchkeyError } from '../errors';
import { Secret } from '../secret';
import { libraryErrorOf, serverErrorOf } from './libraryError';
import type { ClientAuth, ConnectionConfig } from './model';
import type { OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { describedAs, plainServerText } from './serverText';

/** As registrations and metadata name it (RFC 8628 §3.4). */
export const deviceCodeGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** Forms in which a server may insist on a secret although none was asked for (RFC 7591 §3.2.1). */
const authMethods: Readonly<Record<string, ClientAuth>> = {
  none: 'none',
  client_secret_basic: 'basic',
  client_secret_post: 'post',
  client_secret_jwt: 'clientSecretJwt',
};

/** What a client is registered for. */
export type ClientUse =
  /** The authorization code grant, with exactly this redirect URI. */
  | { readonly grant: 'authorizationCode'; readonly redirectUri: string }
  /** The device authorization grant, which has no redirect (RFC 8628). */
  | { readonly grant: 'deviceCode' };

/**
 * Registers a public native client for one sign-in, for exactly what it will do (RFC 7591).
 * @throws LatchkeyError `oauth.registrationUnsupported` or `oauth.registrationRefused`.
 */
export async function registerClient(
  http: OAuthHttp,
  server: ServerMetadata,
  connection: ConnectionConfig,
  use: ClientUse,
  signal: AbortSignal,
): Promise<OAuthClient> {
  const endpoint = server.metadata.registration_endpoint;
  const host = hostOf(endpoint, server);
  if (endpoint === undefined) {
    throw new LatchkeyError('oauth.registrationUnsupported', { connection: connection.name, host });
  }
  const request = {
    client_name: 'Latchkey',
    application_type: 'native',
    ...grantMetadata(use),
    token_endpoint_auth_method: 'none',
  };
  const options = oauthRequestOptions(http, server, 'registration', signal);
  const response = await dynamicClientRegistrationRequest(server.metadata, request, options);
  try {
    return registeredClient(await processDynamicClientRegistrationResponse(await asCreated(response)));
  } catch (error) {
    throw await registrationError(error, host, use);
  }
}

function grantMetadata(use: ClientUse): Readonly<Record<'redirect_uris' | 'grant_types' | 'response_types', string[]>> {
  switch (use.grant) {
    case 'authorizationCode':
      return {
        redirect_uris: [use.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      };
    case 'deviceCode':
      return { redirect_uris: [], grant_types: [deviceCodeGrantType, 'refresh_token'], response_types: [] };
    default:
      return assertNever(use);
  }
}

/** RFC 7591 asks for 201; servers that answer 200 are common, and the difference means nothing here. */
async function asCreated(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  return new Response(await response.text(), { status: 201, headers: response.headers });
}

function registeredClient(answer: Awaited<ReturnType<typeof processDynamicClientRegistrationResponse>>): OAuthClient {
  const { client_id: id, client_secret: secret, token_endpoint_auth_method: method } = answer;
  const auth = typeof method === 'string' ? authMethods[method] : undefined;
  return {
    id,
    secret: typeof secret === 'string' ? new Secret(secret) : undefined,
    auth: typeof secret === 'string' ? (auth ?? 'basic') : 'none',
    registered: true,
    idTokenAlgorithm: answer.id_token_signed_response_alg,
  };
}

async function registrationError(error: unknown, host: string, use: ClientUse): Promise<unknown> {
  const refused = await serverErrorOf(error);
  const broken = refused ? undefined : libraryErrorOf(error);
  if (!refused && !broken) return error;
  return new LatchkeyError('oauth.registrationRefused', {
    host,
    purpose: use.grant === 'deviceCode' ? 'the device authorization grant' : use.redirectUri,
    error: plainServerText(refused?.error ?? 'invalid response'),
    description: describedAs(refused?.description ?? broken?.reason),
  });
}
