import type { Disposable } from '../core/disposable';
import { abortError, isErrorCode, LatchkeyError } from '../core/errors';
import { shownAddress } from '../core/http/httpUrl';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import type { Connection } from './http/connection';
import { ConnectionPool, type Route } from './http/connectionPool';
import { decodeBody } from './http/decodeBody';
import type { HopCall } from './http/hopCall';
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
 * Sends over HTTP/1.1 with undici: connections are kept and used again, header names keep their case and order,
 * bodies are decoded while they arrive.
 */
export class UndiciTransport implements HttpTransport, Disposable {
  readonly #pool = new ConnectionPool();
  readonly #userAgent: string;
  readonly #systemCertificates: () => boolean;
  readonly #proxyOf: (url: URL) => Proxy | undefined;
  /** Origins whose authorities only the system knows. Looking for them takes time, so others go without. */
  readonly #systemOrigins = new Set<string>();

  constructor(options: UndiciTransportOptions = {}) {
    this.#userAgent = options.userAgent ?? 'Latchkey';
    this.#systemCertificates = options.systemCertificates ?? (() => false);
    this.#proxyOf = options.proxy ?? (() => undefined);
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    const direct = prepareRequest(request, this.#userAgent);
    if (signal.aborted) throw abortError();
    const { url } = direct;
    const proxy = this.#proxyOf(url);
    const prepared = proxy ? throughProxy(direct, proxy) : direct;
    const mayAskSystem = knowsSystemRoots && this.#systemCertificates();
    const isSystemOrigin = mayAskSystem && this.#systemOrigins.has(url.origin);
    const roots = isSystemOrigin ? 'system' : 'usual';
    const route: Route = { url, tls: request.tls, roots, proxy, proxyRoots: mayAskSystem ? 'system' : 'usual' };
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
  }

  async #sendOver(
    route: Route,
    request: WireRequest,
    prepared: PreparedRequest,
    signal: AbortSignal,
    observer: TransportObserver | undefined,
  ): Promise<WireResponse> {
    const connection = this.#pool.take(route);
    try {
      return await receive(connection, route, request, prepared, signal, observer);
    } catch (error) {
      if (!mayHaveBeenStale(error, connection, request)) throw error;
      // The server closed the kept connection just as the request left: not the user's concern.
      return await receive(this.#pool.open(route), route, request, prepared, signal, observer);
    }
  }
}

async function receive(
  connection: Connection,
  { proxy }: Route,
  { url, tls }: WireRequest,
  prepared: PreparedRequest,
  signal: AbortSignal,
  observer: TransportObserver | undefined,
): Promise<WireResponse> {
  const errorOf = (error: Error, { progress, body: { receivedBytes } }: HopCall): Error =>
    transportError(error, { url, tls, progress, receivedBytes });
  const call = connection.send(prepared, observer, errorOf, signal);
  const head = await call.head;
  if (head.status === 407 && proxy && prepared.url.protocol === 'http:') {
    call.body.cancel();
    throw new LatchkeyError('http.proxyAuthorizationRequired', proxyData(proxy));
  }
  const body = decodeBody(call.body, head.headers, shownAddress(url));
  const unverified = tls?.verify === false && prepared.url.protocol === 'https:' ? ({ unverified: true } as const) : {};
  return { ...head, body, headersSent: prepared.headersSent, ...unverified };
}

function mayHaveBeenStale(error: unknown, connection: Connection, { method }: WireRequest): boolean {
  return isErrorCode(error, 'http.connectionClosed') && connection.isReused && IDEMPOTENT.test(method);
}
