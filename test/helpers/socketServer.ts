import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { tlsFixture } from './tlsProfiles';

export interface SocketServer {
  readonly origin: string;
  readonly port: number;
  /** The requests that opened a socket. */
  readonly requests: readonly http.IncomingMessage[];
  readonly clients: () => number;
}

export interface SocketServerOptions extends Pick<
  ServerOptions,
  'handleProtocols' | 'verifyClient' | 'perMessageDeflate'
> {
  readonly secure?: boolean;
}

/** A real WebSocket server that ends with the test. */
export async function startSockets(
  t: TestContext,
  onSocket: (socket: WebSocket, request: http.IncomingMessage) => void,
  { secure = false, ...options }: SocketServerOptions = {},
): Promise<SocketServer> {
  const server = secure
    ? https.createServer({ cert: tlsFixture('valid.pem'), key: tlsFixture('valid.key.pem') })
    : http.createServer();
  const sockets = new WebSocketServer({ server, ...options });
  const requests: http.IncomingMessage[] = [];
  sockets.on('connection', (socket, request) => {
    requests.push(request);
    socket.on('error', () => undefined);
    onSocket(socket, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    clients: () => sockets.clients.size,
  };
}
