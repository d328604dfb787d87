import * as oauth from 'oauth4webapi';
import type { StartedPlayground } from './playground';
import { PlaygroundVisitor, type PlaygroundDecision } from './playgroundVisitor';

/** The playground speaks plain http, on loopback. */
// oxlint-disable-next-line typescript/no-deprecated -- deprecated only to stand out
export const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** Public clients authenticate with nothing. */
export const noAuth: oauth.ClientAuth = oauth.None();

export const allScopes = 'openid profile email offline_access orders.read orders.write';

export async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, insecure));
}

export interface CodeFlowOptions extends Partial<PlaygroundDecision> {
  readonly visitor?: PlaygroundVisitor;
  readonly client?: oauth.Client;
  readonly redirectUri?: string;
  readonly scope?: string;
  /** More parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Everything that one run of the authorization code flow used and got. */
export interface CodeFlow {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly callback: URL;
  readonly tokens: oauth.TokenEndpointResponse;
  readonly nonce: string;
}

/** Signs in at a playground with PKCE, state, nonce and iss, all of them checked by oauth4webapi. */
export async function signIn(playground: StartedPlayground, options: CodeFlowOptions = {}): Promise<CodeFlow> {
  const as = await discover(playground.issuer);
  const { client = { client_id: playground.clientId }, redirectUri = 'http://127.0.0.1:45454/callback' } = options;
  const { visitor = new PlaygroundVisitor(), user = 'alice', decision = 'allow' } = options;
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ];
  const url = authorizationUrl(as, {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: options.scope ?? allScopes,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    ...{ state, nonce, ...options.parameters },
  });
  const callback = await visitor.signIn(url, { user, decision });
  const parameters = oauth.validateAuthResponse(as, client, callback, state);
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    noAuth,
    parameters,
    redirectUri,
    verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce });
  return { as, client, callback, tokens, nonce };
}

export function authorizationUrl(as: oauth.AuthorizationServer, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(as.authorization_endpoint ?? '');
  const defaults = { response_type: 'code', code_challenge_method: 'S256' };
  for (const [name, value] of Object.entries({ ...defaults, ...parameters })) url.searchParams.set(name, value);
  return url;
}

/** Uses a refresh token. @throws oauth.ResponseBodyError when the server refuses */
export async function refresh(
  { as, client }: CodeFlow,
  refreshToken: string | undefined,
): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(as, client, noAuth, refreshToken ?? '', insecure);
  return await oauth.processRefreshTokenResponse(as, client, response);
}

export type CallInit = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** Calls the sample API with an access token. */
export function call(base: string, path: string, accessToken?: string, init: CallInit = {}): Promise<Response> {
  const authorization: Record<string, string> =
    accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return fetch(`${base}${path}`, { redirect: 'manual', ...init, headers: { ...authorization, ...init.headers } });
}
