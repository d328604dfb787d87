import type { Exchange } from '../http/exchange';
import { serverTime } from '../oauth/serverTime';
import type { Clock, Header } from '../ports';
import { streamFailure } from '../stream/streamFailure';
import type { RetrySetting } from '../request/flow';

/** The longest wait that a server can ask for, in milliseconds: nobody sits there for longer. */
export const LONGEST_WAIT = 60_000;

/** Whether an exchange is good enough not to be repeated, where the file does not say what would be. */
export function isSettled({ outcome }: Exchange): boolean {
  switch (outcome.kind) {
    case 'response':
      if (streamFailure(outcome.response.stream?.end)) return false;
      return outcome.response.status !== 429 && outcome.response.status < 500;
    case 'failure':
      return false;
    case 'cancelled':
      return true;
  }
}

/** Milliseconds until the next attempt: the file's interval, or what the server asks for if that is longer. */
export function waitBefore({ interval }: RetrySetting, exchange: Exchange, clock: Pick<Clock, 'now'>): number {
  const { outcome } = exchange;
  const asked = outcome.kind === 'response' ? retryAfter(outcome.response.headers, clock.now()) : undefined;
  return Math.max(interval, Math.min(asked ?? 0, LONGEST_WAIT));
}

/** Milliseconds of a Retry-After header in either form (RFC 9110 §10.2.3); `undefined` when there is none to be read. */
export function retryAfter(headers: readonly Header[], now: number): number | undefined {
  const valueOf = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1].trim();
  const text = valueOf('retry-after');
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const end = serverTime(text);
  return end === undefined ? undefined : Math.max(0, end - (serverTime(valueOf('date')) ?? now));
}
