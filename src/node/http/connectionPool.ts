import type { Proxy } from '../../core/http/proxy';
import type { TlsProfile } from '../../core/http/tlsProfile';
import { Connection, type ConnectionSource } from './connection';
import { TlsSessions, type ProxyWay, type TlsSettings } from './connector';
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
}

/** Keeps connections to be used again. A free one closes by itself when its server or undici thinks it is time. */
export class ConnectionPool {
  readonly #sessions = new TlsSessions();
  readonly #contexts = new TlsContexts();
  readonly #free = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();

  /**
   * A free connection, the one used last; else a new one.
   * @throws LatchkeyError `http.tls…` when what it is to be secured with cannot be used.
   */
  take(route: Route): Connection {
    return this.#free.get(keyOf(route))?.pop() ?? this.open(route);
  }

  /** A new connection, whatever is free. Throws as {@link take} does. */
  open(route: Route): Connection {
    const source: ConnectionSource = {
      tls: this.#tlsOf(route),
      proxy: this.#wayOf(route),
      sessions: this.#sessions,
      tunnel: route.upgrade === true,
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
    const { key } = connection;
    const free = this.#free.get(key)?.filter((other) => other !== connection) ?? [];
    if (free.length > 0) this.#free.set(key, free);
    else this.#free.delete(key);
  }
}

function keyOf({ url, tls, roots, proxy }: Route): string {
  const way = proxy ? `${proxy.scheme}://${proxy.hostname}:${proxy.port}` : '';
  // Without a secure connection there is nothing more to tell apart.
  return [url.origin, way, ...(url.protocol === 'https:' ? [roots, tls?.id ?? ''] : [])].join(' ');
}
