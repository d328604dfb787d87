import { abortError, LatchkeyError } from '../core/errors';
import { forwardedLoopback } from '../core/oauth/forwardedLoopback';
import type { ConnectionConfig } from '../core/oauth/model';
import { loopbackPlace, loopbackUri, type LoopbackPlace } from '../core/oauth/redirectUris';
import type { OpenRedirect, RedirectStrategy } from '../core/oauth/signInPorts';
import { LoopbackListener } from './loopbackListener';
import { codeOf, listenOnFirstFree, type LoopbackPort } from './loopbackPorts';

/** Turns a URI of this machine into one that the user's browser can reach: VS Code's `env.asExternalUri`. */
export type AsExternalUri = (uri: string) => Promise<string>;

/** This machine's addresses, the usual one first. */
export type LoopbackAddresses = readonly [ipv4: string, ipv6: string];

interface OpenPort extends LoopbackPort {
  /** Host of the redirect URI. */
  readonly host: string;
}

/**
 * The loopback redirect of RFC 8252 §7.3: a listener on 127.0.0.1, or on ::1 where a machine has only that, which
 * exists for one sign-in. Where a provider wants the name `localhost`, it listens on both, because a browser may try
 * either.
 */
export class LoopbackRedirect implements RedirectStrategy {
  readonly kind = 'loopback';
  readonly #asExternalUri: AsExternalUri;
  readonly #addresses: LoopbackAddresses;

  constructor(asExternalUri: AsExternalUri, addresses: LoopbackAddresses = ['127.0.0.1', '::1']) {
    this.#asExternalUri = asExternalUri;
    this.#addresses = addresses;
  }

  /**
   * @throws LatchkeyError `oauth.portTaken`; `oauth.redirectUnavailable` when the browser would reach another address
   * than one that the server takes.
   */
  async open(connection: ConnectionConfig, _state: string, signal: AbortSignal): Promise<OpenRedirect> {
    const place = loopbackPlace(connection);
    let listener: LoopbackListener | undefined;
    const { host, port, servers } = await this.#listen(connection.name, place, (request, response) =>
      // Nobody knows the port before the listener is there.
      listener ? listener.answer(request, response) : void response.destroy(),
    );
    try {
      const uri = await this.#reachable(loopbackUri(port, place.path, host), place);
      if (signal.aborted) throw abortError();
      listener = new LoopbackListener(servers, uri);
      return listener;
    } catch (error) {
      for (const server of servers) server.close().closeAllConnections();
      throw error;
    }
  }

  async #listen(
    connection: string,
    { host, ports }: LoopbackPlace,
    answer: Parameters<typeof listenOnFirstFree>[2],
  ): Promise<OpenPort> {
    const [ipv4, ipv6] = this.#addresses;
    const isName = host === 'localhost';
    const found = await listenOnFirstFree(isName ? [ipv4, ipv6] : [ipv4], ports, answer).catch((error: unknown) => {
      if (!noAddress.has(codeOf(error))) throw error;
      return 'noAddress' as const;
    });
    const open = found === 'noAddress' ? await listenOnFirstFree([ipv6], ports, answer) : found;
    if (!open) throw new LatchkeyError('oauth.portTaken', { connection, ports: ports.join(', ') });
    return { ...open, host: isName || found !== 'noAddress' ? host : `[${ipv6}]` };
  }

  /** In a remote window this opens a tunnel, which may end at another port of the user's machine. */
  async #reachable(uri: string, place: LoopbackPlace): Promise<string> {
    let reason = 'it is forwarded to another address';
    let cause: unknown;
    try {
      const reachable = forwardedLoopback(uri, await this.#asExternalUri(uri), place);
      if (reachable !== undefined) return reachable;
    } catch (error) {
      reason = error instanceof Error ? error.message : 'unknown reason';
      cause = error;
    }
    throw new LatchkeyError('oauth.redirectUnavailable', { uri, reason }, { cause });
  }
}

/** The machine has no such address. */
const noAddress: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
