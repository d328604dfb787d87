import type { Socket } from 'node:net';
import type { Client as UndiciClient } from 'undici';
import { abortError } from '../../core/errors';
import type { TransportObserver } from '../../core/ports';
import {
  openSocket,
  type OnOpened,
  type Opening,
  type ProxyWay,
  type TlsSessions,
  type TlsSettings,
} from './connector';
import { HopCall, type Carrier } from './hopCall';
import type { PreparedRequest } from './preparedRequest';
import { Client } from './undiciClient';

/** The most bytes of a response's head. */
export const HEAD_LIMIT = 256 * 1024;

/** Where connections to one origin come from. */
export interface ConnectionSource {
  readonly tls: TlsSettings;
  readonly proxy: ProxyWay | undefined;
  readonly sessions: TlsSessions;
  /** As {@link Destination.tunnel}. */
  readonly tunnel: boolean;
  /** The connection is free for another request. */
  onFree(connection: Connection): void;
  /** The connection is closed. */
  onGone(connection: Connection): void;
}

/**
 * A connection to one origin that carries one call at a time. An undici client of its own per connection, rather than
 * undici's pool: that is what ties a socket, and so its timings and its end, to the call that uses it.
 */
export class Connection implements Carrier {
  readonly url: URL;
  readonly #source: ConnectionSource;
  readonly #client: UndiciClient;
  #socket: Socket | undefined;
  #opening: Opening | undefined;
  /** What ended the socket. A server that refuses a certificate says so late, when undici hears of the end only. */
  #socketError: Error | undefined;
  #call: HopCall | undefined;
  #isOpen = false;
  #isDestroyed = false;
  #calls = 0;

  constructor(url: URL, source: ConnectionSource) {
    this.url = url;
    this.#source = source;
    this.#client = new Client(url.origin, {
      connect: (_options, callback) => this.#open(callback),
      // Time limits are watched over by the sender, who knows what the file says.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveMaxTimeout: 60_000,
      maxHeaderSize: HEAD_LIMIT,
    });
    this.#client.on('connect', () => (this.#isOpen = true));
    this.#client.on('disconnect', () => this.#onClosed());
  }

  get socket(): Socket | undefined {
    return this.#socket;
  }

  /** Names what it may be used again for: the origin and what it is secured with. */
  get key(): string {
    return this.#source.tls.key;
  }

  /** Whether the call under way came after another one, so that the server may just have closed the connection. */
  get isReused(): boolean {
    return this.#calls > 1;
  }

  /** Sends a request; errors come out of the call. */
  send(
    request: PreparedRequest,
    observer: TransportObserver | undefined,
    errorOf: (error: Error, call: HopCall) => Error,
    signal: AbortSignal,
  ): HopCall {
    const call = new HopCall(this, observer, (error, of) => errorOf(this.#alert ?? error, of));
    this.#calls++;
    this.#call = call;
    call.cancelOn(signal);
    const { path, method, headers, body, upgrade } = request;
    // One name for all requests: undici would take it from the Host header and reconnect when it changes.
    const options = { path, method, headers: [...headers], body: body ?? null, servername: this.url.hostname };
    this.#client.dispatch(upgrade ? { ...options, upgrade } : options, call);
    return call;
  }

  release(): void {
    this.#call = undefined;
    if (this.#isOpen) this.#source.onFree(this);
    else this.destroy();
  }

  detach(): void {
    this.#call = undefined;
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    queueMicrotask(() => void this.#client.destroy());
    this.#source.onGone(this);
  }

  destroy(): void {
    this.#call = undefined;
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    // Undici cannot stop a socket that is still connecting.
    if (!this.#isOpen) this.#opening?.socket().destroy();
    // Later, because undici may be in the middle of telling the call something.
    queueMicrotask(() => void this.#client.destroy());
    this.#source.onGone(this);
  }

  /** The server's own words for why it ended the secure connection. */
  get #alert(): Error | undefined {
    const error: NodeJS.ErrnoException | undefined = this.#socketError;
    return error?.code?.startsWith('ERR_SSL_') === true ? error : undefined;
  }

  #open(callback: OnOpened): void {
    const call = this.#call;
    if (!call) {
      callback(new Error('There is nothing to connect for'), null);
      return;
    }
    call.onOpening();
    if (this.#isDestroyed) {
      // The observer has cancelled.
      callback(abortError(), null);
      return;
    }
    const { tls, proxy, sessions, tunnel } = this.#source;
    this.#opening = openSocket({ url: this.url, tls, proxy, tunnel }, sessions, call, (error, socket) => {
      if (error) {
        callback(error, null);
        return;
      }
      this.#socket = socket;
      socket.on('error', (later) => (this.#socketError ??= later));
      callback(null, socket);
    });
  }

  #onClosed(): void {
    this.#isOpen = false;
    // With a call waiting, undici connects anew for it.
    if (!this.#call) this.destroy();
  }
}
