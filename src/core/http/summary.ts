import { assertNever } from '../assertNever';
import type { Header, HopTimings } from '../ports';
import type { Exchange } from './exchange';
import { isOk, type ExpectationResult } from './expectations';

/** What the command `latchkey.send` resolves to: plain JSON, part of the public contract. It never holds a token. */
export interface ExchangeSummary {
  readonly ok: boolean;
  readonly status?: number;
  readonly statusText?: string;
  /** Names in lower case; values of a repeated name joined with `, `. */
  readonly headers?: Readonly<Record<string, string>>;
  /** After decoding. */
  readonly bodyBytes?: number;
  /** Milliseconds: of the last hop, from its start; `total` is that of the whole exchange. */
  readonly timings?: HopTimings & { readonly total: number };
  /** Why there is no response. The code `cancelled` means that the send was cancelled. */
  readonly error?: { readonly code: string; readonly message: string };
  /** One entry per expectation of the file; absent when it has none. */
  readonly expectations?: readonly Omit<ExpectationResult, 'subject'>[];
}

/** Summarises an exchange and what `checkExpectations` found about it. */
export function summarise(exchange: Exchange, results: readonly ExpectationResult[]): ExchangeSummary {
  const expectations = results.map(({ subject: _subject, ...result }) => result);
  return {
    ok: isOk(exchange, results),
    ...ending(exchange),
    ...(expectations.length > 0 ? { expectations } : {}),
  };
}

function ending({ outcome, hops, duration }: Exchange): Omit<ExchangeSummary, 'ok'> {
  switch (outcome.kind) {
    case 'response': {
      const { status, statusText, headers, body } = outcome.response;
      const timings = { ...hops.at(-1)?.timings, total: duration };
      return {
        status,
        statusText,
        headers: headerRecord(headers),
        bodyBytes: body.size,
        timings: withoutGaps(timings),
      };
    }
    case 'failure':
      return { error: { code: outcome.error.code, message: outcome.error.message } };
    case 'cancelled':
      return { error: { code: 'cancelled', message: 'The send was cancelled.' } };
    default:
      return assertNever(outcome);
  }
}

function headerRecord(headers: readonly Header[]): Readonly<Record<string, string>> {
  const record = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = record.get(key);
    record.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(record);
}

/** A phase that did not happen is absent, as it would be in JSON. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
