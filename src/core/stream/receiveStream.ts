import { isAbort, LatchkeyError } from '../errors';
import type { ReceivedBody } from '../http/receiveBody';
import type { Clock } from '../ports';
import { eventReader } from './eventReader';
import { StopWatch, type StopRule } from './stopRule';
import type { StreamEnd } from './streamEvent';
import type { StreamKind } from './streamKind';
import { StreamLog } from './streamLog';

export interface StreamOptions {
  readonly clock: Clock;
  readonly stop: StopRule;
  /** Bytes of the body that are kept. */
  readonly limit: number;
  /** Gives up the connection, wherever it is. */
  readonly abort: () => void;
  /** The caller wants nothing more, not even what has arrived. */
  readonly isCancelled: () => boolean;
  /** The time limit that has passed. */
  readonly expired: () => LatchkeyError | undefined;
}

/** A stream that is about to be read. */
export class IncomingStream {
  readonly log: StreamLog;
  readonly #kind: Exclude<StreamKind, 'socket'>;
  readonly #options: StreamOptions;

  constructor(kind: Exclude<StreamKind, 'socket'>, options: StreamOptions) {
    this.#kind = kind;
    this.#options = options;
    this.log = new StreamLog(kind, options.clock, { stop: options.abort });
  }

  /**
   * Reads it to its end, into the log and a body. A break in the middle is an end as well, so that what has come stays.
   * @throws AbortError when the caller has cancelled; LatchkeyError `http.spoolFailed`.
   */
  async receive(body: ReceivedBody, source: AsyncIterable<Uint8Array>): Promise<void> {
    const { clock, stop } = this.#options;
    const over = new AbortController();
    if (stop.after !== undefined) {
      clock.delay(stop.after, over.signal).then(
        () => this.log.stop('after'),
        () => undefined,
      );
    }
    try {
      await body.receive(this.#read(source, body));
    } finally {
      over.abort();
    }
  }

  async *#read(source: AsyncIterable<Uint8Array>, body: ReceivedBody): AsyncGenerator<Uint8Array, void, undefined> {
    const watch = new StopWatch(this.#options.stop);
    const reader = eventReader(this.#kind, (event) => {
      this.log.add(event);
      const reason = watch.sees(event);
      if (reason) this.log.stop(reason);
      return this.log.stopped !== undefined;
    });
    try {
      for await (const chunk of source) {
        const taken = reader.push(chunk);
        yield* this.#stored(taken < chunk.length ? chunk.subarray(0, taken) : chunk, body);
        if (this.log.stopped) break;
      }
      if (!this.log.stopped) reader.end();
      this.log.close(this.#endOf(undefined));
    } catch (error) {
      if (this.#options.isCancelled()) throw error;
      this.log.close(this.#endOf(error));
    }
  }

  #endOf(error: unknown): StreamEnd {
    const { stopped } = this.log;
    if (stopped) return { kind: 'stopped', by: stopped };
    if (error === undefined) return { kind: 'ended' };
    const reason = this.#options.expired() ?? error;
    if (reason instanceof LatchkeyError) return { kind: 'broken', error: reason };
    if (isAbort(reason)) return { kind: 'stopped', by: 'person' };
    throw reason as Error;
  }

  *#stored(chunk: Uint8Array, body: ReceivedBody): Generator<Uint8Array, void, undefined> {
    const room = Math.max(0, this.#options.limit - body.size);
    if (chunk.length > room) this.log.noteUnstored(chunk.length - room);
    // An empty piece says that the stream is alive.
    yield chunk.length > room ? chunk.subarray(0, room) : chunk;
  }
}
