import type { Exchange } from '../http/exchange';
import { streamFailure } from '../stream/streamFailure';

/** One thing a request file expects, and whether it held. Plain JSON, without a secret. */
export interface ExpectationResult {
  /** What was expected: `status 2xx or 404`. */
  readonly what: string;
  readonly ok: boolean;
  /** What came instead, or as well, shortened; absent when there was nothing to look at. */
  readonly actual?: string | number;
}

export const STATUS = 'status ';

/**
 * Whether a send went well: a response arrived and every expectation held. Where the file expects no status, it has
 * to be below 400.
 */
export function isOk({ outcome }: Exchange, results: readonly ExpectationResult[]): boolean {
  if (outcome.kind !== 'response' || streamFailure(outcome.response.stream?.end)) return false;
  if (results.some(({ ok }) => !ok)) return false;
  return results.some(({ what }) => what.startsWith(STATUS)) || outcome.response.status < 400;
}
