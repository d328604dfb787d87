import { createServer, type RequestListener, type Server } from 'node:http';

/** A port that was asked for is in use. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  constructor(port: number) {
    super(`port ${port} is in use`);
    this.port = port;
  }
}

/** A server on one loopback port, on IPv4 and, where the machine has it, on IPv6. */
export interface LoopbackServer {
  readonly port: number;
  /** Requests are refused with 503 until this is called. */
  handle(listener: RequestListener): void;
  close(): void;
}

/**
 * Listens on loopback only. Both families get the same port, because browsers may try `::1` first for `localhost`
 * names and would otherwise talk to whoever has that port there.
 * @throws PortTakenError when `port` is given and in use
 */
export async function listenOnLoopback(port: number | undefined): Promise<LoopbackServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnce(port ?? 0);
    } catch (error) {
      // A free IPv4 port may be taken on IPv6: draw again.
      if (!(error instanceof PortTakenError) || port !== undefined || attempt === 20) throw error;
    }
  }
}

async function listenOnce(wanted: number): Promise<LoopbackServer> {
  let handler: RequestListener = (_req, res) => res.writeHead(503).end();
  const serve: RequestListener = (req, res) => {
    if (isLoopbackHost(req.headers.host)) handler(req, res);
    else res.writeHead(421, { 'content-type': 'text/plain' }).end('This server answers to loopback names only.\n');
  };
  const ipv4 = createServer(serve);
  const port = (await listen(ipv4, '127.0.0.1', wanted)) ?? wanted;
  const servers = [ipv4];
  try {
    const ipv6 = createServer(serve);
    if ((await listen(ipv6, '::1', port)) !== undefined) servers.push(ipv6);
  } catch (error) {
    ipv4.close();
    throw error;
  }
  return {
    port,
    handle: (listener) => {
      handler = listener;
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** Resolves to the port, or to `undefined` when the machine does not have the address. */
function listen(server: Server, host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') reject(new PortTakenError(port));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' || error.code === 'EINVAL')
        resolve(undefined);
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : undefined);
    });
  });
}

/** Guards against DNS rebinding: a foreign name that resolves to this machine does not get an answer. */
function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9-]+\.)*localhost)(?::\d+)?$/i.test(host);
}
