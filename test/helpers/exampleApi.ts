import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The API that the examples of the documentation call: a real server on a port of its own. */
export class ExampleApi implements AsyncDisposable {
  readonly arrived: Arrived[] = [];
  readonly #server: Server;
  #flakyCalls = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void text(request).then((body) => this.#answer(request, body, response));
    });
  }

  static async start(): Promise<ExampleApi> {
    const api = new ExampleApi();
    new WebSocketServer({ server: api.#server, path: '/chat' }).on('connection', (socket, { url, headers }) => {
      api.arrived.push({ method: 'WEBSOCKET', url: url ?? '', headers, body: '' });
      socket.on('message', (data: Buffer) => {
        const said = data.toString();
        socket.send(said.startsWith('{') ? said : `you said ${said}`);
      });
    });
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ method = '', url = '', headers }: IncomingMessage, body: string, response: ServerResponse): void {
    this.arrived.push({ method, url, headers, body });
    const send = (status: number, value: unknown, more: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(JSON.stringify(value));
    };
    const { pathname } = new URL(url, this.origin);
    if (pathname === '/orders' && method === 'GET') send(200, { items: ORDERS }, { etag: '"v1"' });
    else if (pathname === '/orders' && method === 'POST') send(201, { id: 'o-9', ...(JSON.parse(body) as object) });
    else if (pathname.startsWith('/orders/')) this.#order(pathname.slice('/orders/'.length), send);
    else if (pathname === '/flaky') send(++this.#flakyCalls % 3 === 0 ? 200 : 503, { calls: this.#flakyCalls });
    else if (pathname === '/token') send(200, { token: 'token-of-login' });
    else if (pathname === '/graphql') send(200, { data: { orders: [{ id: 'o-1' }] } });
    else if (pathname === '/digest') this.#digest(method, url, headers.authorization, send);
    else if (pathname === '/cache' && method === 'PURGE') send(200, { purged: true });
    else if (pathname === '/login') {
      const cookies = ['sid=c2Vzc2lvbi1vZi1hZGE; HttpOnly; SameSite=Lax', 'theme=light'];
      response.writeHead(204, { 'set-cookie': cookies }).end();
    } else if (pathname === '/account') {
      const isKnown = headers.cookie?.includes('sid=c2Vzc2lvbi1vZi1hZGE') === true;
      send(isKnown ? 200 : 401, isKnown ? { user: 'ada' } : { error: 'who are you?' });
    } else if (pathname === '/prices') this.#stream(response, 'text/event-stream', priceEvent);
    else if (pathname === '/log') this.#stream(response, 'application/x-ndjson', logLine);
    else if (pathname === '/echo') send(200, { method, headers, body });
    else send(404, { error: `${method} ${pathname} is not in the documentation` });
  }

  /** Goes on for as long as somebody listens. */
  #stream(response: ServerResponse, type: string, next: (index: number) => string): void {
    response.writeHead(200, { 'content-type': type });
    const write = (index: number): void => {
      if (!response.destroyed) response.write(next(index), () => setImmediate(() => write(index + 1)));
    };
    write(0);
  }

  #order(id: string, send: (status: number, value: unknown) => void): void {
    const order = ORDERS.find((each) => each.id === id);
    send(order ? 200 : 404, order ?? { error: `no order ${id}` });
  }

  /** RFC 7616 with MD5 and qop=auth, for the user `ada` with the password `secret-cache`. */
  #digest(
    method: string,
    url: string,
    authorization: string | undefined,
    send: (status: number, value: unknown, headers?: Readonly<Record<string, string>>) => void,
  ): void {
    const part = (name: string): string => new RegExp(`\\b${name}="?([^",]+)`).exec(authorization ?? '')?.[1] ?? '';
    const first = md5('ada:example:secret-cache');
    const expected = md5(`${first}:${part('nonce')}:${part('nc')}:${part('cnonce')}:auth:${md5(`${method}:${url}`)}`);
    if (part('response') === expected) send(200, { user: part('username') });
    else send(401, {}, { 'www-authenticate': 'Digest realm="example", nonce="n1", qop="auth"' });
  }
}

function priceEvent(index: number): string {
  return `event: price\nid: ${index}\ndata: ${JSON.stringify({ symbol: 'ACME', price: 100 + index })}\n\n`;
}

function logLine(index: number): string {
  return `${JSON.stringify({ step: index, done: index >= 4 })}\n`;
}

const ORDERS = [
  { id: 'o-1', status: 'open', total: 12.5 },
  { id: 'o-2', status: 'open', total: 99 },
];

function md5(value: string): string {
  return createHash('md5').update(value).digest('hex');
}
