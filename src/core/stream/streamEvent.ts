import type { LatchkeyError } from '../errors';

/** What was read off a stream, before it has its place in the log. */
export interface ReadEvent {
  /** The name of a server-sent event; `undefined` where it has none. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  /** A binary message is written in hexadecimal, byte by byte. */
  readonly data: string;
  /** Bytes, as far as they were counted. */
  readonly size: number;
  readonly isBinary?: boolean | undefined;
  /** There was more than is kept of one. */
  readonly isCut?: boolean | undefined;
}

/** One event, line or message. */
export interface StreamEvent extends ReadEvent {
  /** From 0; what was dropped counts. */
  readonly index: number;
  /** Milliseconds since the stream began. */
  readonly at: number;
  readonly direction: 'received' | 'sent';
}

/** What ended a stream by our own will: a limit of the file, one of Send all, or a person. */
export type StopReason = 'events' | 'after' | 'matches' | 'person';

/** How a stream ended. */
export type StreamEnd =
  /** The server had no more. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'stopped'; readonly by: StopReason }
  /** A WebSocket, by either side (RFC 6455 §7.4). */
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  | { readonly kind: 'broken'; readonly error: LatchkeyError };
