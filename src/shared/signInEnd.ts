/** Milliseconds before its end from which people are told of it. */
const notice = 24 * 60 * 60_000;

/**
 * Milliseconds until a sign-in can no longer be renewed, when that is soon enough to be worth a word.
 * @param endsAt milliseconds since the epoch; `undefined` when the server did not say.
 */
export function timeToEnd(endsAt: number | undefined, now: number): number | undefined {
  const left = endsAt === undefined ? 0 : endsAt - now;
  return left > 0 && left <= notice ? left : undefined;
}
