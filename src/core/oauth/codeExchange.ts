import { authorizationCodeGrantRequest, processAuthorizationCodeResponse } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { Secret } from '../secret';
import { checkIdToken, type CheckedIdToken } from './checkIdToken';
import type { DpopProver } from './dpopProver';
import { checkBinding, withProof, type DpopOptions } from './dpopRequest';
import type { ServerError } from './libraryError';
import type { ConnectionConfig } from './model';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import type { ValidatedCallback } from './parseCallback';
import { quirksOf } from './presets/presets';
import { toldBeside, type ToldBeside } from './quirks/toldBeside';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { serverTime } from './serverTime';
import { conformingTokenResponse, shownServerError, tokenEndpointError, withClockSkew } from './tokenResponse';
import { tokenSetOf, type TokenSet } from './tokenSet';
import { codeUnlessResource } from './resourceRefusal';

/** A code and all that the token endpoint must get with it. */
export interface CodeExchange {
  readonly connection: ConnectionConfig;
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
  readonly callback: ValidatedCallback;
  /** Byte for byte the one in the authorization request (RFC 6749 §4.1.3). */
  readonly redirectUri: string;
  readonly verifier: Secret;
  /** Holds the key that the tokens are to be bound to. */
  readonly prover?: DpopProver | undefined;
  /** `undefined` when no ID token is expected. */
  readonly nonce: string | undefined;
}

/** Claims of an ID token that passed every check, as plain JSON. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * What a code was worth. There are no claims when the server sent no ID token, or one that cannot be checked without an
 * issuer.
 */
export interface ExchangedCode extends CheckedIdToken, ToldBeside {
  readonly tokens: TokenSet;
}

/**
 * Exchanges the code, once: a code that may have been used is never sent again (RFC 9700 §4.5). A server that wants
 * another proof of the key has not used it (RFC 9449 §8).
 */
export async function exchangeCode(
  http: OAuthHttp,
  exchange: CodeExchange,
  signal: AbortSignal,
): Promise<ExchangedCode> {
  const { server, connection } = exchange;
  const host = hostOf(server.metadata.token_endpoint, server);
  if (server.metadata.token_endpoint === undefined) {
    throw new LatchkeyError('oauth.endpointMissing', { connection: connection.name, purpose: 'token' });
  }
  try {
    return await withProof(exchange.prover, http.clock, async (proof) => {
      const response = await sendCode(http, exchange, proof, signal);
      return judge(http, exchange, response, http.clock.now(), signal);
    });
  } catch (error) {
    throw await tokenEndpointError(error, host, (answer) => refusal(answer, host));
  }
}

function sendCode(http: OAuthHttp, exchange: CodeExchange, proof: DpopOptions, signal: AbortSignal): Promise<Response> {
  const { connection, server, client, callback, redirectUri, verifier } = exchange;
  const additionalParameters = new URLSearchParams({ ...connection.parameters.token });
  for (const resource of connection.resource) additionalParameters.append('resource', resource);
  return authorizationCodeGrantRequest(
    server.metadata,
    libraryClient(client),
    clientAuthentication(client, connection.name),
    callback.parameters,
    redirectUri,
    verifier.revealForTransport(),
    { ...oauthRequestOptions(http, server, 'token', signal), ...proof, additionalParameters },
  );
}

async function judge(
  http: OAuthHttp,
  { server, client, nonce, prover }: CodeExchange,
  answer: Response,
  obtainedAt: number,
  signal: AbortSignal,
): Promise<ExchangedCode> {
  const { response, body } = await conformingTokenResponse(answer, server.issuerKnown ? [] : ['id_token']);
  const skewed = withClockSkew(libraryClient(client), response, http.clock);
  const options = nonce === undefined || refusedOpenId(body) ? {} : { expectedNonce: nonce, requireIdToken: true };
  const result = await processAuthorizationCodeResponse(server.metadata, skewed, response, options);
  const tokens = tokenSetOf(result, obtainedAt, serverTime(answer.headers.get('date')));
  const host = hostOf(server.metadata.token_endpoint, server);
  return {
    tokens: checkBinding(tokens, prover, host),
    ...(await checkIdToken(http, { server, response, result }, signal)),
    ...toldBeside(result, quirksOf(server.preset).tokenResponse),
  };
}

/** A server that says it granted other scopes than `openid` sends no ID token, and need not. */
function refusedOpenId(body: Claims): boolean {
  const { scope, id_token: idToken } = body;
  return idToken === undefined && typeof scope === 'string' && !scope.split(' ').includes('openid');
}

function refusal(answer: ServerError, host: string): LatchkeyError {
  const shown = { host, ...shownServerError(answer) };
  switch (answer.error) {
    case 'invalid_grant':
      return new LatchkeyError('oauth.codeRejected', shown);
    case 'invalid_client':
    case 'unauthorized_client':
      return new LatchkeyError('oauth.clientRejected', shown);
    default:
      return new LatchkeyError(codeUnlessResource(answer.error, 'oauth.tokenRequestRefused'), shown);
  }
}
