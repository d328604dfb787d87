import { connect as connectTcp, isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type SecureContext, type TLSSocket } from 'node:tls';
import type { Proxy } from '../../core/http/proxy';
import { localhostLookup } from './localhostLookup';
import { proxyError } from './proxyError';
import { requestTunnel } from './tunnel';

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

/** Where a connection leads, and by which way. */
export interface Destination {
  readonly url: URL;
  readonly tls: TlsSettings;
  /** Absent: straight to the server. */
  readonly proxy?: ProxyWay | undefined;
  /** A proxy is asked for a tunnel, though nothing is secured: what is sent is no HTTP for long. */
  readonly tunnel?: boolean | undefined;
  /** The server may choose HTTP/2 where the connection is secured; absent: it speaks HTTP/1.1. */
  readonly http2?: boolean | undefined;
}

/** A proxy, and what the connection to it is secured with where it wants that. */
export interface ProxyWay {
  readonly proxy: Proxy;
  readonly context: SecureContext | undefined;
}

/** A connection that is being made. */
export interface Opening {
  /** What is to be destroyed to give it up. */
  readonly socket: () => Socket;
}

/** Gets the socket that requests go over, or why there is none. */
export type OnOpened = (...result: [null, Socket] | [Error, null]) => void;

/** Begins to connect to the origin of a URL, trying IPv6 and IPv4 side by side (RFC 8305). */
export function openSocket(
  destination: Destination,
  sessions: TlsSessions,
  observer: ConnectObserver,
  done: OnOpened,
): Opening {
  const { url, tls, proxy: way, http2 = false } = destination;
  const secure = url.protocol === 'https:';
  if (way) return openByProxy(destination, way, sessions, observer, done);
  const target = targetOf(url.hostname, Number(url.port) || (secure ? 443 : 80));
  const socket = secure ? openTls(target, tls, http2, sessions, observer) : connectTcp(target);
  observe(socket, observer);
  settle(socket, secure ? 'secureConnect' : 'connect', done);
  return { socket: () => socket };
}

/** Plain requests go to the proxy itself; secure ones through a tunnel that it makes. */
function openByProxy(
  { url, tls, tunnel, http2 = false }: Destination,
  { proxy, context }: ProxyWay,
  sessions: TlsSessions,
  observer: ConnectObserver,
  done: OnOpened,
): Opening {
  const target = targetOf(proxy.hostname, proxy.port);
  const toProxy = proxy.scheme === 'https' ? openProxyTls(target, proxy, context) : connectTcp(target);
  let current: Socket = toProxy;
  observe(toProxy, observer);
  const fail = (error: Error): void => done(proxyError(error, proxy), null);
  const onTunnel = (refused: Error | undefined): void => {
    if (refused) {
      toProxy.destroy();
      fail(refused);
      return;
    }
    if (url.protocol === 'http:') {
      done(null, toProxy);
      return;
    }
    current = openTls({ ...targetOf(url.hostname, 0), socket: toProxy }, tls, http2, sessions, observer);
    settle(current, 'secureConnect', done);
  };
  settle(toProxy, proxy.scheme === 'https' ? 'secureConnect' : 'connect', (...[error]) => {
    if (error) fail(error);
    else if (url.protocol === 'http:' && tunnel !== true) done(null, toProxy);
    else requestTunnel(toProxy, url, proxy, onTunnel);
  });
  return { socket: () => current };
}

function targetOf(hostname: string, port: number): TcpSocketConnectOpts & { readonly host: string } {
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port, lookup: localhostLookup, autoSelectFamily: true };
}

function observe(socket: Socket, observer: ConnectObserver): void {
  socket.once('lookup', () => observer.onLookup());
  socket.once('connect', () => observer.onOpen());
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
}

/** Tells once how opening went; errors that come later are whoever's who uses the socket. */
function settle(socket: Socket, event: 'connect' | 'secureConnect', done: OnOpened): void {
  let settled: OnOpened | undefined = done;
  const once = (...result: Parameters<OnOpened>): void => {
    settled?.(...result);
    settled = undefined;
  };
  socket.once(event, () => once(null, socket));
  socket.on('error', (error) => once(error, null));
}

function openTls(
  target: ConnectionOptions & { readonly host: string },
  { context, verify, key }: TlsSettings,
  http2: boolean,
  sessions: TlsSessions,
  observer: ConnectObserver,
): TLSSocket {
  const socket = connectTls({
    ...target,
    ...(context ? { secureContext: context } : {}),
    // The certificate is checked against the host of the URL, whatever the Host header says.
    servername: isIP(target.host) === 0 ? target.host : '',
    session: sessions.get(key),
    ALPNProtocols: http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
    rejectUnauthorized: verify,
  });
  socket.on('session', (session) => sessions.remember(key, session));
  socket.once('secureConnect', () => observer.onSecure());
  return socket;
}

function openProxyTls(
  target: ConnectionOptions & { readonly host: string },
  { strictSsl }: Proxy,
  context: SecureContext | undefined,
): TLSSocket {
  return connectTls({
    ...target,
    ...(context ? { secureContext: context } : {}),
    servername: isIP(target.host) === 0 ? target.host : '',
    rejectUnauthorized: strictSsl,
  });
}
