import type { Socket } from 'node:net';
import { Receiver, Sender, type SocketReceiver } from './webSocketFrames';
import { abortError, LatchkeyError } from '../../core/errors';
import type { ShownAddress } from '../../core/http/httpUrl';
import type { SocketChannel, SocketClose, SocketMessage } from '../../core/ports';

/** Bytes of one message; a longer one closes the socket (1009). */
const LONGEST_MESSAGE = 16 * 1024 * 1024;
/** Bytes that wait for whoever reads; more stays with the server. */
const HIGH_WATER_MARK = 4 * 1024 * 1024;

/** An open WebSocket (RFC 6455) over a socket that has been upgraded. */
export class WebSocketChannel implements SocketChannel {
  readonly #socket: Socket;
  readonly #address: ShownAddress;
  readonly #sender: InstanceType<typeof Sender>;
  readonly #receiver: SocketReceiver;
  readonly #signal: AbortSignal;
  readonly #waiting: SocketMessage[] = [];
  #waitingBytes = 0;
  #closed: SocketClose | undefined;
  #failure: Error | undefined;
  #isOver = false;
  #hasSentClose = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, address: ShownAddress, signal: AbortSignal) {
    this.#socket = socket;
    this.#address = address;
    this.#signal = signal;
    this.#sender = new Sender(socket, {});
    this.#receiver = new Receiver({ binaryType: 'nodebuffer', isServer: false, maxPayload: LONGEST_MESSAGE });
    this.#listen();
  }

  get closed(): SocketClose | undefined {
    return this.#closed;
  }

  get messages(): AsyncIterable<SocketMessage> {
    return this.#read();
  }

  send(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isOver || this.#hasSentClose) resolve();
      // An error ends the socket, which tells of it.
      else this.#sender.send(Buffer.from(text), { ...FRAME, binary: false }, () => resolve());
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
    receiver.on('drain', () => this.#resume());
    receiver.on('error', (error) => this.#refuse(error));
    socket.on('data', (chunk: Buffer) => {
      if (!receiver.write(chunk)) socket.pause();
    });
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => this.#end(undefined));
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
    if (this.#waitingBytes > HIGH_WATER_MARK) this.#socket.pause();
    this.#wakeReader();
  }

  /** The server closes, or agrees: it gets our answer, and closes the connection (RFC 6455 §7.1.1). */
  #conclude(code: number, reason: string): void {
    this.#closed ??= { code, reason };
    this.close(code === 1005 ? 1000 : code);
    this.#socket.end();
    this.#end(undefined);
  }

  /** What the server sent is no WebSocket. */
  #refuse(error: Error): void {
    const code = closeCodeOf(error);
    this.close(code);
    this.#socket.end();
    this.#end(new LatchkeyError('http.socketBroken', { ...this.#address, reason: error.message }, { cause: error }));
  }

  #end(failure: Error | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#wakeReader();
  }

  #resume(): void {
    if (this.#waitingBytes <= HIGH_WATER_MARK) this.#socket.resume();
  }

  async *#read(): AsyncGenerator<SocketMessage, void, undefined> {
    try {
      for (;;) {
        const message = this.#waiting.shift();
        if (message) {
          this.#waitingBytes -= message.data.length;
          this.#resume();
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

const FRAME = { fin: true, mask: true, compress: false } as const;

function closeCodeOf(error: Error): number {
  const symbols = Object.getOwnPropertySymbols(error);
  const status = symbols.find(({ description }) => description === 'status-code');
  const code: unknown = status && (error as unknown as Record<symbol, unknown>)[status];
  return typeof code === 'number' ? code : 1002;
}
