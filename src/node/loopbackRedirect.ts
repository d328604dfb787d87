import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { abortError, LatchkeyError } from '../core/errors';
import type { ConnectionConfig } from '../core/oauth/model';
import { loopbackPlace, loopbackUri } from '../core/oauth/redirectUris';
import type { OpenRedirect, RedirectStrategy } from '../core/oauth/signInPorts';
import { callbackHeaders, callbackPage } from './callbackPage';

/** Turns a URI of this machine into one that the user's browser can reach: VS Code's `env.asExternalUri`. */
export type AsExternalUri = (uri: string) => Promise<string>;

/** Milliseconds for a whole request: a callback is one short line. */
const requestTimeout = 10_000;

/** Milliseconds that a browser may take to fetch the page. */
const pageTimeout = 1_000;

const refusals = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  421: 'Misdirected Request',
} as const;

/**
 * The loopback redirect of RFC 8252 §7.3: a listener on 127.0.0.1 that exists for one sign-in and closes after the
 * one callback that was waited for. Everything else gets a 4xx and changes nothing.
 */
export class LoopbackRedirect implements RedirectStrategy {
  readonly kind = 'loopback';
  readonly #asExternalUri: AsExternalUri;

  constructor(asExternalUri: AsExternalUri) {
    this.#asExternalUri = asExternalUri;
  }

  /**
   * @throws LatchkeyError `oauth.portTaken`; `oauth.redirectUnavailable` when the browser would reach another address
   * than the listener's, because a server that compares exactly would refuse that one.
   */
  async open(connection: ConnectionConfig, _state: string, signal: AbortSignal): Promise<OpenRedirect> {
    const { path, ports } = loopbackPlace(connection);
    const { server, port } = await listenOnFirstFree(connection.name, ports);
    try {
      const uri = loopbackUri(port, path);
      await this.#assertReachable(uri);
      if (signal.aborted) throw abortError();
      return new LoopbackListener(server, uri);
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /** In a remote window this opens a tunnel, which may end at another port of the user's machine. */
  async #assertReachable(uri: string): Promise<void> {
    let reason = 'it is forwarded to another address';
    let cause: unknown;
    try {
      const external = await this.#asExternalUri(uri);
      if (URL.canParse(external) && new URL(external).href === new URL(uri).href) return;
    } catch (error) {
      reason = error instanceof Error ? error.message : 'unknown reason';
      cause = error;
    }
    throw new LatchkeyError('oauth.redirectUnavailable', { uri, reason }, { cause });
  }
}

class LoopbackListener implements OpenRedirect {
  readonly kind = 'loopback';
  readonly uri: string;
  readonly #server: Server;
  readonly #authority: string;
  readonly #path: string;
  #listener: ((url: URL) => boolean) | undefined;
  #closed: Promise<void> | undefined;
  /** Settles when the page has been sent. */
  #page = Promise.resolve();

  constructor(server: Server, uri: string) {
    const { host, pathname } = new URL(uri);
    this.uri = uri;
    this.#server = server;
    this.#authority = host;
    this.#path = pathname;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  onCallback(listener: (url: URL) => boolean): { dispose(): void } {
    this.#listener = listener;
    return { dispose: () => void (this.#listener = undefined) };
  }

  /** An answer under way is still sent; whoever only keeps a connection open is cut off. */
  close(): Promise<void> {
    this.#closed ??= this.#closeNow();
    return this.#closed;
  }

  async #closeNow(): Promise<void> {
    this.#listener = undefined;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await Promise.race([this.#page, delay(pageTimeout, undefined, { ref: false })]);
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const refused = this.#refusal(request);
    if (refused !== undefined) {
      refuse(response, refused);
      return;
    }
    this.#page = once(response, 'close').then(() => undefined);
    response.writeHead(200, { ...callbackHeaders, 'Content-Type': 'text/html; charset=utf-8' }).end(callbackPage);
    void this.close();
  }

  /** `undefined`: it was the callback that was waited for. */
  #refusal(request: IncomingMessage): keyof typeof refusals | undefined {
    // A page of the web that rebinds its name to 127.0.0.1 still sends its own name.
    if (request.headers.host !== this.#authority) return 421;
    const target = request.url ?? '';
    const url = URL.canParse(target, this.uri) ? new URL(target, this.uri) : undefined;
    if (url?.pathname !== this.#path || url.host !== this.#authority) return 404;
    if (request.method !== 'GET') return 405;
    return this.#listener?.(url) === true ? undefined : 400;
  }
}

function refuse(response: ServerResponse, status: keyof typeof refusals): void {
  const headers = { ...callbackHeaders, 'Content-Type': 'text/plain; charset=utf-8' };
  const allow = status === 405 ? { Allow: 'GET' } : {};
  response.writeHead(status, { ...headers, ...allow }).end(refusals[status]);
}

async function listenOnFirstFree(
  connection: string,
  ports: readonly number[],
): Promise<{ readonly server: Server; readonly port: number }> {
  for (const port of ports) {
    const server = createServer({ requestTimeout, headersTimeout: requestTimeout, maxHeaderSize: 16_384 });
    server.maxConnections = 20;
    try {
      server.listen({ port, host: '127.0.0.1', exclusive: true });
      await once(server, 'listening');
      return { server, port: (server.address() as AddressInfo).port };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new LatchkeyError('oauth.portTaken', { connection, ports: ports.join(', ') });
}
