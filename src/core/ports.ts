import type { Event } from './emitter';
import type { TlsProfile } from './http/tlsProfile';
import type { Secret, Sensitive } from './secret';

/** Wall-clock time, and waiting. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with an `AbortError` when the signal fires first. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A source of unpredictable bytes (a CSPRNG). */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** One log, with levels. Callers pass text that holds no secret. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** Where tokens live: VS Code's SecretStorage. Another window's `get` may be a few hundred milliseconds stale. */
export interface SecretStore {
  /** `undefined` is a normal answer: a value that cannot be decrypted is gone. */
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
  /** Fires with the key in every window that shares the store, the writing one included. */
  readonly onDidChange: Event<string>;
}

/** Files of a workspace folder that its project file names, such as keys and certificates. */
export interface Files {
  /**
   * The bytes of a small file. The folder is a URI, the path relative to it and with `/` between its parts.
   * @throws LatchkeyError `file.*`, also where a link leads out of the folder or to a file that is never read.
   */
  read(folder: string, path: string): Promise<Uint8Array>;
}

/** Files of a workspace folder of any size, such as rows that requests are sent for. */
export interface FileStreams {
  /**
   * The bytes of a file, piece by piece; leaving the loop early closes it. The folder is a URI, the path relative to it
   * and with `/` between its parts. Iterating throws LatchkeyError `file.*`, as {@link Files.read} does.
   */
  open(folder: string, path: string): AsyncIterable<Uint8Array>;
}

/** Files of a workspace folder that are looked at while somebody types. Folder and path as {@link Files.read} has them. */
export interface FileGlances {
  /**
   * A text that changes with the content of a file. `undefined` where files have none.
   * @throws LatchkeyError `file.*`, as {@link Files.read} does.
   */
  stamp(folder: string, path: string): Promise<string | undefined>;
  /**
   * The beginning of a file.
   * @param most bytes that are read.
   * @throws LatchkeyError `file.*`, as {@link Files.read} does, but for the size.
   */
  head(folder: string, path: string, most: number): Promise<FileHead>;
}

export interface FileHead {
  readonly bytes: Uint8Array;
  /** There is no more in the file. */
  readonly isWhole: boolean;
}

/** Files of a workspace folder that are sent, of any size. */
export interface FileContents {
  /**
   * A file that is there and may be read; it is not held open. Folder and path as {@link Files.read} has them.
   * @throws LatchkeyError `file.*`
   */
  content(folder: string, path: string): Promise<FileContent>;
}

export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /**
   * The bytes from the beginning, as often as they are wanted. Leaving the loop early closes the file. A piece counts
   * until the next one but one is asked for: whoever keeps it longer copies it.
   * Throws LatchkeyError `file.*`: `file.changed` when it has another size by now.
   */
  stream(): AsyncIterable<Uint8Array>;
}

/**
 * A number kept beside a lock. What its holder writes, the next holder reads at once, whereas the secret store may
 * show the next holder an older value: a higher number here says so. It is no secret.
 */
export interface Fence {
  /** Names the lock's place: the same for all holders whom this lock keeps apart, another on every other machine. */
  readonly place: string;
  /** 0 when nothing was written yet. */
  read(): Promise<number>;
  /** 0 forgets the number. */
  write(value: number): Promise<void>;
}

/** Mutual exclusion across the windows and processes of one machine. */
export interface Lock {
  /**
   * Runs `task` while holding the named lock; rejects with an `AbortError` when the signal fires while waiting.
   * The task gets the lock's fence where the platform can keep one.
   */
  withLock<T>(name: string, signal: AbortSignal | undefined, task: (fence?: Fence) => Promise<T>): Promise<T>;
}

/** The user's own browser, never a webview (RFC 8252 §8.12). */
export interface Browser {
  /**
   * Opens a URL, byte for byte as given. `false` does not mean that the user cancelled: they may have copied the
   * address instead, so keep waiting.
   */
  open(url: string): Promise<boolean>;
}

