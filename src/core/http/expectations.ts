import type { Exchange } from './exchange';
import type { Expectations, StatusExpectation } from './httpRequest';

/** One thing a request file expects, and whether it held. Plain JSON. */
export interface ExpectationResult {
  /** What was expected: `status 2xx or 404`. */
  readonly what: string;
  readonly ok: boolean;
  /** What came instead, or as well; absent when there was no response. */
  readonly actual?: string | number;
}

const STATUS = 'status ';

/** Compares an exchange with what the file expects of it; one result per expectation. Without a response none holds. */
export function checkExpectations(expect: Expectations, exchange: Exchange): ExpectationResult[] {
  return expect.status === undefined ? [] : [checkStatus(expect.status, exchange)];
}

/**
 * Whether a send went well: a response arrived and every expectation held. Where the file expects no status, it has
 * to be below 400.
 */
export function isOk({ outcome }: Exchange, results: readonly ExpectationResult[]): boolean {
  if (outcome.kind !== 'response' || results.some(({ ok }) => !ok)) return false;
  return results.some(({ what }) => what.startsWith(STATUS)) || outcome.response.status < 400;
}

function checkStatus(expected: readonly StatusExpectation[], { outcome }: Exchange): ExpectationResult {
  const what = `${STATUS}${expected.join(' or ')}`;
  if (outcome.kind !== 'response') return { what, ok: false };
  const { status } = outcome.response;
  return { what, ok: expected.some((one) => statusMatches(one, status)), actual: status };
}

function statusMatches(expected: StatusExpectation, status: number): boolean {
  return typeof expected === 'number' ? expected === status : Number(expected[0]) === Math.floor(status / 100);
}
