import { deviceCodeGrantRequest, processDeviceCodeResponse } from 'oauth4webapi';
import { isErrorCode, LatchkeyError } from '../errors';
import type { Log } from '../ports';
import { checkIdToken } from './checkIdToken';
import type { ExchangedCode } from './codeExchange';
import type { DeviceAuthorization } from './deviceAuthorization';
import type { DpopProver } from './dpopProver';
import { checkBinding, withProof, type DpopOptions } from './dpopRequest';
import { serverErrorOf, type ServerError } from './libraryError';
import type { ConnectionConfig } from './model';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { quirksOf } from './presets/presets';
import { toldBeside } from './quirks/toldBeside';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { describedAs } from './serverText';
import { serverTime } from './serverTime';
import { conformingTokenResponse, shownServerError, tokenEndpointError, withClockSkew } from './tokenResponse';
import { tokenSetOf } from './tokenSet';
import { codeUnlessResource } from './resourceRefusal';

/** A sign-in that waits for the user's approval, and all that the token endpoint must get. */
export interface DevicePoll {
  readonly connection: ConnectionConfig;
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
  readonly authorization: DeviceAuthorization;
  /** Holds the key that the tokens are to be bound to. */
  readonly prover?: DpopProver | undefined;
}

/** Milliseconds that `slow_down` adds to every later wait (RFC 8628 §3.5). */
const slowDown = 5_000;

/** Milliseconds beyond which a server that cannot be reached makes no wait grow. */
const longestBackOff = 60_000;

/** Failures that say nothing about the sign-in: the server is asked again, later. */
const passing = ['oauth.serverUnreachable', 'oauth.serverTimedOut', 'oauth.serverBusy'] as const;

/**
 * Asks the token endpoint until the user has approved (RFC 8628 §3.4, §3.5). While the server cannot be reached or is
 * busy, each wait is twice the one before.
 * @throws LatchkeyError `oauth.accessDenied`, `oauth.deviceCodeExpired` with the last failure as its cause, and what
 * else the token endpoint refuses with; AbortError as soon as the signal fires.
 */
export async function pollForTokens(
  http: OAuthHttp,
  log: Log,
  poll: DevicePoll,
  signal: AbortSignal,
): Promise<ExchangedCode> {
  const { expiresAt } = poll.authorization;
  const startedAt = http.clock.now();
  let { interval } = poll.authorization;
  let wait = interval;
  let failure: LatchkeyError | undefined;
  for (;;) {
    await http.clock.delay(Math.max(0, Math.min(wait, expiresAt - http.clock.now())), signal);
    if (http.clock.now() >= expiresAt) throw expired(poll, startedAt, failure);
    try {
      const answer = await ask(http, poll, startedAt, signal);
      if (typeof answer !== 'string') return answer;
      if (answer === 'slowDown') interval += slowDown;
      wait = interval;
    } catch (error) {
      failure = passingFailure(error);
      if (!failure) throw error;
      log.warn(`Not known yet whether the code was confirmed: ${failure.message}`);
      wait = Math.max(Math.min(wait * 2, Math.max(longestBackOff, interval)), askedToWait(failure));
    }
  }
}

async function ask(
  http: OAuthHttp,
  poll: DevicePoll,
  startedAt: number,
  signal: AbortSignal,
): Promise<ExchangedCode | 'pending' | 'slowDown'> {
  const { server, client } = poll;
  const host = hostOf(server.metadata.token_endpoint, server);
  try {
    return await withProof(poll.prover, http.clock, async (proof) => {
      const answer = await sendCode(http, poll, proof, signal);
      const obtainedAt = http.clock.now();
      const { response } = await conformingTokenResponse(answer, server.issuerKnown ? [] : ['id_token']);
      const skewed = withClockSkew(libraryClient(client), response, http.clock);
      const result = await processDeviceCodeResponse(server.metadata, skewed, response);
      const tokens = tokenSetOf(result, obtainedAt, serverTime(answer.headers.get('date')));
      return {
        tokens: checkBinding(tokens, poll.prover, host),
        ...(await checkIdToken(http, { server, response, result }, signal)),
        ...toldBeside(result, quirksOf(server.preset).tokenResponse),
      };
    });
  } catch (error) {
    const refused = await serverErrorOf(error);
    if (refused?.error === 'authorization_pending') return 'pending';
    if (refused?.error === 'slow_down') return 'slowDown';
    throw await tokenEndpointError(error, host, (final) => refusal(final, poll, host, startedAt));
  }
}

function sendCode(http: OAuthHttp, poll: DevicePoll, proof: DpopOptions, signal: AbortSignal): Promise<Response> {
  const { connection, server, client, authorization } = poll;
  const additionalParameters = new URLSearchParams({ ...connection.parameters.token });
  for (const resource of connection.resource) additionalParameters.append('resource', resource);
  return deviceCodeGrantRequest(
    server.metadata,
    libraryClient(client),
    clientAuthentication(client, connection.name),
    authorization.deviceCode.revealForTransport(),
    { ...oauthRequestOptions(http, server, 'token', signal), ...proof, additionalParameters },
  );
}

function refusal(answer: ServerError, poll: DevicePoll, host: string, startedAt: number): LatchkeyError {
  switch (answer.error) {
    case 'access_denied':
    case 'authorization_declined': // what Microsoft calls it
      return new LatchkeyError('oauth.accessDenied', { host, description: describedAs(answer.description) });
    case 'expired_token':
      return expired(poll, startedAt, undefined);
    case 'invalid_client':
    case 'unauthorized_client':
      return new LatchkeyError('oauth.clientRejected', { host, ...shownServerError(answer) });
    default:
      return new LatchkeyError(codeUnlessResource(answer.error, 'oauth.tokenRequestRefused'), {
        host,
        ...shownServerError(answer),
      });
  }
}

function expired({ authorization }: DevicePoll, startedAt: number, cause: LatchkeyError | undefined): LatchkeyError {
  const { expiresAt, verificationUri } = authorization;
  const minutes = Math.max(1, Math.round((expiresAt - startedAt) / 60_000));
  return new LatchkeyError('oauth.deviceCodeExpired', { host: new URL(verificationUri).host, minutes }, { cause });
}

function passingFailure(error: unknown): LatchkeyError | undefined {
  return passing.some((code) => isErrorCode(error, code)) ? (error as LatchkeyError) : undefined;
}

/** Milliseconds of a `Retry-After`. */
function askedToWait(failure: LatchkeyError): number {
  return isErrorCode(failure, 'oauth.serverBusy') ? Number(failure.data['seconds']) * 1000 : 0;
}
