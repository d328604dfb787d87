import { Connection, type ConnectionSource } from './connection';
import { TlsSessions, type TlsProfile } from './connector';

/** Free connections that are kept per origin; a browser keeps as many. */
const MOST_FREE = 6;

/** Keeps connections to be used again. A free one closes by itself when its server or undici thinks it is time. */
export class ConnectionPool {
  readonly #tlsOf: (origin: string) => TlsProfile | undefined;
  readonly #sessions = new TlsSessions();
  readonly #free = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();

  constructor(tlsOf: (origin: string) => TlsProfile | undefined) {
    this.#tlsOf = tlsOf;
  }

  /** A free connection, the one used last; else a new one. */
  take(url: URL): Connection {
    return this.#free.get(url.origin)?.pop() ?? this.open(url);
  }

  /** A new connection, whatever is free. */
  open(url: URL): Connection {
    const source: ConnectionSource = {
      tls: this.#tlsOf(url.origin),
      sessions: this.#sessions,
      onFree: (connection) => this.#keep(connection),
      onGone: (connection) => this.#forget(connection),
    };
    const connection = new Connection(url, source);
    this.#all.add(connection);
    return connection;
  }

  /** Closes every connection; calls under way fail. */
  destroy(): void {
    for (const connection of [...this.#all]) connection.destroy();
  }

  #keep(connection: Connection): void {
    const free = this.#free.get(connection.url.origin) ?? [];
    this.#free.set(connection.url.origin, free);
    free.push(connection);
    if (free.length > MOST_FREE) free.shift()?.destroy();
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    const { origin } = connection.url;
    const free = this.#free.get(origin)?.filter((other) => other !== connection) ?? [];
    if (free.length > 0) this.#free.set(origin, free);
    else this.#free.delete(origin);
  }
}
