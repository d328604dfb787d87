import { assertNever } from '../assertNever';
import { isOk, type ExpectationResult } from '../expect/expectationResult';
import type { Header, HopTimings } from '../ports';
import { shownResponseHeader } from './cookies/shownSetCookie';
import { secretMasker, type SecretMasker } from './secretMasker';
import type { Secret } from '../secret';
import type { StreamEnd } from '../stream/streamEvent';
import type { Exchange } from './exchange';

/** What the command `latchkey.send` resolves to: plain JSON, part of the public contract. It never holds a token. */
export interface SendSummary {
  readonly ok: boolean;
  readonly status?: number;
  readonly statusText?: string;
  /** Names in lower case; values of a repeated name joined with `, `. */
  readonly headers?: Readonly<Record<string, string>>;
  /** After decoding. */
  readonly bodyBytes?: number;
  /** How many events, lines or messages arrived, and how a stream ended. */
  readonly stream?: { readonly received: number; readonly end: StreamEnd['kind'] };
  /** Milliseconds: of the last hop, from its start; `total` is that of the whole exchange. */
  readonly timings?: Partial<HopTimings> & { readonly total: number };
  /** Why there is no response. The code `cancelled` means that the send was cancelled. */
  readonly error?: { readonly code: string; readonly message: string };
  /** One entry per expectation of the file; absent when it has none. */
  readonly expectations?: readonly ExpectationResult[];
  /** How often it was sent, when that was more than once (`retry`). */
  readonly attempts?: number;
  /** How many rows were sent (`forEach`). Everything else is about the first that failed, or the last. */
  readonly rows?: { readonly count: number; readonly failed: number };
  /** What was sent before because this request needs it, in order. */
  readonly prerequisites?: readonly PrerequisiteSummary[];
}

/** A request that was sent because another one needs it. */
export interface PrerequisiteSummary {
  readonly request: string;
  readonly ok: boolean;
  readonly status?: number;
}

/**
 * Summarises an exchange and what `checkExpectations` found about it.
 * @param tokens are masked where the response echoes them, besides those the exchange knows of.
 */
export function summarise(
  exchange: Exchange,
  results: readonly ExpectationResult[],
  tokens: readonly Secret[] = [],
): SendSummary {
  const expectations = results.length > 0 ? { expectations: results } : {};
  return { ok: isOk(exchange, results), ...ending(exchange, secretMasker(tokens)), ...expectations };
}

function ending({ outcome, hops, duration }: Exchange, mask: SecretMasker): Omit<SendSummary, 'ok'> {
  switch (outcome.kind) {
    case 'response': {
      const { status, statusText, headers, body, stream } = outcome.response;
      return {
        status,
        statusText: mask(statusText),
        headers: headerRecord(headers, mask),
        bodyBytes: body.size,
        ...(stream?.end && { stream: { received: stream.received, end: stream.end.kind } }),
        timings: { ...withoutGaps(hops.at(-1)?.timings ?? {}), total: duration },
      };
    }
    case 'failure':
      return { error: { code: outcome.error.code, message: mask(outcome.error.message) } };
    case 'cancelled':
      return { error: { code: 'cancelled', message: 'The send was cancelled.' } };
    default:
      return assertNever(outcome);
  }
}

function headerRecord(headers: readonly Header[], mask: SecretMasker): Readonly<Record<string, string>> {
  const record = new Map<string, string>();
  for (const [name, value] of headers.map(shownResponseHeader)) {
    const key = mask(name.toLowerCase());
    const before = record.get(key);
    record.set(key, before === undefined ? mask(value) : `${before}, ${mask(value)}`);
  }
  return Object.fromEntries(record);
}

/** A phase that did not happen is absent, as it would be in JSON. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
