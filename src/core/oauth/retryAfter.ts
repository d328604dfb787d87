import { serverTime } from './serverTime';

/** Seconds to wait when a busy server names none. */
const usual = 5;

/** Seconds: whoever says more than an hour has made a mistake, and nobody would believe that it is still being tried. */
const longest = 3600;

/**
 * Seconds for which a busy server wants to be left alone: a number or a date (RFC 9110 §10.2.3). A date is read by
 * the server's own clock where it tells the time.
 */
export function retryAfterSeconds(retryAfter: string | undefined, date: string | undefined, now: number): number {
  const stated = /^\s*\d+\s*$/.test(retryAfter ?? '') ? Number(retryAfter) : secondsUntil(retryAfter, date, now);
  return stated > 0 ? Math.min(Math.ceil(stated), longest) : usual;
}

function secondsUntil(retryAfter: string | undefined, date: string | undefined, now: number): number {
  const end = serverTime(retryAfter);
  return end === undefined ? 0 : (end - (serverTime(date) ?? now)) / 1000;
}
