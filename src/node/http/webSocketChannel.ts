import type { Socket } from 'node:net';
import { PerMessageDeflate, Receiver, Sender, type Compression, type SocketReceiver } from './webSocketFrames';
import { abortError, LatchkeyError } from '../../core/errors';
import type { ShownAddress } from '../../core/http/httpUrl';
import type { SocketChannel, SocketClose, SocketMessage } from '../../core/ports';

/** Bytes of one message, compressed or not; a longer one closes the socket (1009). */
export const LONGEST_MESSAGE = 16 * 1024 * 1024;
/** Bytes that wait for whoever reads; more stays with the server. */
const HIGH_WATER_MARK = 4 * 1024 * 1024;

/** Bytes that are read at once where they may become a thousand times as many. */
const COMPRESSED_PIECE = 4 * 1024;
/** Milliseconds that the server has to close the connection once nothing more is to come over it. */
const PATIENCE = 2_000;
/** Bytes of a message from which on compressing it is worth the while. */
const COMPRESSED_FROM = 1024;

/** An open WebSocket (RFC 6455) over a socket that has been upgraded. */
export class WebSocketChannel implements SocketChannel {
  readonly #socket: Socket;
  readonly #address: ShownAddress;
  readonly #sender: InstanceType<typeof Sender>;
  readonly #receiver: SocketReceiver;
  readonly #signal: AbortSignal;
  readonly #compression: Compression | undefined;
  /** What has arrived and was not read yet, and whether something is being read. */
  readonly #arrived: Buffer[] = [];
  #isReading = false;
  #isGone = false;
  readonly #waiting: SocketMessage[] = [];
  #waitingBytes = 0;
  #closed: SocketClose | undefined;
  #failure: Error | undefined;
  #isOver = false;
  #hasSentClose = false;
  #wake: (() => void) | undefined;

  /** @param compression what both sides have agreed on. */
  constructor(socket: Socket, address: ShownAddress, signal: AbortSignal, compression: Compression | undefined) {
    this.#socket = socket;
    this.#address = address;
    this.#signal = signal;
    this.#compression = compression;
    const extensions = compression ? { [PerMessageDeflate.extensionName]: compression } : {};
    this.#sender = new Sender(socket, extensions);
    const limits = { maxPayload: LONGEST_MESSAGE };
    this.#receiver = new Receiver({ binaryType: 'nodebuffer', isServer: false, extensions, ...limits });
    this.#listen();
  }

  get closed(): SocketClose | undefined {
    return this.#closed;
  }

  get messages(): AsyncIterable<SocketMessage> {
    return this.#read();
  }

  send(message: string | Uint8Array): Promise<void> {
    const data = Buffer.from(message);
    const compress = this.#compression !== undefined && data.length >= COMPRESSED_FROM;
    const options = { fin: true, mask: true, binary: typeof message !== 'string', compress };
    return new Promise((resolve) => {
      if (this.#isOver || this.#hasSentClose) resolve();
      // An error ends the socket, which tells of it.
      else this.#sender.send(data, options, () => resolve());
    });
  }

  close(code: number): void {
    if (this.#hasSentClose || this.#isOver) return;
    this.#hasSentClose = true;
    this.#sender.close(code, undefined, true, () => undefined);
  }

  #listen(): void {
    const socket = this.#socket;
    const receiver = this.#receiver;
    receiver.on('message', (data, isBinary) => this.#take({ data: isBinary ? new Uint8Array(data) : data.toString() }));
    receiver.on('ping', (data) => this.#sender.pong(data, true, () => undefined));
    receiver.on('conclude', (code, reason) => this.#conclude(code, reason.toString()));
    receiver.on('error', (error) => this.#refuse(error));
    socket.on('data', (chunk: Buffer) => this.#arrive(chunk));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      this.#isGone = true;
      this.#readOn();
    });
    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
    socket.setTimeout(0);
    socket.resume();
    if (this.#signal.aborted) this.#onAbort();
  }

  readonly #onAbort = (): void => {
    this.#end(abortError());
    this.#socket.destroy();
  };

  #take(message: SocketMessage): void {
    if (this.#isOver) return;
    this.#waiting.push(message);
    this.#waitingBytes += message.data.length;
    this.#wakeReader();
  }

  /** The server closes, or agrees: it gets our answer, and closes the connection (RFC 6455 §7.1.1). */
  #conclude(code: number, reason: string): void {
    this.#closed ??= { code, reason };
    this.close(code === 1005 ? 1000 : code);
    this.#leave();
    this.#end(undefined);
  }

  /** What the server sent is no WebSocket. */
  #refuse(error: Error): void {
    const code = closeCodeOf(error);
    this.close(code);
    this.#leave();
    this.#end(new LatchkeyError('http.socketBroken', { ...this.#address, reason: error.message }, { cause: error }));
  }

  /** Nobody would know of a connection that the server keeps, nor of what it goes on sending. */
  #leave(): void {
    const socket = this.#socket;
    socket.end();
    const timer = setTimeout(() => socket.destroy(), PATIENCE);
    timer.unref();
    socket.once('close', () => clearTimeout(timer));
  }

  #end(failure: Error | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#wakeReader();
    this.#readOn();
  }

  #arrive(chunk: Buffer): void {
    const size = this.#compression ? COMPRESSED_PIECE : chunk.length;
    for (let at = 0; at < chunk.length; at += size) this.#arrived.push(chunk.subarray(at, at + size));
    this.#socket.pause();
    this.#readOn();
  }

  /** What still comes is of no use, but for the end of the connection. */
  #drop(): void {
    this.#arrived.length = 0;
    if (this.#isGone) this.#compression?.cleanup();
    else this.#socket.resume();
  }

  /** One piece after another, as long as somebody takes what is in them; what is compressed takes its time. */
  #readOn(): void {
    if (this.#isReading) return;
    if (this.#isOver) {
      this.#drop();
      return;
    }
    if (this.#waitingBytes > HIGH_WATER_MARK) return;
    const piece = this.#arrived.shift();
    if (piece) {
      this.#isReading = true;
      this.#receiver.write(piece, () => {
        this.#isReading = false;
        this.#readOn();
      });
    } else if (this.#isGone) this.#end(undefined);
    else this.#socket.resume();
  }

  async *#read(): AsyncGenerator<SocketMessage, void, undefined> {
    try {
      for (;;) {
        const message = this.#waiting.shift();
        if (message) {
          this.#waitingBytes -= message.data.length;
          this.#readOn();
          yield message;
        } else if (this.#isOver) {
          if (this.#failure) throw this.#failure;
          return;
        } else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      // Whoever leaves early wants no more.
      if (!this.#isOver) this.#onAbort();
    }
  }

  #wakeReader(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

function closeCodeOf(error: Error): number {
  const symbols = Object.getOwnPropertySymbols(error);
  const status = symbols.find(({ description }) => description === 'status-code');
  const code: unknown = status && (error as unknown as Record<symbol, unknown>)[status];
  return typeof code === 'number' ? code : 1002;
}
