import { constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { failureOfCode, failureOfNode, Http2Failure } from './http2Failure';
import { http2Head, type Http2Head } from './http2Head';
import { uploadTo } from './http2Upload';
import { HeadTooLarge, textOf, type Carrier, type HopCall } from './hopCall';
import { HEAD_LIMIT } from './limits';
import type { PreparedRequest } from './preparedRequest';

/** What a stream has to know of the session that it belongs to. */
export interface StreamOwner {
  readonly session: ClientHttp2Session;
  /** What ended the connection, in the words of TLS: nothing else tells as much. */
  readonly alert: Error | undefined;
  /** The connection is closed. */
  readonly isGone: boolean;
  /** The last stream that the server has looked at, once it has said so. */
  readonly lastStream: number | undefined;
  onStreamClosed(): void;
  /** A call has been given up, perhaps because nothing came. */
  onGivenUp(): void;
}

/** Carries one call over one stream. However the stream ends, the others of its session go on. */
export class StreamCarrier implements Carrier {
  readonly socket = undefined;
  readonly #owner: StreamOwner;
  readonly #call: HopCall;
  #head: Http2Head | undefined;
  #stream: ClientHttp2Stream | undefined;
  #isOver = false;
  #uploads = false;
  #isAnswered = false;
  /** Whether the server has ended the body; `undefined` while it goes on. */
  #isWhole: boolean | undefined;
  /** Bytes of the body, as the answer says. */
  #stated = 0;

  constructor(owner: StreamOwner, call: HopCall) {
    this.#owner = owner;
    this.#call = call;
  }

  get http2Headers(): Http2Head['sent'] | undefined {
    return this.#head?.sent;
  }

  /** Sends the request; errors come out of the call. */
  begin(request: PreparedRequest): void {
    this.#call.onConnect((error) => {
      this.#fail(error ?? new Error('The call was given up'));
      if (this.#stream) this.#owner.onGivenUp();
    });
    // The observer may have cancelled.
    const stream = this.#isOver ? undefined : this.#open(request);
    if (!stream) {
      this.#owner.onStreamClosed();
      return;
    }
    this.#stream = stream;
    this.#watchEnd(stream);
    stream.on('error', (error: Error) => this.#fail(this.#failure(error)));
    stream.on('close', () => this.#onClosed());
    stream.on('end', () => this.#onEnd());
    stream.once('finish', () => {
      if (!this.#isOver) this.#call.onRequestSent();
    });
    // The types leave out the list, in which everything stands as it came.
    stream.on('response', (head: ResponseHead, _flags: number, list: readonly string[]) =>
      this.#onResponse(stream, head[':status'] ?? 0, list.slice(2)),
    );
    if (!request.body || !hasBytes(request)) return;
    this.#uploads = true;
    uploadTo(stream, request.body, (error) => this.#fail(error));
  }

  release(): void {
    // The stream closes by itself.
  }

  detach(): void {
    throw new Error('A stream cannot become a socket');
  }

  destroy(): void {
    this.#isOver = true;
    this.#giveUp();
  }

  #open(request: PreparedRequest): ClientHttp2Stream | undefined {
    try {
      this.#head = http2Head(request);
      return this.#owner.session.request(this.#head.fields, { endStream: !hasBytes(request) });
    } catch (error) {
      this.#fail(failureOfNode(error as Error) ?? (error as Error));
      return undefined;
    }
  }

  /**
   * Node ends a body in the same way whether the server has ended it or has reset the stream. Only at that moment the
   * two can be told apart: a stream that was reset is closed by then.
   */
  #watchEnd(stream: ClientHttp2Stream): void {
    const push = stream.push.bind(stream);
    stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk === null) this.#isWhole ??= !stream.closed;
      return push(chunk, encoding);
    };
  }

  #onResponse(stream: ClientHttp2Stream, status: number, list: readonly string[]): void {
    if (this.#isOver || status < 200) return;
    this.#isAnswered = true;
    const length = list.findIndex((name, index) => index % 2 === 0 && name === 'content-length');
    if (length >= 0) this.#stated = Number(list[length + 1]);
    try {
      if (list.reduce((sum, text) => sum + text.length + 2, 0) > HEAD_LIMIT) throw new HeadTooLarge();
      this.#call.onHeaders(status, list.map(meant), () => stream.resume(), '');
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    stream.on('data', (chunk: Buffer) => {
      if (!this.#isOver && !this.#call.onData(chunk)) stream.pause();
    });
  }

  #onEnd(): void {
    if (this.#isOver) return;
    if (!this.#isAnswered || this.#isWhole === false) {
      this.#fail(this.#failure(undefined));
      return;
    }
    this.#isOver = true;
    // The server does not wait for what is still to be sent.
    if (this.#uploads && this.#stream?.writableFinished === false) this.#giveUp();
    this.#call.onComplete();
  }

  #onClosed(): void {
    this.#owner.onStreamClosed();
    this.#fail(this.#failure(undefined));
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.onError(error);
  }

  #giveUp(): void {
    if (this.#stream?.closed === false) this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  /** What has ended the stream. */
  #failure(error: Error | undefined): Error {
    const { alert, isGone, lastStream } = this.#owner;
    if (alert) return alert;
    const { id = 0, rstCode = 0 } = this.#stream ?? {};
    const isUntouched = lastStream !== undefined && id > lastStream;
    const failure = error && failureOfNode(error);
    if (failure) return failure;
    if (error && !('code' in error && String(error.code).startsWith('ERR_HTTP2_'))) return error;
    const isClosed = isGone && (rstCode === constants.NGHTTP2_CANCEL || rstCode === constants.NGHTTP2_NO_ERROR);
    if (isClosed) return new Http2Failure('closed', 'the connection was closed', isUntouched ? 'again' : undefined);
    // The library ends a body that is shorter than it should be so.
    const isShort = rstCode === constants.NGHTTP2_PROTOCOL_ERROR && this.#call.body.receivedBytes < this.#stated;
    return isShort ? new Http2Failure('closed', 'too short') : failureOfCode(rstCode, isUntouched);
  }
}

interface ResponseHead {
  readonly ':status'?: number;
}

function hasBytes({ body }: PreparedRequest): boolean {
  return body !== undefined && !(Buffer.isBuffer(body) && body.length === 0);
}

/** Node reads headers as Latin-1. */
function meant(text: string): string {
  return /[\x80-\xff]/.test(text) ? textOf(Buffer.from(text, 'latin1')) : text;
}
