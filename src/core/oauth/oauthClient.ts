import {
  ClientSecretBasic,
  ClientSecretPost,
  None,
  TlsClientAuth,
  type Client,
  type ClientAuth as LibraryClientAuth,
} from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { Secret } from '../secret';
import { secretAssertion, signedAssertion } from './clientAssertion';
import type { SigningKey } from './keys/signingKey';
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
  /** Signs assertions; looked up just before it is used, as the secret of a configured client is. */
  readonly signingKey?: SigningKey | undefined;
  /** `aud` of assertions; absent: the issuer or, without one, the token endpoint. */
  readonly assertionAudience?: string | undefined;
  /** Algorithms that the server takes for assertions of clients; absent: it does not say. */
  readonly assertionAlgorithms?: readonly string[] | undefined;
  /** Milliseconds since the epoch, by the server's clock as far as it is known; absent: this machine's. */
  readonly serverNow?: (() => number) | undefined;
}

/** The client that the project file names; `undefined` when it names none. */
export function configuredClient(connection: ConnectionConfig, server: ServerMetadata): OAuthClient | undefined {
  const { clientId, clientSecret, signingKey, serverNow } = connection;
  if (clientId === undefined) return undefined;
  return {
    id: clientId,
    secret: clientSecret,
    auth: connection.clientAuth ?? defaultAuth(connection, server),
    registered: false,
    idTokenAlgorithm: undefined,
    signingKey,
    assertionAudience: connection.assertion?.audience,
    assertionAlgorithms: server.metadata.token_endpoint_auth_signing_alg_values_supported,
    serverNow,
  };
}

/**
 * The client of a grant without a person. Where an assertion or a token speaks for itself the client may go unnamed
 * (RFC 7521 §4.1, RFC 8693 §2.1); its id is then empty.
 */
export function grantClient(connection: ConnectionConfig, server: ServerMetadata): OAuthClient | undefined {
  const configured = configuredClient(connection, server);
  if (configured || connection.grant === 'clientCredentials') return configured;
  return configuredClient({ ...connection, clientId: '', clientAuth: 'none' }, server);
}

/** A connection that says nothing authenticates with what it has. */
function defaultAuth(connection: ConnectionConfig, server: ServerMetadata): ClientAuth {
  if (connection.clientSecret !== undefined) return preferredAuth(server);
  return connection.privateKey !== undefined && connection.grant !== 'jwtBearer' ? 'privateKeyJwt' : 'none';
}

/** Servers must offer Basic (RFC 6749 §2.3.1); one that says it has only the other form gets that. */
function preferredAuth({ metadata }: ServerMetadata): ClientAuth {
  const methods = metadata.token_endpoint_auth_methods_supported;
  const postOnly = methods?.includes('client_secret_post') === true && !methods.includes('client_secret_basic');
  return postOnly ? 'post' : 'basic';
}

/** The client in the library's form. */
export function libraryClient(client: OAuthClient): Client {
  // The library wants a name, also where none is sent.
  const id = client.id === '' ? 'unnamed' : client.id;
  return client.idTokenAlgorithm === undefined
    ? { client_id: id }
    : { client_id: id, id_token_signed_response_alg: client.idTokenAlgorithm };
}

/**
 * How the client proves itself at every endpoint of the server: exactly one way per request.
 * @throws LatchkeyError `oauth.clientSecretMissing`, `oauth.keyMissing` or `oauth.keyAlgorithmWrong`.
 */
export function clientAuthentication(client: OAuthClient, connection: string): LibraryClientAuth {
  const secret = (): string => {
    const value = client.secret?.revealForTransport() ?? '';
    if (value === '') throw new LatchkeyError('oauth.clientSecretMissing', { connection, method: client.auth });
    return value;
  };
  switch (client.auth) {
    case 'none':
      return client.id === '' ? () => undefined : None();
    case 'basic':
      return ClientSecretBasic(secret());
    case 'basicRaw':
      return rawBasic(secret());
    case 'post':
      return ClientSecretPost(secret());
    case 'clientSecretJwt':
      return secretAssertion(secret(), client);
    case 'privateKeyJwt':
      if (!client.signingKey) throw new LatchkeyError('oauth.keyMissing', { connection });
      return signedAssertion(client.signingKey, client);
    case 'mtls':
      return TlsClientAuth();
  }
}

/** Basic without the form-encoding of RFC 6749 §2.3.1, for servers that do not decode it. */
function rawBasic(secret: string): LibraryClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const bytes = new TextEncoder().encode(`${id}:${secret}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`);
  };
}
