import type { Members } from './memberAt';

/** Seconds since the epoch in 2001; no token lives that long, and none was given out before. */
const earliestTime = 1_000_000_000;

/** Milliseconds since the epoch in 2001. */
const earliestMilliseconds = earliestTime * 1000;

/**
 * The seconds that a token lives, from whatever the server calls them: `expires_in` (RFC 6749 §5.1) or `expires`, or
 * the time at which it ends. `undefined` when it says nothing, or nothing that can be meant: a token that has just
 * been given out has not ended.
 * @param now milliseconds since the epoch by the server's clock.
 */
export function answerLifetime(members: Members, now: number): number | undefined {
  const { expires_in: lifetime, expires, expires_on: expiresOn, expires_at: expiresAt } = members;
  const candidates = [
    numberOf(lifetime),
    untilTime(expires, now),
    untilTime(expiresOn, now),
    untilTime(expiresAt, now),
  ];
  return candidates.find((seconds) => seconds !== undefined && seconds > 0);
}

/** Small numbers are seconds to live, great ones seconds or milliseconds since the epoch, other texts a date. */
function untilTime(value: unknown, now: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) {
    const time = typeof value === 'string' ? Date.parse(value) : NaN;
    return Number.isNaN(time) ? undefined : Math.round((time - now) / 1000);
  }
  if (number < earliestTime) return number;
  return Math.round((number < earliestMilliseconds ? number * 1000 - now : number - now) / 1000);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*[+-]?\d/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
