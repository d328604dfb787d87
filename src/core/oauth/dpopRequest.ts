import { clockSkew, DPoP, ResponseBodyError, WWWAuthenticateChallengeError, type DPoPHandle } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import type { Clock } from '../ports';
import type { DpopProver } from './dpopProver';
import { serverErrorOf } from './libraryError';
import { skewOf } from './tokenResponse';
import type { TokenSet } from './tokenSet';

/** Options that let the library add a proof; empty without a key. */
export interface DpopOptions {
  readonly DPoP?: DPoPHandle;
}

/**
 * The library's half of a prover: it signs what the library sends to the authorization server, and remembers that
 * server's nonces (RFC 9449 §8). Requests to APIs are ours, and so are their proofs.
 */
const handles = new WeakMap<DpopProver, DPoPHandle>();

/**
 * Sends a request to the authorization server and judges the answer. Where the server wants a nonce or found the
 * proof's time wrong, both are done once more: a server that refused the proof has done nothing else with the request.
 * @param request sends and judges; called again, it must make everything anew that may be used once only.
 */
export async function withProof<T>(
  prover: DpopProver | undefined,
  clock: Clock,
  request: (options: DpopOptions) => Promise<T>,
): Promise<T> {
  if (!prover) return request({});
  try {
    return await request({ DPoP: await handleOf(prover) });
  } catch (error) {
    if (!(await isWorthAnotherProof(error, prover, clock))) throw error;
    return request({ DPoP: await handleOf(prover) });
  }
}

/**
 * What a token endpoint gave out for a key must be bound to it. RFC 9449 §5 lets the client choose what to do with a
 * token that is not; `dpop: true` is the user's choice, and a token that anybody can use would silently go against it.
 * @throws LatchkeyError `oauth.tokenNotBound` or `oauth.tokenResponseInvalid`.
 */
export function checkBinding(tokens: TokenSet, prover: DpopProver | undefined, host: string): TokenSet {
  if (prover && tokens.type !== 'DPoP') throw new LatchkeyError('oauth.tokenNotBound', { host });
  if (!prover && tokens.type === 'DPoP') {
    const reason = 'it is bound to a key (DPoP), and none was named; dpop: true names one';
    throw new LatchkeyError('oauth.tokenResponseInvalid', { host, reason });
  }
  return tokens;
}

async function handleOf(prover: DpopProver, skew = 0): Promise<DPoPHandle> {
  const known = skew === 0 ? handles.get(prover) : undefined;
  if (known) return known;
  const { privateKey, publicKey } = await prover.key;
  const handle = DPoP({ [clockSkew]: skew }, { privateKey, publicKey });
  handles.set(prover, handle);
  return handle;
}

/** The handle has taken the nonce from the answer already; a clock can only be set on a new one. */
async function isWorthAnotherProof(error: unknown, prover: DpopProver, clock: Clock): Promise<boolean> {
  if (!(error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError)) return false;
  const code = await refusalOf(error);
  if (code === 'use_dpop_nonce') return true;
  const skew = skewOf(error.response, clock);
  if (code !== 'invalid_dpop_proof' || skew === 0) return false;
  await handleOf(prover, skew);
  return true;
}

/** A challenge of the scheme says it best; endpoints that authenticate clients say it in the body (RFC 9449 §8). */
async function refusalOf(error: ResponseBodyError | WWWAuthenticateChallengeError): Promise<string | undefined> {
  const challenges = error instanceof WWWAuthenticateChallengeError ? error.cause : [];
  const inChallenge = challenges.find(({ scheme }) => scheme === 'dpop')?.parameters.error;
  return inChallenge ?? (await serverErrorOf(error))?.error;
}
