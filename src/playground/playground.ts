import { lookupIn } from './api/accessTokens';
import { otherOriginApi, sampleApi } from './api/sampleApi';
import { withControl } from './control';
import { listenOnLoopback, type LoopbackServer } from './listen';
import { authorizationHandler } from './server/authorizationHandler';
import { createAuthorizationServer } from './server/authorizationServer';

/** Where the parts of a playground are reached. */
export interface PlaygroundAddresses {
  /** The authorization server's issuer identifier. */
  readonly issuer: string;
  /** Base URL of the sample API. */
  readonly api: string;
  /** Base URL of the server that redirects to another origin lead to. */
  readonly otherOrigin: string;
}

export interface PlaygroundPorts {
  readonly auth: number | undefined;
  readonly api: number | undefined;
  readonly other: number | undefined;
}

/** A running playground. */
export interface Playground extends PlaygroundAddresses {
  /** Who hears of the processes that want the playground to stay. */
  onAdopt(listener: (pid: number) => void): void;
  stop(): void;
}

/** Starts the three servers on loopback. @throws PortTakenError when a port that was given is in use */
export async function startPlayground(options: {
  readonly issuerHost: string;
  readonly ports: PlaygroundPorts;
  readonly accessTokenTtl: number;
}): Promise<Playground> {
  const { auth, api, other } = await listenAll(options.ports);
  const addresses: PlaygroundAddresses = {
    issuer: `http://${options.issuerHost}:${auth.port}`,
    api: `http://127.0.0.1:${api.port}`,
    otherOrigin: `http://127.0.0.1:${other.port}`,
  };
  const provider = createAuthorizationServer({ issuer: addresses.issuer, accessTokenTtl: options.accessTokenTtl });
  auth.handle(authorizationHandler(provider, addresses));
  let adopted: (pid: number) => void = () => undefined;
  const facts = { issuer: addresses.issuer, api: addresses.api, pid: process.pid };
  api.handle(withControl(sampleApi(lookupIn(provider), addresses), facts, (pid) => adopted(pid)));
  other.handle(otherOriginApi());
  return {
    ...addresses,
    onAdopt: (listener) => (adopted = listener),
    stop: () => {
      for (const server of [auth, api, other]) server.close();
    },
  };
}

async function listenAll(ports: PlaygroundPorts): Promise<Record<'auth' | 'api' | 'other', LoopbackServer>> {
  const open: LoopbackServer[] = [];
  const listen = async (port: number | undefined): Promise<LoopbackServer> => {
    const server = await listenOnLoopback(port);
    open.push(server);
    return server;
  };
  try {
    // One after the other, so that a free port is not the one that a later part asks for by number.
    const wanted = [ports.auth, ports.api, ports.other];
    const fixed = new Map<number, LoopbackServer>();
    for (const [index, port] of wanted.entries()) if (port !== undefined) fixed.set(index, await listen(port));
    const at = async (index: number): Promise<LoopbackServer> => fixed.get(index) ?? (await listen(undefined));
    return { auth: await at(0), api: await at(1), other: await at(2) };
  } catch (error) {
    for (const server of open) server.close();
    throw error;
  }
}
