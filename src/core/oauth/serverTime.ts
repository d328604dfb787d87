/**
 * Milliseconds since the epoch by the server's clock when it answered (RFC 9110 §6.6.1); `undefined` when it does not
 * say. What a server dates absolutely is read by this clock, which may differ from ours by hours.
 */
export function serverTime(date: string | null | undefined): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}
