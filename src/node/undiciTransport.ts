import type { Socket } from 'node:net';
import type { Disposable } from '../core/disposable';
import { abortError, isErrorCode, LatchkeyError } from '../core/errors';
import { shownAddress } from '../core/http/httpUrl';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import type { RequestConnection } from './http/connection';
import { ConnectionPool, type Route } from './http/connectionPool';
import { decodeBody } from './http/decodeBody';
import type { HopCall } from './http/hopCall';
import type { SecondWay } from './http/http2Failure';
import type { Proxy } from '../core/http/proxy';
import { prepareRequest, throughProxy, type PreparedRequest } from './http/preparedRequest';
import { proxyData } from './http/proxyError';
import { transportError } from './http/transportError';
import { knowsSystemRoots } from './http/trustedRoots';

export interface UndiciTransportOptions {
  /** Sent as User-Agent unless the request has one; some APIs refuse requests without. */
  readonly userAgent?: string | undefined;
  /** Whether the authorities that the system trusts count as well, asked at each need. Absent: no. */
  readonly systemCertificates?: (() => boolean) | undefined;
  /** The proxy for a URL, asked for each request. Absent: none. */
  readonly proxy?: ((url: URL) => Proxy | undefined) | undefined;
}

/** May be sent again when nobody knows whether the server has seen them (RFC 9110 §9.2.2). */
const IDEMPOTENT = /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/;

/**
 * Sends over HTTP/2 where a secure server chooses it, else over HTTP/1.1 with undici: connections are kept and used again,
 * header names keep their order, and over HTTP/1.1 their case, bodies are decoded while they arrive.
 */
export class UndiciTransport implements HttpTransport, Disposable {
  readonly #pool = new ConnectionPool();
  readonly #userAgent: string;
  readonly #systemCertificates: () => boolean;
  readonly #proxyOf: (url: URL) => Proxy | undefined;
  /** Origins whose authorities only the system knows. Looking for them takes time, so others go without. */
  readonly #systemOrigins = new Set<string>();
  /** WebSockets that are open. */
  readonly #sockets = new Set<Socket>();

  constructor(options: UndiciTransportOptions = {}) {
    this.#userAgent = options.userAgent ?? 'Latchkey';
    this.#systemCertificates = options.systemCertificates ?? (() => false);
    this.#proxyOf = options.proxy ?? (() => undefined);
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    if (request.upgrade) return this.#openWebSocket(request, signal, observer);
    return (await this.#send(request, signal, observer)).response;
  }

  /** Asks for the upgrade like for anything else; what carries the messages afterwards is loaded with the first. */
  async #openWebSocket(
    asked: WireRequest,
    signal: AbortSignal,
    observer: TransportObserver | undefined,
  ): Promise<WireResponse> {
    const { upgradeRequest, checkUpgrade } = await import('./http/webSocketUpgrade');
    const handshake = upgradeRequest(asked);
    const { response, upgraded } = await this.#send(handshake.request, signal, observer);
    if (!upgraded) return response;
    this.#sockets.add(upgraded);
    upgraded.once('close', () => this.#sockets.delete(upgraded));
    const address = shownAddress(asked.url);
    try {
      const compression = checkUpgrade(handshake, response.headers, address);
      const { WebSocketChannel } = await import('./http/webSocketChannel');
      return { ...response, channel: new WebSocketChannel(upgraded, address, signal, compression) };
    } catch (error) {
      upgraded.destroy();
      throw error;
    }
  }

  async #send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<Answer> {
    const direct = prepareRequest(request, this.#userAgent);
    if (signal.aborted) throw abortError();
    const { url } = direct;
    const proxy = this.#proxyOf(url);
    const prepared = proxy ? throughProxy(direct, proxy) : direct;
    const mayAskSystem = knowsSystemRoots && this.#systemCertificates();
    const isSystemOrigin = mayAskSystem && this.#systemOrigins.has(url.origin);
    const roots = isSystemOrigin ? 'system' : 'usual';
    const route: Route = {
      url,
      tls: request.tls,
      roots,
      proxy,
      proxyRoots: mayAskSystem ? 'system' : 'usual',
      upgrade: request.upgrade !== undefined,
    };
    try {
      return await this.#sendOver(route, request, prepared, signal, observer);
    } catch (error) {
      if (!isErrorCode(error, 'http.tlsUntrusted') || !mayAskSystem || isSystemOrigin) throw error;
      // Nothing of the request has been sent yet.
      const response = await this.#sendOver({ ...route, roots: 'system' }, request, prepared, signal, observer);
      this.#systemOrigins.add(url.origin);
      return response;
    }
  }

  /** Closes every connection. */
  dispose(): void {
    this.#pool.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #sendOver(
    route: Route,
    request: WireRequest,
    prepared: PreparedRequest,
    signal: AbortSignal,
    observer: TransportObserver | undefined,
  ): Promise<Answer> {
    let connection = route.upgrade === true ? this.#pool.open(route) : this.#pool.take(route);
    const errorOf = (error: Error, { progress, body: { receivedBytes } }: HopCall): Error =>
      transportError(error, { url: request.url, tls: request.tls, progress, receivedBytes });
    const tried = new Set<SecondWay>();
    for (;;) {
      const call = connection.send(prepared, observer, errorOf, signal);
      try {
        return await answerOf(call, route, request, prepared);
      } catch (error) {
        const way = signal.aborted ? undefined : secondWay(error, call, request);
        if (!way || tried.has(way)) throw error;
        tried.add(way);
        connection = this.#connectionFor(way, route);
      }
    }
  }

  #connectionFor(way: SecondWay, route: Route): RequestConnection {
    if (way === 'stale') return this.#pool.open(route);
    if (way === 'again') return this.#pool.take(route);
    if (way === 'http1Always') this.#pool.useHttp1(route);
    return this.#pool.take({ ...route, http1: true });
  }
}

/** An answer, and what the connection has become of it. */
interface Answer {
  readonly response: WireResponse;
  readonly upgraded: Socket | undefined;
}

async function answerOf(
  call: HopCall,
  { proxy }: Route,
  { url, tls }: WireRequest,
  prepared: PreparedRequest,
): Promise<Answer> {
  const { upgraded, http2Headers, ...head } = await call.head;
  if (head.status === 407 && proxy && prepared.url.protocol === 'http:') {
    call.body.cancel();
    throw new LatchkeyError('http.proxyAuthorizationRequired', proxyData(proxy));
  }
  const body = decodeBody(call.body, head.headers, shownAddress(url));
  const unverified = tls?.verify === false && prepared.url.protocol === 'https:' ? ({ unverified: true } as const) : {};
  const sent = http2Headers
    ? ({ headersSent: http2Headers, http2: true } as const)
    : { headersSent: prepared.headersSent };
  return { response: { ...head, body, ...sent, ...unverified }, upgraded };
}

/** How a call that has failed may be sent once more without anybody's asking for it. */
function secondWay(error: unknown, call: HopCall, { method }: WireRequest): SecondWay | undefined {
  if (call.secondWay) return call.secondWay;
  // The server closed the kept connection just as the request left: not the user's concern.
  const isStale = isErrorCode(error, 'http.connectionClosed') && call.isReused && IDEMPOTENT.test(method);
  return isStale ? 'stale' : undefined;
}
