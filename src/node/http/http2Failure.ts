/** What ended a stream of HTTP/2, or its session, before the answer was there. */
export type Http2FailureKind =
  /** The connection was closed. */
  | 'closed'
  /** The server gave the stream or the session up. */
  | 'reset'
  /** One side does not understand the other. */
  | 'protocol'
  /** The server has been asked too much. */
  | 'calm'
  /** The head of the answer is too large. */
  | 'headers';

/** How to try once more. */
export type SecondWay =
  /** Over a new connection: the server has closed this one while it was kept. */
  | 'stale'
  /** The server has done nothing for the request: any connection will do (RFC 9113 §8.7). */
  | 'again'
  /** Over HTTP/1.1. */
  | 'http1'
  /** Over HTTP/1.1, as everything else at this origin. */
  | 'http1Always';

export class Http2Failure extends Error {
  readonly kind: Http2FailureKind;
  /** A few words: the name of an error code, or what the library says. */
  readonly reason: string;
  readonly secondWay: SecondWay | undefined;

  constructor(kind: Http2FailureKind, reason: string, secondWay?: SecondWay) {
    super(reason);
    this.kind = kind;
    this.reason = reason;
    this.secondWay = secondWay;
  }
}

/** RFC 9113 §7, by number. */
const CODES: readonly (readonly [name: string, kind: Http2FailureKind])[] = [
  ['NO_ERROR', 'reset'],
  ['PROTOCOL_ERROR', 'protocol'],
  ['INTERNAL_ERROR', 'reset'],
  ['FLOW_CONTROL_ERROR', 'protocol'],
  ['SETTINGS_TIMEOUT', 'protocol'],
  ['STREAM_CLOSED', 'protocol'],
  ['FRAME_SIZE_ERROR', 'protocol'],
  ['REFUSED_STREAM', 'reset'],
  ['CANCEL', 'reset'],
  ['COMPRESSION_ERROR', 'protocol'],
  ['CONNECT_ERROR', 'reset'],
  ['ENHANCE_YOUR_CALM', 'calm'],
  ['INADEQUATE_SECURITY', 'reset'],
  ['HTTP_1_1_REQUIRED', 'reset'],
];

const REFUSED_STREAM = 7;
const HTTP_1_1_REQUIRED = 13;

/**
 * What an error code of RFC 9113 means.
 * @param isUntouched the server says that it has not looked at the request.
 */
export function failureOfCode(code: number, isUntouched = false): Http2Failure {
  // Codes that nobody knows are to be taken for INTERNAL_ERROR.
  const [name, kind] = CODES[code] ?? [`error ${code}`, 'reset'];
  if (code === HTTP_1_1_REQUIRED) return new Http2Failure(kind, name, 'http1Always');
  return new Http2Failure(kind, name, isUntouched || code === REFUSED_STREAM ? 'again' : undefined);
}

/** What Node says of its own accord; `undefined` where the error is none of its HTTP/2. */
export function failureOfNode(error: Error): Http2Failure | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ERR_HTTP2_HEADER_SINGLE_VALUE':
      return new Http2Failure('reset', error.message, 'http1');
    case 'ERR_HTTP2_INVALID_SESSION':
    case 'ERR_HTTP2_GOAWAY_SESSION':
    case 'ERR_HTTP2_OUT_OF_STREAMS':
      return new Http2Failure('closed', error.message, 'again');
    case 'ERR_HTTP2_STREAM_CANCEL':
    case 'ERR_HTTP2_SOCKET_UNBOUND':
      return new Http2Failure('closed', error.message);
    case 'ERR_HTTP2_STREAM_ERROR':
    case 'ERR_HTTP2_SESSION_ERROR':
      return undefined;
    default:
      if (!code.startsWith('ERR_HTTP2_')) return undefined;
      return new Http2Failure(error.message.includes('CONTINUATION') ? 'headers' : 'protocol', error.message);
  }
}
