import type { Disposable } from '../core/disposable';
import { abortError, isErrorCode } from '../core/errors';
import { shownAddress } from '../core/http/httpUrl';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import type { Connection } from './http/connection';
import { ConnectionPool } from './http/connectionPool';
import type { TlsProfile } from './http/connector';
import { decodeBody } from './http/decodeBody';
import type { HopCall } from './http/hopCall';
import { prepareRequest, type PreparedRequest } from './http/preparedRequest';
import { transportError } from './http/transportError';

export interface UndiciTransportOptions {
  /** Sent as User-Agent unless the request has one; some APIs refuse requests without. */
  readonly userAgent?: string | undefined;
  /** Certificates of one's own, by origin. */
  readonly tls?: ((origin: string) => TlsProfile | undefined) | undefined;
}

/** May be sent again when nobody knows whether the server has seen them (RFC 9110 §9.2.2). */
const IDEMPOTENT = /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/;

/**
 * Sends over HTTP/1.1 with undici: connections are kept and used again, header names keep their case and order,
 * bodies are decoded while they arrive.
 */
export class UndiciTransport implements HttpTransport, Disposable {
  readonly #pool: ConnectionPool;
  readonly #userAgent: string;

  constructor(options: UndiciTransportOptions = {}) {
    this.#pool = new ConnectionPool(options.tls ?? (() => undefined));
    this.#userAgent = options.userAgent ?? 'Latchkey';
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    const prepared = prepareRequest(request, this.#userAgent);
    if (signal.aborted) throw abortError();
    const connection = this.#pool.take(prepared.url);
    try {
      return await receive(connection, request, prepared, signal, observer);
    } catch (error) {
      if (!mayHaveBeenStale(error, connection, request)) throw error;
      // The server closed the kept connection just as the request left: not the user's concern.
      return await receive(this.#pool.open(prepared.url), request, prepared, signal, observer);
    }
  }

  /** Closes every connection. */
  dispose(): void {
    this.#pool.destroy();
  }
}

async function receive(
  connection: Connection,
  { url }: WireRequest,
  prepared: PreparedRequest,
  signal: AbortSignal,
  observer: TransportObserver | undefined,
): Promise<WireResponse> {
  const errorOf = (error: Error, { progress, body: { receivedBytes } }: HopCall): Error =>
    transportError(error, { url, progress, receivedBytes });
  const call = connection.send(prepared, observer, errorOf, signal);
  const head = await call.head;
  const body = decodeBody(call.body, head.headers, shownAddress(url));
  return { ...head, body, headersSent: prepared.headersSent };
}

function mayHaveBeenStale(error: unknown, connection: Connection, { method }: WireRequest): boolean {
  return isErrorCode(error, 'http.connectionClosed') && connection.isReused && IDEMPOTENT.test(method);
}
