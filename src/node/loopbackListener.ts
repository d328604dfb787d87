import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenRedirect } from '../core/oauth/signInPorts';
import { callbackHeaders, callbackPage } from './callbackPage';

/** Milliseconds that a browser may take to fetch the page. */
const pageTimeout = 1_000;

const refusals = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  421: 'Misdirected Request',
} as const;

/**
 * Answers at the redirect URI for one sign-in, and is over after the one callback that was waited for. Everything else
 * gets a 4xx and changes nothing.
 */
export class LoopbackListener implements OpenRedirect {
  readonly kind = 'loopback';
  readonly uri: string;
  readonly #servers: readonly Server[];
  readonly #authority: string;
  readonly #path: string;
  #listener: ((url: URL) => boolean) | undefined;
  #closed: Promise<void> | undefined;
  /** Settles when the page has been sent. */
  #page = Promise.resolve();

  /** @param uri as the browser has it, which may be the near end of a tunnel. */
  constructor(servers: readonly Server[], uri: string) {
    const { host, pathname } = new URL(uri);
    this.uri = uri;
    this.#servers = servers;
    this.#authority = host;
    this.#path = pathname;
  }

  onCallback(listener: (url: URL) => boolean): { dispose(): void } {
    this.#listener = listener;
    return { dispose: () => void (this.#listener = undefined) };
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const refused = this.#refusal(request);
    if (refused !== undefined) {
      refuse(response, refused);
      return;
    }
    this.#page = once(response, 'close').then(() => undefined);
    response.writeHead(200, { ...callbackHeaders, 'Content-Type': 'text/html; charset=utf-8' }).end(callbackPage);
    void this.close();
  }

  /** An answer under way is still sent; whoever only keeps a connection open is cut off. */
  close(): Promise<void> {
    this.#closed ??= this.#closeNow();
    return this.#closed;
  }

  async #closeNow(): Promise<void> {
    this.#listener = undefined;
    const closed = this.#servers.map((server) => once(server, 'close'));
    for (const server of this.#servers) server.close();
    await Promise.race([this.#page, delay(pageTimeout, undefined, { ref: false })]);
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(closed);
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
