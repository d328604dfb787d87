import { once } from 'node:events';
import * as net from 'node:net';
import type { AddressInfo } from 'node:net';

/** `wanted` when nothing listens there on the loopback, else a port that the system picks. */
export async function freePort(wanted: number): Promise<number> {
  return (await probe(wanted)) ?? (await probe(0)) ?? wanted;
}

export async function isFree(port: number): Promise<boolean> {
  return (await probe(port)) !== undefined;
}

async function probe(port: number): Promise<number | undefined> {
  const server = net.createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return bound;
}
