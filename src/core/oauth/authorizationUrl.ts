import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { AuthorizationAttempt } from './authorizationAttempt';
import type { DpopProver } from './dpopProver';
import type { ConnectionConfig } from './model';
import { quirksOf } from './presets/presets';
import { quirkyParameters } from './quirks/requestParameters';
import { hasSecret } from './connectionPkce';
import { secureUrl } from './secureUrl';
import type { ServerMetadata } from './serverMetadata';

/** What an authorization request asks for. */
export interface AuthorizationRequest {
  readonly connection: ConnectionConfig;
  readonly server: ServerMetadata;
  readonly scopes: readonly string[];
  /** The account that should sign in, in the server's words. */
  readonly loginHint: string | undefined;
  /** Let the user choose an account although the browser remembers one. */
  readonly chooseAccount: boolean;
  /** Holds the key that the code and the tokens are to be bound to. */
  readonly prover?: DpopProver | undefined;
  /** Ways to authenticate that would do, best first (OpenID Connect Core §3.1.2.1, RFC 9470 §4). */
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds since the user last authenticated, at most. */
  readonly maxAge?: number | undefined;
}

/** Parameters that make the flow safe; the project file's extra parameters do not reach them. */
const ownParameters: ReadonlySet<string> = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
  // Either would take the place of all the others (RFC 9101 §6.3, RFC 9126 §4).
  'request',
  'request_uri',
]);

/** Whether the request is one of OpenID Connect, whose ID token we can check. */
export function asksForIdToken({ scopes, server }: Pick<AuthorizationRequest, 'scopes' | 'server'>): boolean {
  return server.issuerKnown && scopes.includes('openid');
}

/**
 * What an authorization request says (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1), whichever way it
 * gets to the server.
 */
export async function authorizationParameters(
  request: AuthorizationRequest,
  attempt: AuthorizationAttempt,
  clientId: string,
  redirectUri: string,
): Promise<URLSearchParams> {
  const { connection } = request;
  const parameters = new URLSearchParams();
  const challenge = await calculatePKCECodeChallenge(attempt.verifier.revealForTransport());
  setAll(parameters, optionalParameters(request));
  setAll(parameters, extraParameters(connection));
  setAll(parameters, stepUpParameters(request));
  setAll(parameters, {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: request.scopes.join(' '),
    state: attempt.state,
    nonce: asksForIdToken(request) ? attempt.nonce : '',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    // Binds the code to the key as well (RFC 9449 §10).
    dpop_jkt: (await request.prover?.thumbprint()) ?? '',
  });
  for (const resource of connection.resource) parameters.append('resource', resource);
  const quirks = quirksOf(request.server.preset);
  return quirkyParameters(parameters, quirks, quirks.authorizationRequest, hasSecret(connection));
}

/** The URL to open in the browser: the server's authorization endpoint, with what is asked of it. */
export function authorizationUrl(
  { connection, server }: AuthorizationRequest,
  parameters: URLSearchParams | Readonly<Record<string, string>>,
): string {
  const endpoint = server.metadata.authorization_endpoint;
  if (endpoint === undefined) {
    throw new LatchkeyError('oauth.endpointMissing', { connection: connection.name, purpose: 'authorization' });
  }
  const url = secureUrl(endpoint, 'authorization', server.insecureOrigins);
  const query = url.searchParams;
  const added = new URLSearchParams(parameters);
  // The endpoint may have a query of its own, which is kept (RFC 6749 §3.1).
  for (const name of new Set(added.keys())) query.delete(name);
  for (const [name, value] of added) query.append(name, value);
  // A space as %20: what opens the browser may take a + for a plus sign.
  url.search = query.toString().replaceAll('+', '%20');
  return url.href;
}

function optionalParameters(request: AuthorizationRequest): Record<string, string> {
  return {
    audience: request.connection.audience ?? '',
    login_hint: request.loginHint ?? '',
    prompt: prompts(request).join(' '),
  };
}

/** What an API wants counts more than what the project file says of the same. */
function stepUpParameters({ acrValues = [], maxAge }: AuthorizationRequest): Record<string, string> {
  return {
    ...(acrValues.length > 0 ? { acr_values: acrValues.join(' ') } : {}),
    ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
  };
}

/**
 * `consent` because an OpenID provider may ignore `offline_access` without it (OpenID Connect Core §11). To choose an
 * account `select_account` is meant, but servers that do not know it refuse the request, so it is used where the
 * server lists it and `login` elsewhere. Of a provider that has its own ways they are known.
 */
function prompts({ scopes, server, chooseAccount }: AuthorizationRequest): readonly string[] {
  const known = quirksOf(server.preset).authorizationRequest?.prompts;
  if (known)
    return [...(chooseAccount && known.chooseAccount !== undefined ? [known.chooseAccount] : []), ...known.always];
  if (!scopes.includes('openid')) return [];
  const listed = server.metadata['prompt_values_supported'];
  const choose = Array.isArray(listed) && listed.includes('select_account') ? 'select_account' : 'login';
  return [...(chooseAccount ? [choose] : []), ...(scopes.includes('offline_access') ? ['consent'] : [])];
}

/** The project file's parameters for the authorization or device authorization request. */
export function extraParameters({ parameters }: ConnectionConfig): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters.authorize).filter(([name]) => !ownParameters.has(name)));
}

/** An empty value takes the parameter away, so `prompt: ""` in the project file switches ours off. */
function setAll(query: URLSearchParams, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
}
