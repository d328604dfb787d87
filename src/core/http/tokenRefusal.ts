import type { Exchange, Hop } from './exchange';
import { parseChallenges } from './wwwAuthenticate';

/** Schemes whose challenges are about an access token (RFC 6750 §3, RFC 9449 §7.1). */
const tokenSchemes: ReadonlySet<string> = new Set(['bearer', 'dpop']);

/** The last hop, when it brought the answer to a request that had the token. After a redirect elsewhere it had none. */
export function answerToToken({ outcome, hops }: Exchange): Hop | undefined {
  const last = hops.at(-1);
  if (outcome.kind !== 'response' || !last) return undefined;
  return last.withToken ? last : undefined;
}

/**
 * Whether the answer says that the token has expired or is not valid (RFC 6750 §3.1), so that another one may help.
 * Some APIs send no challenge at all, or one without an error; other errors are not the token's.
 * @param statuses the statuses by which this API says so.
 */
export function isTokenRefused({ status, headers }: Hop, statuses: readonly number[]): boolean {
  if (!statuses.includes(status)) return false;
  const challenges = parseChallenges(headers);
  if (challenges.length === 0) return true;
  const ours = challenges.filter(({ scheme }) => tokenSchemes.has(scheme));
  const errors = ours.flatMap(({ parameters }) => parameters.get('error') ?? []);
  return errors.length === 0 ? ours.length > 0 : errors.includes('invalid_token');
}
