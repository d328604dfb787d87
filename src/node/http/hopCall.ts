import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import { abortError } from '../../core/errors';
import type { Header, HopTimings, TransportObserver, WireRequest } from '../../core/ports';
import type { ConnectObserver } from './connector';
import { Http2Failure, type SecondWay } from './http2Failure';
import { HEADER_COUNT_LIMIT } from './limits';
import { ReceivedBody } from './receivedBody';

/** The head of a response; its body is still to come. */
export interface ReceivedHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly timings: HopTimings;
  /** Over HTTP/2: every header as it went out. */
  readonly http2Headers?: WireRequest['headers'] | undefined;
  /** What the connection has become, where that was asked for. */
  readonly upgraded?: Socket;
}

/** How far a call has come; tells what an error of the connection means. */
export type CallProgress = 'connecting' | 'sent' | 'answered' | 'receiving';

/** Says what an error of the connection means to the user. */
export type ErrorOf = (error: Error, call: HopCall) => Error;

/** What a call needs of the connection that carries it. */
export interface Carrier {
  readonly socket: Socket | undefined;
  /** As {@link ReceivedHead.http2Headers}. */
  readonly http2Headers?: WireRequest['headers'] | undefined;
  /** Closes the connection at once, or the stream where it has several. */
  destroy(): void;
  /** The call has had its whole answer, so the connection is free. */
  release(): void;
  /** The socket is somebody else's from now on. */
  detach(): void;
}

/**
 * One request over one connection: what undici reports about it, as a promise of the head and a body to read. It has
 * undici's first handler interface, the one that tells when the request has been written; a stream of HTTP/2 reports in
 * the same way.
 */
export class HopCall implements Dispatcher.DispatchHandler, ConnectObserver {
  readonly head: Promise<ReceivedHead>;
  readonly body = new ReceivedBody(() => this.#close());
  #carrier!: Carrier;
  #isReused = false;
  #secondWay: SecondWay | undefined;
  readonly #observer: TransportObserver | undefined;
  readonly #errorOf: ErrorOf;
  readonly #start = performance.now();
  readonly #timings: { -readonly [Phase in keyof HopTimings]?: HopTimings[Phase] } = {};
  #resolve!: (head: ReceivedHead) => void;
  #reject!: (error: Error) => void;
  #abort: ((error: Error) => void) | undefined;
  #cancelled = false;
  #progress: CallProgress = 'connecting';
  #onEnd: (() => void) | undefined;

  /** {@link carriedBy} comes next. */
  constructor(observer: TransportObserver | undefined, errorOf: ErrorOf) {
    this.#observer = observer;
    this.#errorOf = errorOf;
    this.head = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get progress(): CallProgress {
    return this.#progress;
  }

  /** Whether the connection has carried another call before, so that the server may just have closed it. */
  get isReused(): boolean {
    return this.#isReused;
  }

  /** How it may be sent again, once it has failed; `undefined`: HTTP/2 has nothing to say about that. */
  get secondWay(): SecondWay | undefined {
    return this.#secondWay;
  }

  /** From now on another carrier has the call. */
  carriedBy(carrier: Carrier, isReused: boolean): void {
    this.#carrier = carrier;
    this.#isReused = isReused;
  }

  /** Ends the call with an `AbortError` when the signal fires before the body is complete. */
  cancelOn(signal: AbortSignal): void {
    const cancel = (): void => {
      this.#cancelled = true;
      this.body.abort(abortError());
      this.#close();
    };
    signal.addEventListener('abort', cancel, { once: true });
    this.#onEnd = () => signal.removeEventListener('abort', cancel);
  }

  onLookup(): void {
    this.#timings.dns = this.#elapsed();
  }

  onOpen(): void {
    this.#timings.connect = this.#elapsed();
  }

  onSecure(): void {
    this.#timings.tls = this.#elapsed();
  }

  /** The call had to wait for a new connection. */
  onOpening(): void {
    this.#observer?.onPhase('connecting');
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    this.#progress = 'sent';
    this.#observer?.onPhase('sending');
  }

  onRequestSent(): void {
    const { socket } = this.#carrier;
    // Undici means that the socket has taken the bytes; a large body still has to leave it.
    if (socket?.writableNeedDrain === true) socket.once('drain', () => this.#sent());
    else this.#sent();
  }

  onResponseStarted(): void {
    this.#progress = 'answered';
  }

  onHeaders(status: number, rawHeaders: Buffer[] | string[], resume: () => void, statusText: string): boolean {
    // 103 and the like announce the answer; undici deals with 100 and 101.
    if (status < 200) return true;
    // What is thrown here comes back to onError.
    if (rawHeaders.length > 2 * HEADER_COUNT_LIMIT) throw new HeadTooLarge();
    this.#progress = 'receiving';
    this.#resume = resume;
    const timings = { ...this.#timings, headers: this.#elapsed() };
    const { http2Headers } = this.#carrier;
    this.#resolve({ status, statusText, headers: pairsOf(rawHeaders), timings, http2Headers });
    return true;
  }

  onUpgrade(status: number, rawHeaders: Buffer[] | string[] | null, upgraded: Duplex): void {
    this.#onEnd?.();
    this.#progress = 'receiving';
    this.#carrier.detach();
    this.body.end();
    const timings = { ...this.#timings, headers: this.#elapsed() };
    const head = { status, statusText: 'Switching Protocols', headers: pairsOf(rawHeaders ?? []), timings };
    // It is the socket that was opened here.
    this.#resolve({ ...head, upgraded: upgraded as Socket });
  }

  onData(chunk: Buffer): boolean {
    return this.body.push(chunk, this.#resume);
  }

  onComplete(): void {
    this.#onEnd?.();
    this.body.end();
    this.#carrier.release();
  }

  onError(error: Error): void {
    this.#onEnd?.();
    if (error instanceof Http2Failure) this.#secondWay = error.secondWay;
    const meaning = this.#cancelled ? abortError() : this.#errorOf(error, this);
    this.#reject(meaning);
    this.body.end(meaning);
    this.#carrier.destroy();
  }

  #sent(): void {
    if (this.#timings.sent !== undefined || this.#progress !== 'sent') return;
    this.#timings.sent = this.#elapsed();
    this.#observer?.onPhase('waiting');
  }

  #close(): void {
    if (this.#abort) this.#abort(abortError());
    else this.#carrier.destroy();
  }

  #elapsed(): number {
    return performance.now() - this.#start;
  }

  #resume = (): void => undefined;
}

export class HeadTooLarge extends Error {
  /** Undici's own code for it. */
  readonly code = 'UND_ERR_HEADERS_OVERFLOW';
}

function pairsOf(raw: readonly (Buffer | string)[]): Header[] {
  const pairs: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([textOf(raw[index]), textOf(raw[index + 1])]);
  return pairs;
}

/** Bytes beyond ASCII have no meaning in a header (RFC 9110 §5.5); most servers that send them mean UTF-8. */
export function textOf(bytes: Buffer | string | undefined): string {
  if (bytes === undefined || typeof bytes === 'string') return bytes ?? '';
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
