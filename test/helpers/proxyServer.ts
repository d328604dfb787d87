import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type { TestContext } from 'node:test';
import type { Proxy } from '../../src/core/http/proxy';
import { Secret } from '../../src/core/secret';
import { tlsFixture } from './tlsProfiles';

export interface ProxyServerOptions {
  /** `user:password`; anybody else gets 407. */
  readonly credentials?: string;
  /** The proxy itself is reached over TLS. */
  readonly secure?: boolean;
  /** What a tunnel is refused with. */
  readonly refuses?: number;
}

/** A proxy on 127.0.0.1 that makes tunnels and passes plain requests on, and records what it sees of them. */
export interface ProxyServer {
  readonly port: number;
  /** `CONNECT host:port` or `GET http://…`. */
  readonly seen: readonly string[];
  /** Everything that went through tunnels, as it looked to the proxy. */
  readonly tunnelled: () => string;
  /** Headers of the plain requests as they were passed on. */
  readonly passedOn: readonly http.IncomingHttpHeaders[];
  /** As a setting would name it. */
  as(more?: Partial<Proxy>): Proxy;
}

export async function startProxy(t: TestContext, options: ProxyServerOptions = {}): Promise<ProxyServer> {
  const seen: string[] = [];
  const passedOn: http.IncomingHttpHeaders[] = [];
  const bytes: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  const isAllowed = ({ headers }: http.IncomingMessage): boolean =>
    options.credentials === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(options.credentials).toString('base64')}`;
  const server = options.secure === true ? secureServer() : http.createServer();
  server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
    seen.push(`${request.method} ${request.url}`);
    if (!isAllowed(request)) {
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="test"' }).end('who are you?');
      return;
    }
    const headers = { ...request.headers };
    delete headers['proxy-authorization'];
    passedOn.push(headers);
    const { method } = request;
    const onward = http.request(
      request.url ?? '',
      { ...(method ? { method } : {}), headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    seen.push(`CONNECT ${request.url}`);
    const status = isAllowed(request) ? options.refuses : 407;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 3\r\n\r\nno!`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = net.connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\nX-Proxy: test\r\n\r\n');
      socket.on('data', (chunk: Buffer) => bytes.push(chunk));
      socket.pipe(onward).pipe(socket);
    });
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => undefined).on('close', () => [socket, onward].forEach((other) => other.destroy()));
    }
  });
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return {
    ...{ port, seen, passedOn },
    tunnelled: () => Buffer.concat(bytes).toString('latin1'),
    as: (more) => proxyAt(port, { scheme: options.secure === true ? 'https' : 'http', ...more }),
  };
}

/** A proxy on this machine as a setting names it. */
export function proxyAt(port: number, more: Partial<Proxy> = {}): Proxy {
  const usual = { scheme: 'http', hostname: '127.0.0.1', authorization: undefined, strictSsl: true } as const;
  return { ...usual, port, setting: 'http.proxy', ...more };
}

/** The credentials that a proxy gets. */
export function basic(credentials: string): Pick<Proxy, 'authorization'> {
  return { authorization: new Secret(`Basic ${Buffer.from(credentials).toString('base64')}`) };
}

function secureServer(): https.Server {
  return https.createServer({ cert: tlsFixture('valid.pem'), key: tlsFixture('valid.key.pem') });
}
