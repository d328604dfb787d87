import { connect, type ClientHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { TransportObserver } from '../../core/ports';
import type { RequestConnection } from './connection';
import { HopCall, type ErrorOf } from './hopCall';
import { StreamCarrier, type StreamOwner } from './http2Stream';
import { KEEP_ALIVE } from './limits';
import type { PreparedRequest } from './preparedRequest';
import { tlsAlert } from './transportError';

const OPTIONS = {
  settings: {
    enablePush: false,
    /** Bytes of a body that may be on their way; with less, a long way would slow a large body down. */
    initialWindowSize: 4 * 1024 * 1024,
    /** With this, a head of the size that is allowed fits into the few frames that the library takes for one. */
    maxFrameSize: 64 * 1024,
    /** As much as Node can say; what is too large is decided, and said, elsewhere. */
    maxHeaderListSize: 16 * 1024 * 1024 - 1,
  },
  /** As above: Node would end the stream without a word of why. */
  maxHeaderListPairs: 1_000_000,
  /** Our own head may be as large as over HTTP/1.1. */
  maxSendHeaderBlockLength: 1024 * 1024,
  /** Megabytes of what waits to be sent, and of heads that arrive. Node's own 10 would end many uploads at once. */
  maxSessionMemory: 64,
  /** Known to newer versions of Node only: headers that are usually alone may be repeated. */
  strictSingleValueFields: false,
};

/** Of all streams together. */
const WINDOW = 16 * 1024 * 1024;

/** Hears of what becomes of a connection. */
export interface Http2Events {
  /** No call is under way any more. */
  onIdle(connection: Http2Connection): void;
  /** The connection is closed. */
  onGone(connection: Http2Connection): void;
}

/**
 * A connection to one origin over which calls go side by side, each over a stream of its own. It is used for that origin
 * alone, whatever else the server says that it stands for: what is sent was allowed to go there and nowhere else.
 */
export class Http2Connection implements RequestConnection, StreamOwner {
  readonly session: ClientHttp2Session;
  readonly #socket: TLSSocket;
  readonly #events: Http2Events;
  #socketError: Error | undefined;
  #lastStream: number | undefined;
  #isGone = false;
  #isDoubtful = false;
  #streams = 0;
  #calls = 0;

  constructor(origin: string, socket: TLSSocket, events: Http2Events) {
    this.#socket = socket;
    this.#events = events;
    socket.on('error', (error: Error) => (this.#socketError ??= error));
    // Heard before Node hears it, so that the streams that end because of it know why.
    socket.on('close', () => (this.#isGone = true));
    this.session = connect(origin, { ...OPTIONS, createConnection: () => socket });
    this.session.setLocalWindowSize(WINDOW);
    this.session.on('goaway', (_code: number, lastStream: number) => (this.#lastStream = lastStream));
    // The streams tell what it means for their calls.
    this.session.on('error', () => undefined);
    this.session.on('close', () => events.onGone(this));
    this.session.setTimeout(KEEP_ALIVE, () => {
      if (this.isIdle) this.destroy();
    });
  }

  get isIdle(): boolean {
    return this.#streams === 0;
  }

  /** Whether the server takes one more call now. */
  get hasRoom(): boolean {
    if (this.#isDoubtful || this.#isGone || this.session.closed || this.session.destroyed) return false;
    return this.#streams < (this.session.remoteSettings.maxConcurrentStreams ?? Infinity);
  }

  get alert(): Error | undefined {
    return tlsAlert(this.#socketError);
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get lastStream(): number | undefined {
    return this.#lastStream;
  }

  send(
    request: PreparedRequest,
    observer: TransportObserver | undefined,
    errorOf: ErrorOf,
    signal: AbortSignal,
  ): HopCall {
    const call = new HopCall(observer, errorOf);
    call.cancelOn(signal);
    this.carry(call, request);
    return call;
  }

  /** Takes a call over that has waited for a connection. */
  carry(call: HopCall, request: PreparedRequest): void {
    if (this.#streams++ === 0) this.session.ref();
    const carrier = new StreamCarrier(this, call);
    call.carriedBy(carrier, this.#calls++ > 0);
    carrier.begin(request);
  }

  onStreamClosed(): void {
    if (--this.#streams > 0 || this.session.destroyed) return;
    // A connection that nobody needs keeps no process running.
    this.session.unref();
    this.#events.onIdle(this);
  }

  /** The way to the server may be broken without a word; until it answers, other calls go elsewhere. */
  onGivenUp(): void {
    if (this.#isDoubtful || this.session.destroyed) return;
    this.#isDoubtful = true;
    this.session.ping((error) => (this.#isDoubtful = error !== null));
  }

  /** Closes the connection at once; calls under way fail. */
  destroy(): void {
    // With an error, because without one Node tells the streams that they have come to a good end.
    if (!this.session.destroyed) this.session.destroy(new Error('The connection was closed'));
    this.#socket.destroy();
  }
}
