import {
  discoveryRequest,
  JSON_ATTRIBUTE_COMPARISON,
  OperationProcessingError,
  PARSE_ERROR,
  processDiscoveryResponse,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  type AuthorizationServer,
} from 'oauth4webapi';
import { assertNever } from '../assertNever';
import { isErrorCode, LatchkeyError } from '../errors';
import { isLoopbackHost } from '../http/loopback';
import type { ConnectionConfig, Endpoints } from './model';
import { withMtlsEndpoints } from './mtlsEndpoints';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { insecureOriginsOf, secureUrl } from './secureUrl';
import { unknownIssuer, type ServerMetadata } from './serverMetadata';
import { plainServerText } from './serverText';

/** Where each endpoint of the project file goes in a server's metadata (RFC 8414 §2, OpenID Connect Discovery §3). */
const metadataNames = {
  authorization: 'authorization_endpoint',
  token: 'token_endpoint',
  revocation: 'revocation_endpoint',
  userinfo: 'userinfo_endpoint',
  endSession: 'end_session_endpoint',
  deviceAuthorization: 'device_authorization_endpoint',
  introspection: 'introspection_endpoint',
} as const satisfies Record<keyof Endpoints, string>;

/** Endpoints that we use when a server publishes them; each must be safe to talk to. */
const usedEndpoints = [
  ...Object.values(metadataNames),
  'registration_endpoint',
  'pushed_authorization_request_endpoint',
  'jwks_uri',
] as const;

/**
 * Finds out where to sign in: OpenID Connect Discovery, then RFC 8414, with the endpoints of the project file laid
 * over; without an issuer, those endpoints alone. A client with a certificate gets the addresses that take one. The issuer inside must be the one asked (RFC 8414 §3.3).
 */
export async function discoverServer(
  http: OAuthHttp,
  connection: ConnectionConfig,
  signal: AbortSignal,
): Promise<ServerMetadata> {
  const insecureOrigins = insecureOriginsOf(connection.origins);
  const found = await publishedMetadata(http, connection, insecureOrigins, signal);
  const metadata = withEndpoints(withMtlsEndpoints(found, connection), connection.endpoints);
  for (const name of usedEndpoints) {
    const url = metadata[name];
    if (url === undefined) continue;
    const { hostname } = secureUrl(typeof url === 'string' ? url : '', name, insecureOrigins);
    if (connection.discovered === true && isLoopbackHost(hostname)) refuseStranger(connection, name);
  }
  return {
    id: connection.issuer === undefined ? tokenEndpoint(metadata, connection) : metadata.issuer,
    issuerKnown: connection.issuer !== undefined,
    metadata,
    insecureOrigins,
    preset: connection.preset,
  };
}

/** Whom an API names is the choice of its owner, who must not make us talk to what else runs on this machine. */
function refuseStranger({ name: origin, origins }: ConnectionConfig, endpoint: string): void {
  if (origins.every((each) => isLoopbackHost(new URL(each).hostname))) return;
  throw new LatchkeyError('api.serverOnThisMachine', { origin, endpoint });
}

function tokenEndpoint(metadata: AuthorizationServer, connection: ConnectionConfig): string {
  if (metadata.token_endpoint !== undefined) return metadata.token_endpoint;
  throw new LatchkeyError('oauth.endpointMissing', { connection: connection.name, purpose: 'token' });
}

