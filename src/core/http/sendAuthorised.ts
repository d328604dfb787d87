import type { AccessToken, ConnectionConfig } from '../oauth/model';
import { revealForTransport } from '../secret';
import { authorise, checkDestination } from './authorise';
import type { Exchange } from './exchange';
import { ExchangeRecorder, outcomeOfError } from './exchangeRecorder';
import type { HttpRequest } from './httpRequest';
import { newExchangeId, sendExchange, type SendDependencies, type SendOptions } from './sendExchange';
import { withStepUp } from './stepUp';
import { answerToToken, isTokenRefused } from './tokenRefusal';

/** How a send gets at the tokens of one session. */
export interface TokenAccess {
  /**
   * A token that has not expired, refreshed when due. Rejects with a `LatchkeyError` when somebody has to sign in, or
   * an `AbortError`.
   */
  freshToken(signal: AbortSignal): Promise<AccessToken>;
  /**
   * A newer token than one that the API has refused; `undefined` when there is none to be had without signing in.
   * Rejects as {@link freshToken} does.
   */
  renew(rejected: AccessToken, signal: AbortSignal): Promise<AccessToken | undefined>;
}

/** Statuses that say that a token has expired, at an API that keeps to RFC 6750 §3.1. */
const usualRefusals = [401] as const;

/**
 * Sends a request with the token of its connection. A token that the API refuses (401, or the connection's `refreshOn`)
 * is renewed and the request sent once more; a second refusal is the answer, and so is any other status. What only
 * another sign-in can bring is in the exchange's `stepUp`. Where the token may not go, nobody is asked for one.
 * Promises the same as {@link sendExchange}: failures are in the exchange, those of the session too.
 */
export async function sendAuthorised(
  request: HttpRequest,
  connection: ConnectionConfig,
  session: TokenAccess,
  dependencies: SendDependencies,
  options: SendOptions,
): Promise<Exchange> {
  const refusals = connection.refreshOn ?? usualRefusals;
  const send = (token: AccessToken): Promise<Exchange> =>
    sendExchange(authorise(request, token, connection), dependencies, withoutRefusals(options, refusals));
  const recorder = recorderOf(request, dependencies);
  try {
    checkDestination(request, connection);
    const token = await session.freshToken(options.signal);
    const begin = performance.now();
    const first = await send(token);
    const answer = answerToToken(first);
    if (!answer) return first;
    if (!isTokenRefused(answer, refusals)) return withStepUp(first, answer, request);
    const second = await renewAndSend(first, token, session, send, options.signal);
    const secondAnswer = answerToToken(second);
    const whole = { ...second, duration: performance.now() - begin };
    return secondAnswer ? withStepUp(whole, secondAnswer, request) : whole;
  } catch (error) {
    return recorder.finish(recorder.outcomeOf(error));
  }
}

/** A refusal is not the response yet: the request may be sent once more. */
function withoutRefusals({ onResponse, ...options }: SendOptions, refusals: readonly number[]): SendOptions {
  if (!onResponse) return options;
  return {
    ...options,
    onResponse: (sofar) => {
      const status = sofar.outcome.kind === 'response' ? sofar.outcome.response.status : undefined;
      if (status !== undefined && !refusals.includes(status)) onResponse(sofar);
    },
  };
}

async function renewAndSend(
  first: Exchange,
  refused: AccessToken,
  session: TokenAccess,
  send: (token: AccessToken) => Promise<Exchange>,
  signal: AbortSignal,
): Promise<Exchange> {
  let renewed: AccessToken | undefined;
  try {
    renewed = await session.renew(refused, signal);
  } catch (error) {
    disposeBody(first);
    return { ...first, outcome: outcomeOfError(error) };
  }
  if (!renewed || revealForTransport(renewed.value) === revealForTransport(refused.value)) return first;
  disposeBody(first);
  const second = await send(renewed);
  return {
    ...second,
    id: first.id,
    startedAt: first.startedAt,
    hops: [...first.hops, ...second.hops],
    secrets: [...(first.secrets ?? []), ...(second.secrets ?? [])],
  };
}

function disposeBody({ outcome }: Exchange): void {
  if (outcome.kind === 'response') outcome.response.body.dispose();
}

/** For a request that ends before it is sent. */
function recorderOf(request: HttpRequest, { random, clock }: SendDependencies): ExchangeRecorder {
  return new ExchangeRecorder(newExchangeId(random), clock.now(), { request, token: undefined, insecure: false });
}