/** Writes files that people have chosen. */
export interface FileWriter {
  /** Rejects with what the file system says, or what the pieces throw; the file is as before then. */
  write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** Where the bytes of a body go that is too big for memory. They are gone when the window is. */
export interface Spool {
  /** @throws LatchkeyError `http.spoolFailed` */
  create(): Promise<SpoolFile>;
}

/** Bytes that are written once, from start to end, and read by range meanwhile. */
export interface SpoolFile {
  /** Bytes that can be read. */
  readonly size: number;
  /** Where a thread of its own finds them. */
  readonly path: string;
  /**
   * Takes the bytes that come next, which nobody may change any more. Wait for it before the next ones.
   * @throws LatchkeyError `http.spoolFailed`, as when the disk is full.
   */
  append(bytes: Uint8Array): Promise<void>;
  /** All that was taken can be read. */
  flush(): Promise<void>;
  read(start: number, end: number): Promise<Uint8Array>;
  /** Deletes them. */
  dispose(): void;
}

export type Header = readonly [name: string, value: string];

/** A request as it goes to the socket: one hop, no redirects followed. */
export interface WireRequest {
  readonly method: string;
  readonly url: Sensitive;
  /** In the order and the case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: Sensitive])[];
  readonly body?: WireBody | undefined;
  /** The connection is to become a WebSocket. */
  readonly upgrade?: 'websocket' | undefined;
  /** Certificates of one's own for the origin; absent: the usual authorities, and no client certificate. */
  readonly tls?: TlsProfile | undefined;
}

export type WireBody = Uint8Array | Secret | StreamedBody;

/** A body that is made while it is sent, so that a file of any size takes little memory. */
export interface StreamedBody {
  /** Bytes; `undefined` where only reading it would tell. */
  readonly size: number | undefined;
  /**
   * The body from its beginning, as often as it is sent. Leaving the loop early closes what it reads from. Its pieces
   * count as long as those of {@link FileContent.stream}.
   */
  open(): AsyncIterable<Uint8Array>;
  /** As it may be shown: secrets masked, files by their names. */
  readonly shown: string;
  /** What is secret in it; with any, it is not sent to another origin. */
  readonly secrets: readonly Secret[];
}

/** Milliseconds from the start of the hop; `undefined` where the phase did not happen (a reused connection). */
export interface HopTimings {
  readonly dns?: number | undefined;
  readonly connect?: number | undefined;
  readonly tls?: number | undefined;
  /** Until the request had been written. */
  readonly sent?: number | undefined;
  /** Until the response head had arrived. */
  readonly headers: number;
}

/** The head of a response and its body as it arrives, already decoded from gzip, br, zstd or deflate. */
export interface WireResponse {
  readonly status: number;
  /** Empty over HTTP/2, which has none. */
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** It came over HTTP/2; absent: over HTTP/1. */
  readonly http2?: true | undefined;
  /**
   * To be iterated once. Leaving the loop early, or firing the signal, closes the connection, or over HTTP/2 the stream.
   * Throws what
   * {@link HttpTransport.send} rejects with.
   */
  readonly body: AsyncIterable<Uint8Array>;
  readonly timings: HopTimings;
  /** The WebSocket that the connection has become; then there is no body. */
  readonly channel?: SocketChannel | undefined;
  /** Every header as it went out, in order and with what the transport added itself; absent: those of the request. */
  readonly headersSent?: WireRequest['headers'] | undefined;
  /** Nobody has checked who answered: the certificate was not looked at. */
  readonly unverified?: true | undefined;
}

/** A message of a WebSocket, whole. */
export interface SocketMessage {
  readonly data: string | Uint8Array;
}

/** How the other side has closed a WebSocket, or agreed to; 1005: with no code (RFC 6455 §7.1.5). */
export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

/** An open WebSocket. The signal that it was asked for with closes it at once. */
export interface SocketChannel {
  /**
   * To be iterated once; ends when the socket is closed. Throws a `LatchkeyError` (`http.socketBroken`) or, when the
   * signal fires, an `AbortError`.
   */
  readonly messages: AsyncIterable<SocketMessage>;
  /** Known when there are no more messages; `undefined` where the connection just ended. */
  readonly closed: SocketClose | undefined;
  /** Resolves when it is on its way. Does nothing once the socket is being closed. */
  send(message: string | Uint8Array): Promise<void>;
  /** Asks the other side to close. */
  close(code: number): void;
}

/** What a hop is busy with until the response begins; phases come in this order, and some may be left out. */
export type TransportPhase = 'connecting' | 'sending' | 'waiting';

/** Hears how far a hop has come. Called synchronously; must not throw. */
export interface TransportObserver {
  onPhase(phase: TransportPhase): void;
}

/**
 * Sends one hop, with no time limit of its own. Rejects with a `LatchkeyError` (`http.*`) or, when the signal fires,
 * with an `AbortError`. The signal counts until the body has been read to its end.
 */
export interface HttpTransport {
  send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse>;
}
