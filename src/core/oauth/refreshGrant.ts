import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import { secretMasker } from '../http/secretMasker';
import { Secret } from '../secret';
import type { DpopProver } from './dpopProver';
import { withProof } from './dpopRequest';
import type { ServerError } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { quirksOf } from './presets/presets';
import { toldBeside, type ToldBeside } from './quirks/toldBeside';
import { isOfSomebodyElse, type SignedInAs } from './refreshedIdToken';
import { hostOf } from './serverMetadata';
import { serverTime } from './serverTime';
import { conformingTokenResponse, shownServerError, tokenEndpointError } from './tokenResponse';
import { tokenSetOf, type TokenSet } from './tokenSet';
import { codeUnlessResource } from './resourceRefusal';

/** Everything that a refresh needs, kept with the session so that no project file has to be open. */
export interface RefreshRequest extends SignedInAs {
  readonly connectionName: string;
  readonly accountLabel: string;
  readonly client: OAuthClient;
  readonly refreshToken: Secret;
  /** When it ends, as {@link TokenSet.refreshExpiresAt}. */
  readonly refreshExpiresAt?: number | undefined;
  readonly resource: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Holds the key that the tokens are bound to. */
  readonly prover?: DpopProver | undefined;
}

export type RefreshResult =
  | { readonly kind: 'refreshed'; readonly tokens: TokenSet; readonly captured?: ToldBeside['captured'] }
  /**
   * Only the user can help: the server will not take this refresh token again, or it gave out the tokens of somebody
   * else for it, which nobody must use.
   */
  | { readonly kind: 'ended'; readonly error: LatchkeyError; readonly foreign?: TokenSet | undefined }
  /** The answer cannot be used, but by giving it the server has replaced the refresh token with this one. */
  | { readonly kind: 'replaced'; readonly refresh: Secret; readonly error: LatchkeyError };

/**
 * Asks for new tokens (RFC 6749 §6). A response without a refresh token keeps the old one. Of an ID token in it only
 * that is read whose tokens these are.
 * @throws LatchkeyError for everything that does not mean that the session has ended.
 */
export async function refreshTokens(
  http: OAuthHttp,
  request: RefreshRequest,
  signal: AbortSignal,
): Promise<RefreshResult> {
  const { server, client } = request;
  const host = hostOf(server.metadata.token_endpoint, server);
  const additionalParameters = new URLSearchParams({ ...request.parameters });
  for (const resource of request.resource) additionalParameters.append('resource', resource);
  let replacement: unknown;
  try {
    const { tokens, captured, idToken } = await withProof(request.prover, http.clock, async (proof) => {
      const answer = await refreshTokenGrantRequest(
        server.metadata,
        libraryClient(client),
        clientAuthentication(client, request.connectionName),
        request.refreshToken.revealForTransport(),
        { ...oauthRequestOptions(http, server, 'refresh', signal), ...proof, additionalParameters },
      );
      const obtainedAt = http.clock.now();
      const { response, body, dropped } = await conformingTokenResponse(answer, ['id_token']);
      replacement = body['refresh_token'];
      const result = await processRefreshTokenResponse(server.metadata, libraryClient(client), response);
      const { captured } = toldBeside(result, quirksOf(server.preset).tokenResponse);
      const tokens = tokenSetOf(result, obtainedAt, serverTime(answer.headers.get('date')));
      return { tokens, captured, idToken: dropped['id_token'] };
    });
    if (isOfSomebodyElse(idToken, request)) {
      const error = new LatchkeyError('oauth.accountChanged', { host, account: request.accountLabel });
      return { kind: 'ended', error, foreign: tokens };
    }
    // The old refresh token may be spent, and the new tokens are not what the user wants: a sign-in settles it.
    if (request.prover && tokens.type !== 'DPoP') {
      return { kind: 'ended', error: new LatchkeyError('oauth.tokenNotBound', { host }) };
    }
    return { kind: 'refreshed', tokens: withRefreshToken(tokens, request), ...(captured && { captured }) };
  } catch (error) {
    const coded = await tokenEndpointError(error, host, (refused) => refusal(refused, request, host));
    if (coded instanceof EndedSession) return { kind: 'ended', error: coded };
    if (!(coded instanceof LatchkeyError) || typeof replacement !== 'string') throw coded;
    return { kind: 'replaced', refresh: new Secret(replacement), error: coded };
  }
}

/**
 * Without a new refresh token the old one goes on, and so does the end that was once told for it. What was told of the
 * old one says nothing about its successor.
 */
function withRefreshToken(tokens: TokenSet, { refreshToken, refreshExpiresAt }: RefreshRequest): TokenSet {
  const { refresh = refreshToken } = tokens;
  const isSame = refresh.revealForTransport() === refreshToken.revealForTransport();
  return { ...tokens, refresh, refreshExpiresAt: tokens.refreshExpiresAt ?? (isSame ? refreshExpiresAt : undefined) };
}

/** Marks the refusals after which the refresh token is worthless. */
class EndedSession extends LatchkeyError {}

/**
 * `invalid_grant` ends the session. A client that we registered and the server forgot does so too; a configured
 * client that is refused is a mistake in the project file, and correcting it must bring the session back.
 */
function refusal(
  answer: ServerError,
  { client, accountLabel, refreshToken }: RefreshRequest,
  host: string,
): LatchkeyError {
  // A careless server repeats in its words what it was sent.
  const mask = secretMasker([refreshToken, ...(client.secret ? [client.secret] : [])]);
  const masked = { error: mask(answer.error), description: answer.description && mask(answer.description) };
  const data = { host, account: accountLabel, ...shownServerError(masked) };
  const forgotten = client.registered && ['invalid_client', 'unauthorized_client'].includes(answer.error);
  return answer.error === 'invalid_grant' || forgotten
    ? new EndedSession('oauth.signInAgain', data)
    : new LatchkeyError(codeUnlessResource(answer.error, 'oauth.refreshRefused'), data);
}
