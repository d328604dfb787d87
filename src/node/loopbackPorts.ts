import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Servers that answer the same at one port of this machine, on one address or on both families'. */
export interface LoopbackPort {
  readonly port: number;
  readonly servers: readonly Server[];
}

/** Milliseconds for a whole request: a callback is one short line. */
const requestTimeout = 10_000;

/** Somebody else has the port, or the system keeps it. */
const taken: ReadonlySet<string | undefined> = new Set(['EADDRINUSE', 'EACCES']);

/**
 * Listens on the first of `ports` that is free on `addresses[0]`, and on the other addresses as far as they are to be
 * had. Port 0 is any free one.
 * @returns `undefined` when every port is taken.
 * @throws what else goes wrong on the first address, such as EADDRNOTAVAIL.
 */
export async function listenOnFirstFree(
  [first, ...others]: readonly [string, ...string[]],
  ports: readonly number[],
  answer: RequestListener,
): Promise<LoopbackPort | undefined> {
  for (const wanted of ports) {
    const server = await listen(first, wanted, answer).catch((error: unknown) => {
      if (!taken.has(codeOf(error))) throw error;
    });
    if (!server) continue;
    const { port } = server.address() as AddressInfo;
    const more = await Promise.all(others.map((address) => listen(address, port, answer).catch(() => undefined)));
    return { port, servers: [server, ...more.filter((other) => other !== undefined)] };
  }
  return undefined;
}

async function listen(host: string, port: number, answer: RequestListener): Promise<Server> {
  const server = createServer({ requestTimeout, headersTimeout: requestTimeout, maxHeaderSize: 16_384 }, answer);
  server.maxConnections = 20;
  server.listen({ port, host, exclusive: true });
  await once(server, 'listening');
  return server;
}

/** The system's name of an error, such as EADDRNOTAVAIL. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
