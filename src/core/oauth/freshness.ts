import { expiresAt, type TokenSet } from './tokenSet';

/** Milliseconds by which the clock may have been set back before what it said then is not believed any more. */
const clockTolerance = 60_000;

/**
 * Whether a token should be refreshed before it is used: it ends within the buffer, or within a quarter of its life
 * if that is shorter, so a short-lived token is not refreshed at every use. Unknown expiry: never.
 */
export function isRefreshDue(tokens: TokenSet, now: number, buffer: number): boolean {
  const end = expiresAt(tokens);
  if (end === undefined || tokens.lifetime === undefined) return false;
  const clockWasTurnedBack = tokens.obtainedAt > now + clockTolerance;
  return clockWasTurnedBack || end - now < Math.min(buffer, tokens.lifetime / 4);
}

/** Whether the token is past its end. */
export function isExpired(tokens: TokenSet, now: number): boolean {
  const end = expiresAt(tokens);
  return end !== undefined && end <= now;
}
