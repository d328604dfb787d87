import { abortError, isAbort, LatchkeyError } from '../errors';
import { hexText } from '../hex';
import type { ReceivedBody } from '../http/receiveBody';
import { readJsonInSlices } from '../json/readJson';
import type { SocketChannel, SocketMessage } from '../ports';
import { MASK, redact, revealForTransport } from '../secret';
import type { StreamOptions } from './receiveStream';
import type { ReadyMessage, SocketContent } from './socketMessages';
import { StopWatch } from './stopRule';
import type { ReadEvent, StreamEnd } from './streamEvent';
import { StreamLog } from './streamLog';

/** Milliseconds that the server has to answer our wish to close. */
const PATIENCE = 2_000;
/** Bytes of a binary message that are kept to be shown. */
const SHOWN_BYTES = 64 * 1024;

/** An open WebSocket: sends the messages of the file in order, and whatever a person types meanwhile. */
export class OpenSocket {
  readonly log: StreamLog;
  readonly #channel: SocketChannel;
  readonly #messages: readonly ReadyMessage[];
  readonly #options: StreamOptions;
  readonly #over = new AbortController();
  /** Why a message could not be sent. */
  #failure: LatchkeyError | undefined;

  constructor(channel: SocketChannel, messages: readonly ReadyMessage[], options: StreamOptions) {
    this.#channel = channel;
    this.#messages = messages;
    this.#options = options;
    this.log = new StreamLog('socket', options.clock, {
      stop: () => this.#close(),
      send: (text) => this.#send({ text }),
    });
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
        const line = encoder.encode(`${await this.#lineOf(message)}\n`);
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

  /** A message as one line of JSON: what is JSON as it is, other text as a text, bytes in hexadecimal. */
  async #lineOf({ data }: SocketMessage): Promise<string> {
    if (typeof data !== 'string') return `"${hexText(data)}"`;
    // A large one is looked through in turns with everything else.
    const { ok } = await readJsonInSlices(data, () => this.#options.clock.delay(0));
    // Ends of lines can only be between the values of JSON.
    return ok ? data.replace(/[\r\n]+/g, ' ') : JSON.stringify(data);
  }

  #endOf(error: unknown): StreamEnd {
    const { stopped } = this.log;
    if (stopped) return { kind: 'stopped', by: stopped };
    const reason = this.#failure ?? this.#options.expired() ?? error;
    if (reason instanceof LatchkeyError) return { kind: 'broken', error: reason };
    if (reason !== undefined && !isAbort(reason)) throw reason as Error;
    return { kind: 'closed', ...(this.#channel.closed ?? { code: 1006, reason: '' }) };
  }

  async #sendAll(): Promise<void> {
    for (const { content, after } of this.#messages) {
      if (after > 0) await this.#options.clock.delay(after, this.#over.signal);
      if (this.#isEnding) return;
      const found = await content().catch((error: unknown) => this.#fail(error));
      if (!found) return;
      await this.#send(found);
    }
  }

  get #isEnding(): boolean {
    return this.#over.signal.aborted || this.log.stopped !== undefined;
  }

  async #send(content: SocketContent): Promise<void> {
    if (this.#isEnding) return;
    this.log.add(sentEvent(content), 'sent');
    await this.#channel.send('text' in content ? revealForTransport(content.text) : content.bytes);
  }

  /** A file that was there is not any more: what should follow it makes no sense. */
  #fail(error: unknown): undefined {
    if (!(error instanceof LatchkeyError)) throw error;
    this.#failure = error;
    this.#options.abort();
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
  if (typeof data === 'string') return { ...NAMELESS, data, size: new TextEncoder().encode(data).length };
  const hex = hexText(data.subarray(0, SHOWN_BYTES), ' ');
  return { ...NAMELESS, data: hex, size: data.length, isBinary: true, isCut: data.length > SHOWN_BYTES };
}

const NAMELESS = { type: undefined, id: undefined } as const;

function sentEvent(content: SocketContent): ReadEvent {
  if ('bytes' in content) {
    const event = eventOf({ data: content.bytes });
    return content.isSecret ? { ...event, data: MASK, isCut: false } : event;
  }
  const size = new TextEncoder().encode(revealForTransport(content.text)).length;
  return { ...NAMELESS, data: redact(content.text), size };
}
