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
  write(chunk: Buffer): boolean;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
  on(event: 'ping', listener: (data: Buffer) => void): this;
  on(event: 'conclude', listener: (code: number, reason: Buffer) => void): this;
  on(event: 'drain', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

interface ReceiverOptions {
  readonly binaryType: 'nodebuffer';
  readonly isServer: boolean;
  readonly maxPayload: number;
}

interface Frames {
  readonly Sender: new (socket: Socket, extensions: object) => SocketSender;
  readonly Receiver: new (options: ReceiverOptions) => SocketReceiver;
}

/**
 * The frames of the library, without its client: that asks for the upgrade with `node:http`, which VS Code patches, and
 * would go past our proxies and certificates. The package exports them, but has no types for them.
 */
export const { Sender, Receiver } = ws as unknown as Frames;
