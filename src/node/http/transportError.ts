import { abortError, isAbort, LatchkeyError, type ErrorCode } from '../../core/errors';
import { isHostShown, shownAddress, shownOrigin } from '../../core/http/httpUrl';
import type { TlsProfile } from '../../core/http/tlsProfile';
import type { Sensitive } from '../../core/secret';
import type { TemplateData } from '../../core/text/template';
import type { CallProgress } from './hopCall';
import { Http2Failure } from './http2Failure';
import { HEAD_LIMIT, HEADER_COUNT_LIMIT } from './limits';

/** Where and when an error happened. */
export interface CallSituation {
  readonly url: Sensitive;
  readonly tls?: TlsProfile | undefined;
  readonly progress: CallProgress;
  readonly receivedBytes: number;
}

/** What Node, OpenSSL and undici call what our codes call. Codes that need a second look are handled below. */
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'http.hostNotFound',
  ENODATA: 'http.hostNotFound',
  EAI_AGAIN: 'http.hostLookupFailed',
  EAI_FAIL: 'http.hostLookupFailed',
  ECONNREFUSED: 'http.connectionRefused',
  ETIMEDOUT: 'http.unreachable',
  EHOSTUNREACH: 'http.unreachable',
  EHOSTDOWN: 'http.unreachable',
  ENETUNREACH: 'http.unreachable',
  ENETDOWN: 'http.unreachable',
  EADDRNOTAVAIL: 'http.unreachable',
  EACCES: 'http.unreachable',
  EPERM: 'http.unreachable',
  CERT_HAS_EXPIRED: 'http.tlsExpired',
  CERT_NOT_YET_VALID: 'http.tlsNotYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'http.tlsWrongHost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'http.tlsUntrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'http.tlsUntrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'http.tlsUntrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'http.tlsUntrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'http.tlsUntrusted',
  CERT_UNTRUSTED: 'http.tlsUntrusted',
  INVALID_CA: 'http.tlsUntrusted',
  EPROTO: 'http.tlsFailed',
  UND_ERR_INVALID_ARG: 'http.invalidRequest',
  UND_ERR_NOT_SUPPORTED: 'http.invalidRequest',
  UND_ERR_HEADERS_OVERFLOW: 'http.headersTooLarge',
};

/** Codes that mean that the other side went away. */
const CLOSED = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** Says what an error of Node or undici means, and where it happened. Aborts and our own errors pass unchanged. */
export function transportError(error: Error, situation: CallSituation): Error {
  if (isAbort(error)) return abortError();
  if (error instanceof LatchkeyError) return error;
  const raw = codeOf(error);
  const data: TemplateData = {
    ...shownAddress(situation.url),
    reason: reasonOf(error, raw),
    received: situation.receivedBytes,
    limit: `${HEAD_LIMIT / 1024} KB or ${HEADER_COUNT_LIMIT} headers`,
    names: namesOf(error),
    origin: shownOrigin(situation.url),
    file: (situation.tls?.cert ?? situation.tls?.pfx)?.name ?? '',
  };
  const code =
    error instanceof Http2Failure ? http2Code(error, situation) : (codes[raw] ?? patternCode(raw, situation, error));
  // An error of the system repeats the host, and a parser's holds bytes of the answer.
  const cause = isHostShown(situation.url) ? { cause: withoutExtras(error, raw) } : {};
  return new LatchkeyError(code, data, cause);
}

function patternCode(raw: string, { progress, tls }: CallSituation, error: Error): ErrorCode {
  if (/^ERR_SSL_.*_ALERT_/.test(raw)) return alertCode(raw, tls?.cert !== undefined || tls?.pfx !== undefined);
  if (CLOSED.has(raw)) return closedCode(progress, error);
  if (error.name === 'HTTPParserError')
    return isEarlyEnd(error, progress) ? 'http.bodyIncomplete' : 'http.malformedResponse';
  if (/^(?:ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|CRL_|UNABLE_TO_)/.test(raw)) return 'http.tlsFailed';
  return 'http.failed';
}

/** The server's own words for why it ended a secure connection; `undefined` where the error is another one. */
export function tlsAlert(error: Error | undefined): Error | undefined {
  return error && codeOf(error).startsWith('ERR_SSL_') ? error : undefined;
}

function http2Code({ kind }: Http2Failure, { progress }: CallSituation): ErrorCode {
  switch (kind) {
    case 'calm':
      return 'http.enhanceYourCalm';
    case 'protocol':
      return 'http.protocolError';
    case 'headers':
      return 'http.headersTooLarge';
    case 'closed':
      return progress === 'receiving' ? 'http.bodyIncomplete' : 'http.connectionClosed';
    case 'reset':
      return progress === 'receiving' ? 'http.bodyIncomplete' : 'http.streamReset';
  }
}

/** What the server says when it ends a secure connection (RFC 8446 §6.2). OpenSSL and BoringSSL differ in the prefix. */
function alertCode(raw: string, hasCertificate: boolean): ErrorCode {
  if (raw.endsWith('ALERT_CERTIFICATE_REQUIRED')) return 'http.tlsCertificateRequired';
  if (
    !/ALERT_(?:HANDSHAKE_FAILURE|(?:BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/.test(
      raw,
    )
  )
    return 'http.tlsFailed';
  if (hasCertificate) return 'http.tlsCertificateRefused';
  return raw.endsWith('HANDSHAKE_FAILURE') ? 'http.tlsHandshakeRefused' : 'http.tlsCertificateRequired';
}

function closedCode(progress: CallProgress, error: Error): ErrorCode {
  switch (progress) {
    case 'receiving':
      return 'http.bodyIncomplete';
    case 'connecting':
      // A plain connection that cannot be made is refused; one that breaks while it is being secured ends here.
      return 'http.tlsFailed';
    case 'answered':
      return 'http.malformedResponse';
    case 'sent':
      // Undici's words for an answer nobody asked for.
      return error.message.startsWith('bad ') ? 'http.malformedResponse' : 'http.connectionClosed';
  }
}

/** The parser's word for an end in the middle; a broken chunk has other words. */
function isEarlyEnd(error: Error, progress: CallProgress): boolean {
  return progress === 'receiving' && /Invalid EOF state|\(\)$|message is incomplete/i.test(error.message);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A few words: OpenSSL's, the parser's, the name of a system error, or whatever there is. */
function reasonOf(error: Error, code: string): string {
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  if (/^E[A-Z_]+$/.test(code) && !code.startsWith('ERR_')) return code;
  return /\(([^()]+)\)$/.exec(error.message)?.[1] ?? (error.message || code);
}

/** The names a certificate is for, when they were the wrong ones. */
function namesOf(error: Error): string {
  const cert =
    'cert' in error ? (error.cert as { readonly subjectaltname?: string; readonly subject?: { CN?: string } }) : {};
  return (cert.subjectaltname ?? cert.subject?.CN ?? '').replaceAll(/(?:DNS|IP Address):/g, '').slice(0, 200);
}

function withoutExtras(error: Error, code: string): Error {
  const cause = new Error(error.message);
  cause.name = error.name;
  if (error.stack !== undefined) cause.stack = error.stack;
  return Object.assign(cause, { code });
}
