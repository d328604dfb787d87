import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { localhostLookup } from './localhostLookup';

/** Certificates and such for one origin. Verification is always on. */
export type TlsProfile = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase'>;

/** Hears how a connection comes about. */
export interface ConnectObserver {
  onLookup(): void;
  onOpen(): void;
  onSecure(): void;
}

/** Sessions of TLS servers, so that the next connection needs one round trip less. */
export class TlsSessions {
  readonly #sessions = new Map<string, Buffer>();

  get(origin: string): Buffer | undefined {
    return this.#sessions.get(origin);
  }

  remember(origin: string, session: Buffer): void {
    this.#sessions.delete(origin);
    this.#sessions.set(origin, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > 100 && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

/** Begins to connect to the origin of a URL, trying IPv6 and IPv4 side by side (RFC 8305). */
export function openSocket(
  url: URL,
  tls: TlsProfile | undefined,
  sessions: TlsSessions,
  observer: ConnectObserver,
): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const target = {
    host,
    port: Number(url.port) || (secure ? 443 : 80),
    lookup: localhostLookup,
    autoSelectFamily: true,
  };
  const socket = secure ? openTls(url.origin, target, tls, sessions, observer) : connectTcp(target);
  socket.once('lookup', () => observer.onLookup());
  socket.once('connect', () => observer.onOpen());
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

function openTls(
  origin: string,
  target: ConnectionOptions & { readonly host: string },
  tls: TlsProfile | undefined,
  sessions: TlsSessions,
  observer: ConnectObserver,
): TLSSocket {
  const socket = connectTls({
    ...tls,
    ...target,
    // The certificate is checked against the host of the URL, whatever the Host header says.
    servername: isIP(target.host) === 0 ? target.host : '',
    session: sessions.get(origin),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
  socket.on('session', (session) => sessions.remember(origin, session));
  socket.once('secureConnect', () => observer.onSecure());
  return socket;
}
