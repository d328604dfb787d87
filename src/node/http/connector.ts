import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type SecureContext, type TLSSocket } from 'node:tls';
import { localhostLookup } from './localhostLookup';

/** What connections to one origin are secured with. */
export interface TlsSettings {
  /** Absent: what Node does by itself. */
  readonly context: SecureContext | undefined;
  /** Whether the certificate of the server is checked. */
  readonly verify: boolean;
  /** Names origin and settings; sessions are resumed only where both are the same. */
  readonly key: string;
}

/** Hears how a connection comes about. */
export interface ConnectObserver {
  onLookup(): void;
  onOpen(): void;
  onSecure(): void;
}

/** Sessions of TLS servers, so that the next connection needs one round trip less. */
export class TlsSessions {
  readonly #sessions = new Map<string, Buffer>();

  get(key: string): Buffer | undefined {
    return this.#sessions.get(key);
  }

  remember(key: string, session: Buffer): void {
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > 100 && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

/** Begins to connect to the origin of a URL, trying IPv6 and IPv4 side by side (RFC 8305). */
export function openSocket(url: URL, tls: TlsSettings, sessions: TlsSessions, observer: ConnectObserver): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const target = {
    host,
    port: Number(url.port) || (secure ? 443 : 80),
    lookup: localhostLookup,
    autoSelectFamily: true,
  };
  const socket = secure ? openTls(target, tls, sessions, observer) : connectTcp(target);
  socket.once('lookup', () => observer.onLookup());
  socket.once('connect', () => observer.onOpen());
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

function openTls(
  target: ConnectionOptions & { readonly host: string },
  { context, verify, key }: TlsSettings,
  sessions: TlsSessions,
  observer: ConnectObserver,
): TLSSocket {
  const socket = connectTls({
    ...target,
    ...(context ? { secureContext: context } : {}),
    // The certificate is checked against the host of the URL, whatever the Host header says.
    servername: isIP(target.host) === 0 ? target.host : '',
    session: sessions.get(key),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: verify,
  });
  socket.on('session', (session) => sessions.remember(key, session));
  socket.once('secureConnect', () => observer.onSecure());
  return socket;
}
