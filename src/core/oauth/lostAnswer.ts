import { isErrorCode, LatchkeyError, type ErrorCode } from '../errors';

/** Ways in which an exchange ends after the request has left. */
const afterSending: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'oauth.serverTimedOut',
  'http.connectionClosed',
  'http.streamReset',
  'http.enhanceYourCalm',
  'http.protocolError',
  'http.bodyIncomplete',
  'http.decodeFailed',
  'http.malformedResponse',
]);

/** Whether the server may have done what it was asked to, although no whole answer arrived. */
export function isAnswerLost(error: unknown): boolean {
  const reason = isErrorCode(error, 'oauth.serverUnreachable') ? error.cause : error;
  return reason instanceof LatchkeyError && afterSending.has(reason.code);
}