async function publishedMetadata(
  http: OAuthHttp,
  connection: ConnectionConfig,
  insecureOrigins: readonly string[],
  signal: AbortSignal,
): Promise<AuthorizationServer> {
  const { issuer } = connection;
  if (issuer === undefined) return { issuer: unknownIssuer };
  if (!/^https?:$/.test(URL.canParse(issuer) ? new URL(issuer).protocol : '')) {
    throw new LatchkeyError('oauth.issuerInvalid', { connection: connection.name, issuer: plainServerText(issuer) });
  }
  const url = secureUrl(issuer, 'issuer', insecureOrigins);
  const options = oauthRequestOptions(http, { insecureOrigins, preset: connection.preset }, 'discovery', signal);
  try {
    return await fetchMetadata(url, 'oidc', options);
  } catch (error) {
    if (!mayPublishElsewhere(error)) throw error;
    return fetchMetadata(url, 'oauth2', options).catch((second: unknown) => {
      if (isErrorCode(error, 'oauth.discoveryNotFound') && namesItsEndpoints(connection)) return { issuer };
      // The first answer says more unless it was only "not here".
      throw isErrorCode(error, 'oauth.discoveryNotFound') && !isErrorCode(second, 'oauth.discoveryNotFound')
        ? second
        : error;
    });
  }
}

/** Whether the project file names every endpoint that the grant cannot do without. */
function namesItsEndpoints({ grant, endpoints }: ConnectionConfig): boolean {
  if (endpoints.token === undefined) return false;
  switch (grant) {
    case 'authorizationCode':
      return endpoints.authorization !== undefined;
    case 'deviceCode':
      return endpoints.deviceAuthorization !== undefined;
    case 'clientCredentials':
    case 'jwtBearer':
    case 'tokenExchange':
      return true;
    default:
      return assertNever(grant);
  }
}

async function fetchMetadata(
  issuer: URL,
  algorithm: 'oidc' | 'oauth2',
  options: ReturnType<typeof oauthRequestOptions>,
): Promise<AuthorizationServer> {
  const response = await discoveryRequest(issuer, { ...options, algorithm });
  try {
    return await processDiscoveryResponse(issuer, response);
  } catch (error) {
    throw discoveryError(error, issuer, response.status, wellKnown(issuer, algorithm));
  }
}

function discoveryError(error: unknown, issuerUrl: URL, status: number, url: string): unknown {
  if (!(error instanceof OperationProcessingError)) return error;
  const issuer = issuerUrl.href;
  switch (error.code) {
    case RESPONSE_IS_NOT_CONFORM:
      return new LatchkeyError('oauth.discoveryNotFound', { issuer, status, url });
    case RESPONSE_IS_NOT_JSON:
    case PARSE_ERROR:
      return new LatchkeyError('oauth.discoveryNotJson', { issuer, url });
    case JSON_ATTRIBUTE_COMPARISON:
      return new LatchkeyError('oauth.issuerMismatch', { issuer, found: plainServerText(foundIssuer(error.cause)) });
    case undefined:
    default:
      return new LatchkeyError('oauth.discoveryInvalid', { issuer, reason: error.message });
  }
}

function foundIssuer(cause: unknown): string {
  const { body } = cause as { readonly body: { readonly issuer: string } };
  return body.issuer;
}

/** Whether the other well-known address is worth a try. Another issuer inside is an answer, and a bad one. */
function mayPublishElsewhere(error: unknown): boolean {
  const codes = [
    'oauth.discoveryNotFound',
    'oauth.discoveryNotJson',
    'oauth.discoveryInvalid',
    'oauth.serverBusy',
  ] as const;
  return codes.some((code) => isErrorCode(error, code));
}

function wellKnown(issuer: URL, algorithm: 'oidc' | 'oauth2'): string {
  const path = issuer.pathname.replace(/\/$/, '');
  return algorithm === 'oidc'
    ? `${issuer.origin}${path}/.well-known/openid-configuration`
    : `${issuer.origin}/.well-known/oauth-authorization-server${path}`;
}

function withEndpoints(metadata: AuthorizationServer, endpoints: Endpoints): AuthorizationServer {
  const named = Object.entries(endpoints as Readonly<Record<keyof Endpoints, string | undefined>>)
    .filter((entry): entry is [keyof Endpoints, string] => entry[1] !== undefined)
    .map(([name, url]) => [metadataNames[name], url]);
  return { ...metadata, ...(Object.fromEntries(named) as Partial<AuthorizationServer>) };
}
