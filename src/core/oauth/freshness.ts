import { expiresAt, type TokenSet } from './tokenSet';

/** Milliseconds by which the clock may have been set back before what it said then is not believed any more. */
const clockTolerance = 60_000;

/**
 * Whether a token should be refreshed before it is used: it ends within the buffer, or within a quarter of its life
 * if that is shorter, so a short-lived token is not refreshed at every use. Unknown expiry: never.
 *
 * A clock that was set back since makes a token look younger than it is, so it is due as well. One that was set
 * forward, or a machine that slept, needs no rule: the token is older then, by the only clock there is.
 */
export function isRefreshDue(tokens: TokenSet, now: number, buffer: number): boolean {
  const { obtainedAt, lifetime = tokens.hintedLifetime } = tokens;
  if (lifetime === undefined) return false;
  const quarter = lifetime / 4;
  const clockWasSetBack = obtainedAt > now + Math.min(clockTolerance, quarter);
  return clockWasSetBack || obtainedAt + lifetime - now < Math.min(buffer, quarter);
}

/** Whether the token is past the end that the server named. */
export function isExpired(tokens: TokenSet, now: number): boolean {
  const end = expiresAt(tokens);
  return end !== undefined && end <= now;
}

/** Whether the refresh token is past the end that the server named, so that asking with it would be for nothing. */
export function isRefreshExpired({ refreshExpiresAt }: TokenSet, now: number): boolean {
  return refreshExpiresAt !== undefined && refreshExpiresAt <= now;
}
