import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import * as net from 'node:net';
import type { TestContext } from 'node:test';
import * as tls from 'node:tls';
import { UndiciTransport, type UndiciTransportOptions } from '../../src/node/undiciTransport';
import { tlsFixture } from './tlsProfiles';

/** A server on 127.0.0.1 that ends with the test. */
export interface LocalServer {
  readonly port: number;
  readonly origin: string;
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Connections that are open now. */
  readonly open: () => number;
  /** Settles when every connection is closed, however often they were opened before. */
  readonly allClosed: () => Promise<void>;
}

export type CertificateName = 'valid' | 'selfSigned' | 'expired' | 'notYetValid' | 'wrongHost';

/** An HTTP server of Node. Errors of the handler reach the test as a broken connection, as in life. */
export function startHttp(t: TestContext, handler: http.RequestListener): Promise<LocalServer> {
  const server = http.createServer(handler);
  server.keepAliveTimeout = 60_000;
  return listen(t, server, 'http');
}

/** A server that speaks whatever the test writes to the socket. */
export function startRaw(t: TestContext, onSocket: (socket: net.Socket, index: number) => void): Promise<LocalServer> {
  let index = 0;
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket, index++);
  });
  return listen(t, server, 'http');
}

/** A raw server that answers every connection's first bytes with `answer`, then closes when told to. */
export function startScript(
  t: TestContext,
  answer: string | Buffer,
  end: 'end' | 'reset' | 'keep',
): Promise<LocalServer> {
  return startRaw(t, (socket) => {
    socket.once('data', () => {
      socket.write(answer, () => {
        if (end === 'end') socket.end();
        else if (end === 'reset') socket.resetAndDestroy();
      });
    });
  });
}

/** An HTTPS server with one of the certificates under test/fixtures/tls. */
export function startHttps(
  t: TestContext,
  certificate: CertificateName,
  handler: http.RequestListener,
  more: https.ServerOptions = {},
): Promise<LocalServer> {
  const server = https.createServer({ ...identity(certificate), ...more }, handler);
  server.on('tlsClientError', () => undefined);
  return listen(t, server, 'https');
}

export interface Http2Server extends LocalServer {
  /** Sessions that are open now. */
  readonly sessions: ReadonlySet<http2.ServerHttp2Session>;
}

/** An HTTPS server that speaks HTTP/2 with whoever offers it, else HTTP/1.1; the handler may get either's requests. */
export async function startHttp2(
  t: TestContext,
  handler: (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => void,
  more: http2.SecureServerOptions = {},
): Promise<Http2Server> {
  const server = http2.createSecureServer({ ...identity(), allowHTTP1: true, ...more }, handler);
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('tlsClientError', () => undefined);
  server.on('sessionError', () => undefined);
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  return { ...(await listen(t, server, 'https')), sessions };
}

/** A server that has chosen HTTP/2 and then sends whatever the test writes to the socket. */
export async function startRawHttp2(t: TestContext, onSocket: (socket: tls.TLSSocket) => void): Promise<LocalServer> {
  const server = tls.createServer({ ...identity(), ALPNProtocols: ['h2'] }, (socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.on('tlsClientError', () => undefined);
  return listen(t, server, 'https');
}

function identity(name: CertificateName = 'valid'): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: tlsFixture(`${name}.pem`), key: tlsFixture(`${name}.key.pem`) };
}

/** What a server that lets nobody in without one of the fixtures' client certificates is started with. */
export function demandingClients(): https.ServerOptions {
  return { requestCert: true, rejectUnauthorized: true, ca: tlsFixture('clientAuthority.pem') };
}

/** A transport whose connections end with the test. */
export function startTransport(t: TestContext, options?: UndiciTransportOptions): UndiciTransport {
  const transport = new UndiciTransport(options);
  t.after(() => transport.dispose());
  return transport;
}

/** A port on 127.0.0.1 where nothing listens. */
export async function refusedPort(t: TestContext): Promise<number> {
  const server = net.createServer();
  const { port } = await listen(t, server, 'http');
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(t: TestContext, server: net.Server, scheme: string): Promise<LocalServer> {
  const sockets = new Set<net.Socket>();
  const waiting = new Set<() => void>();
  let accepted = 0;
  server.on('connection', (socket) => {
    accepted++;
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const wake of waiting) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    connections: () => accepted,
    open: () => sockets.size,
    allClosed: () => (sockets.size === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.add(resolve))),
  };
}
