import type { Exchange } from '../http/exchange';
import type { CapturedValue } from '../expect/captures';
import type { CaptureSummary } from '../expect/examineExchange';
import type { ExpectationResult } from '../expect/expectationResult';
import type { HttpRequest } from '../http/httpRequest';
import { streamFailure } from '../stream/streamFailure';
import type { Site } from './site';

/** What whoever sends gives back; more than the exchange is passed through. */
export interface Sent {
  readonly exchange: Exchange;
}

/** What an exchange amounts to. */
export interface Judgement {
  readonly expectations: readonly ExpectationResult[];
  /** The response arrived, and all expectations and captures held. */
  readonly ok: boolean;
  /** Those that were found, to be shown; one that was not is an expectation that did not hold. */
  readonly captures: readonly CaptureSummary[];
  /** What was captured, by name. */
  readonly values: ReadonlyMap<string, CapturedValue>;
}

/** One send with what became of it. */
export interface Judged<S extends Sent> {
  readonly request: HttpRequest;
  readonly sent: S;
  readonly judgement: Judgement;
  /** How often it was sent. */
  readonly attempts: number;
  /** From 1; absent without `forEach`. */
  readonly row?: number | undefined;
}

/** How many rows were sent. */
export interface RowTally {
  readonly count: number;
  readonly failed: number;
}

/** How a request ended. */
export type SiteOutcome<S extends Sent> =
  | {
      readonly kind: 'sent';
      readonly ok: boolean;
      /** The one send, or of many rows the first that failed, else the last. */
      readonly shown: Judged<S>;
      readonly rows?: RowTally | undefined;
      /** Why the rows after these were not sent. */
      readonly stoppedBy?: unknown;
      /** Milliseconds, waits included. */
      readonly duration: number;
    }
  /** Nothing was sent. */
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'cancelled' };

export type SkipReason =
  | { readonly kind: 'skip' }
  /** `source`: what has no rows, for people. */
  | { readonly kind: 'noRows'; readonly source: string }
  | { readonly kind: 'prerequisite'; readonly site: Site; readonly failure: FailureReason };

/** Why a request counts as not having gone well. */
export type FailureReason =
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'expectation'; readonly expectation: ExpectationResult }
  | { readonly kind: 'rows'; readonly rows: RowTally; readonly first: FailureReason }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'cancelled' };

/** The first thing that went wrong; `undefined` when nothing did. */
export function failureOf<S extends Sent>(outcome: SiteOutcome<S>): FailureReason | undefined {
  switch (outcome.kind) {
    case 'sent':
      return outcome.ok ? undefined : failureOfSent(outcome);
    case 'failed':
      return { kind: 'error', error: outcome.error };
    case 'skipped':
      return { kind: 'skipped', reason: outcome.reason };
    case 'cancelled':
      return { kind: 'cancelled' };
  }
}

function failureOfSent<S extends Sent>(outcome: SiteOutcome<S> & { readonly kind: 'sent' }): FailureReason {
  const { shown, rows, stoppedBy } = outcome;
  if (stoppedBy !== undefined) return { kind: 'error', error: stoppedBy };
  const first = failureOfExchange(shown);
  return rows && rows.count > 1 && first.kind !== 'cancelled' ? { kind: 'rows', rows, first } : first;
}

function failureOfExchange<S extends Sent>({ sent, judgement }: Judged<S>): FailureReason {
  const { outcome } = sent.exchange;
  if (outcome.kind === 'failure') return { kind: 'error', error: outcome.error };
  // What went well and yet failed was cancelled before its last row.
  if (outcome.kind === 'cancelled' || judgement.ok) return { kind: 'cancelled' };
  const { response } = outcome;
  const broken = streamFailure(response.stream?.end);
  if (broken) return { kind: 'error', error: broken };
  const expectation = judgement.expectations.find(({ ok }) => !ok);
  return expectation ? { kind: 'expectation', expectation } : { kind: 'status', status: response.status };
}
