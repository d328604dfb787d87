import {
  ClientSecretBasic,
  ClientSecretPost,
  None,
  type Client,
  type ClientAuth as LibraryClientAuth,
} from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { Secret } from '../secret';
import type { ClientAuth, ConnectionConfig } from './model';
import type { ServerMetadata } from './serverMetadata';

/** The client that a session belongs to: the connection's, or one that was registered for the sign-in. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: Secret | undefined;
  readonly auth: ClientAuth;
  /** Registered by us (RFC 7591). The server may forget such a client. */
  readonly registered: boolean;
  /** `id_token_signed_response_alg` of a registered client. */
  readonly idTokenAlgorithm: string | undefined;
}

/** The client that the project file names; `undefined` when it names none. */
export function configuredClient(connection: ConnectionConfig, server: ServerMetadata): OAuthClient | undefined {
  const { clientId, clientSecret } = connection;
  if (clientId === undefined) return undefined;
  const auth = connection.clientAuth ?? (clientSecret === undefined ? 'none' : preferredAuth(server));
  return { id: clientId, secret: clientSecret, auth, registered: false, idTokenAlgorithm: undefined };
}

/** Servers must offer Basic (RFC 6749 §2.3.1); one that says it has only the other form gets that. */
function preferredAuth({ metadata }: ServerMetadata): ClientAuth {
  const methods = metadata.token_endpoint_auth_methods_supported;
  const postOnly = methods?.includes('client_secret_post') === true && !methods.includes('client_secret_basic');
  return postOnly ? 'post' : 'basic';
}

/** The client in the library's form. */
export function libraryClient(client: OAuthClient): Client {
  return client.idTokenAlgorithm === undefined
    ? { client_id: client.id }
    : { client_id: client.id, id_token_signed_response_alg: client.idTokenAlgorithm };
}

/**
 * How the client proves itself at the token and revocation endpoints: exactly one way per request.
 * @throws LatchkeyError `oauth.clientSecretMissing` or `oauth.clientAuthUnsupported`.
 */
export function clientAuthentication(client: OAuthClient, connection: string): LibraryClientAuth {
  const secret = (): string => {
    const value = client.secret?.revealForTransport() ?? '';
    if (value === '') throw new LatchkeyError('oauth.clientSecretMissing', { connection, method: client.auth });
    return value;
  };
  switch (client.auth) {
    case 'none':
      return None();
    case 'basic':
      return ClientSecretBasic(secret());
    case 'basicRaw':
      return rawBasic(secret());
    case 'post':
      return ClientSecretPost(secret());
    case 'clientSecretJwt':
    case 'privateKeyJwt':
    case 'mtls':
      throw new LatchkeyError('oauth.clientAuthUnsupported', { connection, method: client.auth });
  }
}

/** Basic without the form-encoding of RFC 6749 §2.3.1, for servers that do not decode it. */
function rawBasic(secret: string): LibraryClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const bytes = new TextEncoder().encode(`${id}:${secret}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`);
  };
}
