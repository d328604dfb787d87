import type { ExpectationResult } from '../expect/expectationResult';
import { failureOf, type RowTally, type Sent, type SiteOutcome } from './outcome';
import type { Site } from './site';

/** How one request of Send all ended. Plain JSON without a secret, part of the public contract. */
export interface SendAllResult {
  /** Path of its file, for people. */
  readonly file: string;
  /** Empty where the whole file could not be read; so is the method. */
  readonly request: string;
  readonly method: string;
  /** `skipped` says nothing of right or wrong; `notSent` could not be sent. */
  readonly state: 'passed' | 'failed' | 'notSent' | 'skipped' | 'cancelled';
  /** Of the one response, or of many the first that failed, else the last. */
  readonly status?: number;
  /** Milliseconds, waits included. */
  readonly duration?: number;
  /** Why it is not `passed`, in a sentence. */
  readonly reason?: string;
  /** Those that did not hold. */
  readonly failedExpectations?: readonly ExpectationResult[];
  readonly attempts?: number;
  readonly rows?: RowTally;
}

/** What the command `latchkey.sendAll` resolves to. */
export interface SendAllSummary {
  /** Nothing failed and nothing was cancelled. */
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Milliseconds. */
  readonly duration: number;
  /** In the order in which they ended. */
  readonly results: readonly SendAllResult[];
  /** Why nothing was sent at all. The code `cancelled` means that the user did not want it to begin. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** @param reason why it did not go well, in a sentence. */
export function sendAllResult<S extends Sent>(
  { place, entry }: Site,
  outcome: SiteOutcome<S>,
  reason: string | undefined,
): SendAllResult {
  const named = { file: place.label, request: entry.name, method: entry.method ?? '' };
  const why = reason === undefined ? {} : { reason };
  switch (outcome.kind) {
    case 'sent':
      return { ...named, ...sentFacts(outcome), ...why };
    case 'failed':
      return { ...named, state: 'notSent', ...why };
    case 'skipped':
      return { ...named, state: 'skipped', ...why };
    case 'cancelled':
      return { ...named, state: 'cancelled', ...why };
  }
}

/** What is told of a file whose mistakes leave no request in it. */
export function faultyFileResult(file: string, reason: string): SendAllResult {
  return { file, request: '', method: '', state: 'notSent', reason };
}

function sentFacts<S extends Sent>(
  outcome: SiteOutcome<S> & { readonly kind: 'sent' },
): Omit<SendAllResult, 'file' | 'request' | 'method'> {
  const { shown, rows, duration } = outcome;
  const failure = failureOf(outcome);
  const end = shown.sent.exchange.outcome;
  const failedExpectations = shown.judgement.expectations.filter((each) => !each.ok);
  return {
    state: failure === undefined ? 'passed' : failure.kind === 'cancelled' ? 'cancelled' : 'failed',
    ...(end.kind === 'response' ? { status: end.response.status } : {}),
    duration: Math.round(duration),
    ...(failedExpectations.length > 0 ? { failedExpectations } : {}),
    ...(shown.attempts > 1 ? { attempts: shown.attempts } : {}),
    ...(rows ? { rows } : {}),
  };
}

export function sendAllSummary(results: readonly SendAllResult[], duration: number): SendAllSummary {
  const count = (...states: readonly SendAllResult['state'][]): number =>
    results.filter(({ state }) => states.includes(state)).length;
  const failed = count('failed', 'notSent');
  return {
    ok: failed === 0 && count('cancelled') === 0,
    ...{ passed: count('passed'), failed, skipped: count('skipped') },
    duration: Math.round(duration),
    results,
  };
}
