import type { Proxy } from '../../core/http/proxy';
import type { TlsProfile } from '../../core/http/tlsProfile';
import type { TLSSocket } from 'node:tls';
import { Connection, type ConnectionSource, type RequestConnection } from './connection';
import { TlsSessions, type ProxyWay, type TlsSettings } from './connector';
import type { Http2Connection, Http2Events } from './http2Connection';
import { TlsContexts } from './tlsContext';
import type { Roots } from './trustedRoots';

/** Free connections that are kept per origin; a browser keeps as many. */
const MOST_FREE = 6;

/** Where a connection leads and how it is secured: what makes two of them the same. */
export interface Route {
  readonly url: URL;
  readonly tls: TlsProfile | undefined;
  readonly roots: Roots;
  /** Absent: straight to the server. */
  readonly proxy: Proxy | undefined;
  /** For the proxy's own certificate. */
  readonly proxyRoots: Roots;
  /** The connection will be no HTTP for long; such a one is opened anew. */
  readonly upgrade?: boolean | undefined;
  /** The server is not offered HTTP/2. */
  readonly http1?: boolean | undefined;
}

/** Keeps connections to be used again. A free one closes by itself when its server or undici thinks it is time. */
export class ConnectionPool {
  readonly #sessions = new TlsSessions();
  readonly #contexts = new TlsContexts();
  readonly #free = new Map<string, Connection[]>();
  /** Connections that take several calls at once. */
  readonly #shared = new Map<string, Http2Connection[]>();
  readonly #all = new Set<Connection | Http2Connection>();
  /** Keys of what has asked for HTTP/1.1. */
  readonly #http1 = new Set<string>();

  /**
   * A connection that has room; else the free one that was used last; else a new one.
   * @throws LatchkeyError `http.tls…` when what it is to be secured with cannot be used.
   */
  take(route: Route): RequestConnection {
    const key = keyOf(route);
    const shared = this.#offersHttp2(route) ? this.#withRoom(key) : undefined;
    return shared ?? this.#free.get(key)?.pop() ?? this.open(route);
  }

  /** A new connection, whatever is free. Throws as {@link take} does. */
  open(route: Route): RequestConnection {
    const key = keyOf(route);
    const source: ConnectionSource = {
      tls: this.#tlsOf(route),
      proxy: this.#wayOf(route),
      sessions: this.#sessions,
      tunnel: route.upgrade === true,
      http2: this.#offersHttp2(route),
      onHttp2: (socket, speak) => this.#share(key, socket, speak),
      onFree: (connection) => this.#keep(connection),
      onGone: (connection) => this.#forget(connection),
    };
    const connection = new Connection(route.url, source);
    this.#all.add(connection);
    return connection;
  }

  /** Closes every connection; calls under way fail. */
  destroy(): void {
    for (const connection of [...this.#all]) connection.destroy();
  }

  /** From now on HTTP/1.1 is spoken there. */
  useHttp1(route: Route): void {
    this.#http1.add(keyOf(route));
  }

  #offersHttp2(route: Route): boolean {
    const { url, upgrade, http1 } = route;
    return url.protocol === 'https:' && upgrade !== true && http1 !== true && !this.#http1.has(keyOf(route));
  }

  #withRoom(key: string): Http2Connection | undefined {
    return this.#shared.get(key)?.find(({ hasRoom }) => hasRoom);
  }

  /** Of connections that were opened at the same time, one is enough. */
  #share(key: string, socket: TLSSocket, speak: (events: Http2Events) => Http2Connection): Http2Connection {
    const known = this.#withRoom(key);
    if (known) {
      socket.destroy();
      return known;
    }
    const connection = speak({
      onIdle: (idle) => this.#shared.get(key)?.some((other) => other !== idle && other.isIdle) && idle.destroy(),
      onGone: (gone) => this.#all.delete(gone) && removeFrom(this.#shared, key, gone),
    });
    this.#all.add(connection);
    this.#shared.set(key, [...(this.#shared.get(key) ?? []), connection]);
    return connection;
  }

  #tlsOf(route: Route): TlsSettings {
    const { url, tls, roots } = route;
    const context = url.protocol === 'https:' ? this.#contexts.of(tls, roots) : undefined;
    return { context, verify: tls?.verify ?? true, key: keyOf(route) };
  }

  #wayOf({ proxy, proxyRoots }: Route): ProxyWay | undefined {
    return proxy && { proxy, context: proxy.scheme === 'https' ? this.#contexts.of(undefined, proxyRoots) : undefined };
  }

  #keep(connection: Connection): void {
    const free = this.#free.get(connection.key) ?? [];
    this.#free.set(connection.key, free);
    free.push(connection);
    if (free.length > MOST_FREE) free.shift()?.destroy();
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    removeFrom(this.#free, connection.key, connection);
  }
}

function removeFrom<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const left = lists.get(key)?.filter((other) => other !== item) ?? [];
  if (left.length > 0) lists.set(key, left);
  else lists.delete(key);
}

function keyOf({ url, tls, roots, proxy }: Route): string {
  const way = proxy ? `${proxy.scheme}://${proxy.hostname}:${proxy.port}${proxy.strictSsl ? '' : ' unchecked'}` : '';
  // Without a secure connection there is nothing more to tell apart.
  return [url.origin, way, ...(url.protocol === 'https:' ? [roots, tls?.id ?? ''] : [])].join(' ');
}
