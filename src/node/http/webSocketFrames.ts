import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import * as ws from 'ws';

interface FrameOptions {
  readonly fin: boolean;
  readonly mask: boolean;
  readonly binary: boolean;
  readonly compress: boolean;
}

interface SocketSender {
  send(data: Buffer, options: FrameOptions, done: () => void): void;
  close(code: number, data: undefined, mask: boolean, done: () => void): void;
  pong(data: Buffer, mask: boolean, done: () => void): void;
}

/** Reads frames: messages, pings and the wish to close. */
export interface SocketReceiver extends EventEmitter {
  /** Calls back when all of it has been read. */
  write(chunk: Buffer, done: () => void): boolean;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
  on(event: 'ping', listener: (data: Buffer) => void): this;
  on(event: 'conclude', listener: (code: number, reason: Buffer) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

/** What was agreed on, with what it takes to do it (RFC 7692). */
export interface Compression {
  offer(): object;
  /** @throws Error when the server has agreed to something else. */
  accept(agreed: readonly object[]): void;
  /** What was agreed on; set by {@link accept}. */
  readonly params: Record<string, unknown>;
  /** Only while nothing is being read with it. */
  cleanup(): void;
}

/** Compression by its name, for {@link Sender} and {@link Receiver}. */
export type Extensions = Readonly<Record<string, Compression>>;

interface ReceiverOptions {
  readonly extensions: Extensions;
  readonly binaryType: 'nodebuffer';
  readonly isServer: boolean;
  readonly maxPayload: number;
}

interface Frames {
  readonly Sender: new (socket: Socket, extensions: Extensions) => SocketSender;
  readonly Receiver: new (options: ReceiverOptions) => SocketReceiver;
  readonly PerMessageDeflate: {
    new (options: object): Compression;
    readonly extensionName: string;
  };
  readonly extension: {
    format(offers: Readonly<Record<string, object>>): string;
    /** @throws SyntaxError */
    parse(header: string): Readonly<Record<string, readonly object[]>>;
  };
}

/**
 * The frames of the library, without its client: that asks for the upgrade with `node:http`, which VS Code patches, and
 * would go past our proxies and certificates. The package exports them, but has no types for them.
 */
export const { Sender, Receiver, PerMessageDeflate, extension } = ws as unknown as Frames;
