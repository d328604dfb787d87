import { abortError, isAbort, LatchkeyError } from '../errors';
import type { ReceivedBody } from '../http/receiveBody';
import { readJson } from '../json/readJson';
import type { SocketChannel, SocketMessage } from '../ports';
import { redact, revealForTransport, type Sensitive } from '../secret';
import type { StreamOptions } from './receiveStream';
import { StopWatch } from './stopRule';
import type { ReadEvent, StreamEnd } from './streamEvent';
import { StreamLog } from './streamLog';

/** A message of the request file. */
export interface PlannedMessage {
  readonly text: Sensitive;
  /** Milliseconds to wait before it. */
  readonly after: number;
}

/** Milliseconds that the server has to answer our wish to close. */
const PATIENCE = 2_000;
/** Bytes of a binary message that are kept to be shown. */
const SHOWN_BYTES = 64 * 1024;

/** An open WebSocket: sends the messages of the file in order, and whatever a person types meanwhile. */
export class OpenSocket {
  readonly log: StreamLog;
  readonly #channel: SocketChannel;
  readonly #messages: readonly PlannedMessage[];
  readonly #options: StreamOptions;
  readonly #over = new AbortController();

  constructor(channel: SocketChannel, messages: readonly PlannedMessage[], options: StreamOptions) {
    this.#channel = channel;
    this.#messages = messages;
    this.#options = options;
    this.log = new StreamLog('socket', options.clock, { stop: () => this.#close(), send: (text) => this.#send(text) });
  }

  /**
   * Receives to the end; the body gets a line of JSON for each message that has come.
   * @throws AbortError when the caller has cancelled; LatchkeyError `http.spoolFailed`.
   */
  async receive(body: ReceivedBody): Promise<void> {
    const { clock, stop } = this.#options;
    if (stop.after !== undefined) this.#later(clock.delay(stop.after, this.#over.signal), () => this.log.stop('after'));
    this.#later(this.#sendAll(), () => undefined);
    try {
      await body.receive(this.#read(body));
    } finally {
      this.#over.abort();
    }
  }

  async *#read(body: ReceivedBody): AsyncGenerator<Uint8Array, void, undefined> {
    const watch = new StopWatch(this.#options.stop);
    const encoder = new TextEncoder();
    try {
      for await (const message of this.#channel.messages) {
        // What crosses our wish to close is more than was wanted.
        if (this.log.stopped) continue;
        const event = eventOf(message);
        this.log.add(event);
        const line = encoder.encode(`${lineOf(message)}\n`);
        const isKept = body.size + line.length <= this.#options.limit;
        if (!isKept) this.log.noteUnstored(line.length);
        const reason = watch.sees(event);
        if (reason) this.log.stop(reason);
        yield isKept ? line : line.subarray(0, 0);
      }
      if (this.#options.isCancelled()) throw abortError();
      this.log.close(this.#endOf(undefined));
    } catch (error) {
      if (this.#options.isCancelled()) throw error;
      this.log.close(this.#endOf(error));
    }
  }

  #endOf(error: unknown): StreamEnd {
    const { stopped } = this.log;
    if (stopped) return { kind: 'stopped', by: stopped };
    const reason = this.#options.expired() ?? error;
    if (reason instanceof LatchkeyError) return { kind: 'broken', error: reason };
    if (reason !== undefined && !isAbort(reason)) throw reason as Error;
    return { kind: 'closed', ...(this.#channel.closed ?? { code: 1006, reason: '' }) };
  }

  async #sendAll(): Promise<void> {
    for (const { text, after } of this.#messages) {
      if (after > 0) await this.#options.clock.delay(after, this.#over.signal);
      await this.#send(text);
    }
  }

  async #send(text: Sensitive): Promise<void> {
    if (this.#over.signal.aborted || this.log.stopped) return;
    const plain = revealForTransport(text);
    const size = new TextEncoder().encode(plain).length;
    this.log.add({ type: undefined, id: undefined, data: redact(text), size }, 'sent');
    await this.#channel.send(plain);
  }

  #close(): void {
    this.#channel.close(1000);
    this.#later(this.#options.clock.delay(PATIENCE, this.#over.signal), () => this.#options.abort());
  }

  /** What goes wrong meanwhile ends the channel, and is told there. */
  #later(waiting: Promise<void>, act: () => void): void {
    waiting.then(act, () => undefined);
  }
}

function eventOf({ data }: SocketMessage): ReadEvent {
  const common = { type: undefined, id: undefined };
  if (typeof data === 'string') return { ...common, data, size: new TextEncoder().encode(data).length };
  const hex = Array.from(data.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return { ...common, data: hex, size: data.length, isBinary: true, isCut: data.length > SHOWN_BYTES };
}

/** A message as one line of JSON: what is JSON as it is, other text as a text, bytes in hexadecimal. */
function lineOf({ data }: SocketMessage): string {
  if (typeof data !== 'string') {
    return JSON.stringify(Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  // Ends of lines can only be between the values of JSON.
  return readJson(data).ok ? data.replace(/[\r\n]+/g, ' ') : JSON.stringify(data);
}
