import { LatchkeyError } from '../errors';
import { closeCodeTexts } from '../text/closeCodeTexts';
import { oneLine } from '../text/oneLine';
import type { StreamEnd } from './streamEvent';

/** Codes of a socket that was closed because nobody had more to say (RFC 6455 §7.4.1). */
const PEACEFUL = new Set([1000, 1001, 1005]);

/** Why a stream did not go well; `undefined` when it did, or still goes on. */
export function streamFailure(end: StreamEnd | undefined): LatchkeyError | undefined {
  if (end?.kind === 'broken') return end.error;
  if (end?.kind !== 'closed' || PEACEFUL.has(end.code)) return undefined;
  const words = closeCodeTexts[end.code] ?? oneLine(end.reason);
  return new LatchkeyError('http.socketClosed', { code: end.code, reason: words });
}
