import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
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
import { HopCall, type Carrier, type ErrorOf } from './hopCall';
import type { Http2Connection, Http2Events } from './http2Connection';
import { HEAD_LIMIT, KEEP_ALIVE } from './limits';
import type { PreparedRequest } from './preparedRequest';
import { tlsAlert } from './transportError';
import { Client } from './undiciClient';

/** What requests are sent over. */
export interface RequestConnection {
  /** Sends a request; errors come out of the call. */
  send(
    request: PreparedRequest,
    observer: TransportObserver | undefined,
    errorOf: ErrorOf,
    signal: AbortSignal,
  ): HopCall;
}

/** Where connections to one origin come from. */
export interface ConnectionSource {
  readonly tls: TlsSettings;
  readonly proxy: ProxyWay | undefined;
  readonly sessions: TlsSessions;
  /** As {@link Destination.tunnel}. */
  readonly tunnel: boolean;
  /** Whether the server is offered HTTP/2. */
  readonly http2: boolean;
  /**
   * The server has chosen HTTP/2 for this socket.
   * @param open makes a connection of it.
   * @returns what carries the call that the socket was opened for.
   */
  onHttp2(socket: TLSSocket, open: (events: Http2Events) => Http2Connection): Http2Connection;
  /** The connection is free for another request. */
  onFree(connection: Connection): void;
  /** The connection is closed. */
  onGone(connection: Connection): void;
}

/**
 * A connection to one origin that carries one call at a time over HTTP/1.1, unless the server chooses HTTP/2 when it is
 * opened: then it hands its socket and its only call over. An undici client of its own per connection, rather than
 * undici's pool: that is what ties a socket, and so its timings and its end, to the call that uses it.
 */
export class Connection implements RequestConnection, Carrier {
  readonly url: URL;
  readonly #source: ConnectionSource;
  #client: UndiciClient | undefined;
  #socket: Socket | undefined;
  /** A socket that is open and waits for undici to take it. */
  #opened: Socket | undefined;
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
  }

  get socket(): Socket | undefined {
    return this.#socket;
  }

  /** Names what it may be used again for: the origin and what it is secured with. */
  get key(): string {
    return this.#source.tls.key;
  }

  send(
    request: PreparedRequest,
    observer: TransportObserver | undefined,
    errorOf: ErrorOf,
    signal: AbortSignal,
  ): HopCall {
    const call = new HopCall(observer, (error, of) => errorOf(tlsAlert(this.#socketError) ?? error, of));
    call.carriedBy(this, this.#calls++ > 0);
    this.#call = call;
    call.cancelOn(signal);
    if (this.#source.http2 && !this.#client) this.#negotiate(call, request);
    else this.#dispatch(call, request);
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
    queueMicrotask(() => void this.#client?.destroy());
    this.#source.onGone(this);
  }

  destroy(): void {
    const call = this.#call;
    this.#call = undefined;
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    // Undici cannot stop a socket that is still connecting.
    if (!this.#isOpen) this.#opening?.socket().destroy();
    // Later, because undici may be in the middle of telling the call something.
    queueMicrotask(() => {
      if (this.#client) void this.#client.destroy();
      else call?.onError(abortError());
    });
    this.#source.onGone(this);
  }

  /** Opens the connection before anybody knows what will be spoken over it. */
  #negotiate(call: HopCall, request: PreparedRequest): void {
    // It is loaded while the connection is being made.
    const loading = import('./http2Connection');
    this.#open(true, (error, socket) => {
      if (error) {
        this.#call = undefined;
        call.onError(error);
      } else if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2')
        void loading.then(({ Http2Connection: Speaker }) => {
          this.#handOver(call, request, socket, (events) => new Speaker(this.url.origin, socket, events));
        });
      else {
        this.#opened = socket;
        this.#dispatch(call, request);
      }
    });
  }

  #handOver(
    call: HopCall,
    request: PreparedRequest,
    socket: TLSSocket,
    open: (events: Http2Events) => Http2Connection,
  ): void {
    // The call has been cancelled, and the socket with it.
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#call = undefined;
    this.#source.onGone(this);
    this.#source.onHttp2(socket, open).carry(call, request);
  }

  #dispatch(call: HopCall, { path, method, headers, body, upgrade }: PreparedRequest): void {
    this.#client ??= this.#newClient();
    // One name for all requests: undici would take it from the Host header and reconnect when it changes.
    const options = { path, method, headers: [...headers], body: body ?? null, servername: this.url.hostname };
    this.#client.dispatch(upgrade ? { ...options, upgrade } : options, call);
  }

  #newClient(): UndiciClient {
    const client = new Client(this.url.origin, {
      connect: (_options, callback) => this.#connect(callback),
      // Time limits are watched over by the sender, who knows what the file says.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveMaxTimeout: KEEP_ALIVE,
      maxHeaderSize: HEAD_LIMIT,
    });
    client.on('connect', () => (this.#isOpen = true));
    client.on('disconnect', () => this.#onClosed());
    return client;
  }

  #connect(callback: OnOpened): void {
    const opened = this.#opened;
    this.#opened = undefined;
    // Undici does not look up again while it is about to connect.
    if (opened) queueMicrotask(() => callback(null, opened));
    else this.#open(false, callback);
  }

  #open(http2: boolean, callback: OnOpened): void {
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
    this.#opening = openSocket({ url: this.url, tls, proxy, tunnel, http2 }, sessions, call, (error, socket) => {
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
