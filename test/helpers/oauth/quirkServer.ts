import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the quirk server got it. */
export interface QuirkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The body as a form; empty when it was none. */
  readonly form: URLSearchParams;
  readonly body: string;
}

export interface QuirkAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is a text. */
  readonly body?: unknown;
  /** The connection ends without an answer. */
  readonly breaksOff?: boolean;
}

export type QuirkRoute = (request: QuirkRequest) => QuirkAnswer | Promise<QuirkAnswer>;

/** An authorization server that answers as oddly as a test wants, on 127.0.0.1. */
export interface QuirkServer extends AsyncDisposable {
  readonly origin: string;
  /** By path; what is not there is a 404. May be changed at any time. */
  readonly routes: Record<string, QuirkRoute>;
  readonly requests: readonly QuirkRequest[];
  to(path: string): readonly QuirkRequest[];
}

export async function startQuirkServer(routes: Record<string, QuirkRoute> = {}): Promise<QuirkServer> {
  const requests: QuirkRequest[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (received) => {
      requests.push(received);
      const answer = (await routes[received.path]?.(received)) ?? { status: 404, body: 'not here' };
      if (answer.breaksOff === true) {
        request.socket.destroy();
        return;
      }
      const isText = typeof answer.body === 'string';
      response
        .writeHead(answer.status ?? 200, {
          'content-type': isText ? 'text/html' : 'application/json',
          ...answer.headers,
        })
        .end(isText ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    routes,
    requests,
    to: (path) => requests.filter((request) => request.path === path),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<QuirkRequest> {
  const url = new URL(request.url ?? '/', 'http://quirk.invalid');
  const body = await text(request);
  const { method = '', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, form: new URLSearchParams(body), body };
}

/** Metadata of a quirk server that does everything at the usual paths. */
export function quirkMetadata(origin: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    userinfo_endpoint: `${origin}/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    registration_endpoint: `${origin}/register`,
    ...more,
  };
}
