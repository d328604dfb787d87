import {
  getValidatedIdTokenClaims,
  INVALID_RESPONSE,
  OperationProcessingError,
  validateApplicationLevelSignature,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import { isAbort, LatchkeyError } from '../errors';
import { Secret } from '../secret';
import type { Claims } from './codeExchange';
import { constantTimeEqual } from './constantTimeEqual';
import { base64Url } from './digest';
import { oauthRequestOptions, type OAuthHttp, type OAuthRequestOptions } from './oauthHttp';
import { readJwt } from './readJwt';
import { hostOf, type ServerMetadata } from './serverMetadata';

/** An answer of the token endpoint, as the library has read it and checked the claims of its ID token. */
export interface CheckedAnswer {
  readonly server: ServerMetadata;
  readonly response: Response;
  readonly result: TokenEndpointResponse;
}

/** What an ID token is worth that passed every check; both are `undefined` when there is none. */
export interface CheckedIdToken {
  readonly claims: Claims | undefined;
  readonly idToken: Secret | undefined;
}

/**
 * Checks what the library has not: that the ID token belongs to the access token beside it (`at_hash`, OpenID Connect
 * Core §3.1.3.8), and its signature.
 *
 * It has come straight from the token endpoint, so TLS already says who made it (§3.1.3.7, rule 6). A signature that is
 * wrong is refused all the same; one that cannot be checked is not: key sets are sometimes down or incomplete (apps
 * with signing keys of their own), and a shared secret signs nothing that TLS does not.
 * @throws LatchkeyError `oauth.idTokenInvalid`; AbortError.
 */
export async function checkIdToken(
  http: OAuthHttp,
  { server, response, result }: CheckedAnswer,
  signal: AbortSignal,
): Promise<CheckedIdToken> {
  const { id_token: idToken, access_token: accessToken } = result;
  if (idToken === undefined) return { claims: undefined, idToken: undefined };
  const invalid = (reason: string): LatchkeyError =>
    new LatchkeyError('oauth.idTokenInvalid', { host: hostOf(server.metadata.token_endpoint, server), reason });
  if (!(await matchesHash(idToken, accessToken))) throw invalid('its "at_hash" is of another access token');
  const options = oauthRequestOptions(http, server, 'discovery', signal);
  if (await hasWrongSignature(server, response, options)) throw invalid('its signature is not that of the server');
  return { claims: getValidatedIdTokenClaims(result), idToken: new Secret(idToken) };
}

async function hasWrongSignature(
  { metadata }: ServerMetadata,
  response: Response,
  options: OAuthRequestOptions,
): Promise<boolean> {
  if (metadata.jwks_uri === undefined) return false;
  try {
    await validateApplicationLevelSignature(metadata, response, options);
    return false;
  } catch (error) {
    if (isAbort(error)) throw error;
    const isWrong = error instanceof OperationProcessingError && error.code === INVALID_RESPONSE;
    return isWrong && error.message.includes('signature');
  }
}

/** A token without a hash, or with one of an algorithm that nobody here knows, matches. */
async function matchesHash(idToken: string, accessToken: string): Promise<boolean> {
  const read = readJwt(idToken);
  const expected = read.kind === 'jwt' ? read.claims['at_hash'] : undefined;
  const hash = read.kind === 'jwt' ? hashOf(String(read.header['alg'])) : undefined;
  if (expected === undefined || hash === undefined) return true;
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)));
  return typeof expected === 'string' && constantTimeEqual(expected, base64Url(digest.subarray(0, digest.length / 2)));
}

function hashOf(algorithm: string): string | undefined {
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519') return 'SHA-512';
  const size = /^[RPEH]S(256|384|512)$/.exec(algorithm)?.[1];
  return size && `SHA-${size}`;
}
