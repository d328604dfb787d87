import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { CSV, png, wav } from '../webview/sampleBodies';
import { startHttp } from '../helpers/localServers';
import { startSockets } from '../helpers/socketServer';

/** An API that answers with everything that the runner has a view for; its streams say what they are told to. */
export interface ShopServer {
  readonly api: string;
  /** Where its WebSocket is: every message comes back. */
  readonly chat: string;
  /** The Cookie header of each visit, the first one first. */
  readonly visits: readonly (string | undefined)[];
  readonly picture: Uint8Array;
  /** Sends a piece of text to every stream that is open. */
  tell(text: string): void;
  /** Streams that somebody listens to. */
  listeners(): number;
}

export const cookieValue = 'c0ffee-cookie-value';

export async function startShop(t: TestContext): Promise<ShopServer> {
  const visits: (string | undefined)[] = [];
  const open = new Set<ServerResponse>();
  const picture = png(640, 420);
  let orders = 0;
  let counted = 0;
  const stream = (response: ServerResponse, type: string): void => {
    response.writeHead(200, { 'content-type': type }).flushHeaders();
    open.add(response);
    response.on('close', () => open.delete(response));
  };
  const bodies: Readonly<Record<string, readonly [type: string, body: string | Uint8Array]>> = {
    '/picture.png': ['image/png', picture],
    '/tone.wav': ['audio/wav', wav()],
    '/customers.csv': ['text/csv', CSV],
    '/guide': ['text/markdown; charset=utf-8', guide],
    '/page': ['text/html; charset=utf-8', page],
    '/archive': ['application/octet-stream', Uint8Array.from({ length: 5000 }, (_, index) => (index * 7) % 256)],
    '/nothing.png': ['image/png', ''],
    '/feed': ['application/atom+xml', feed],
    '/many.csv': ['text/csv', manyRows],
  };
  const api = await startHttp(t, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const port = String(request.socket.localPort);
    const found = bodies[pathname];
    if (found) response.writeHead(200, { 'content-type': found[0] }).end(found[1]);
    else if (pathname === '/me') answer(response, { you: 'alice', orders: 3 });
    else if (pathname === '/counted') answer(response, { count: ++counted });
    else if (pathname === '/never') return;
    else if (pathname === '/prices') stream(response, 'text/event-stream');
    else if (pathname === '/lines') stream(response, 'application/x-ndjson');
    else if (pathname === '/moved') response.writeHead(302, { location: '/moved/on' }).end();
    else if (pathname === '/moved/on') {
      response.writeHead(307, { location: `http://shop.localhost:${port}/orders?from=elsewhere` }).end();
    } else if (pathname === '/visit') {
      visits.push(request.headers.cookie);
      response.setHeader('set-cookie', [
        `sid=${cookieValue}; Path=/; HttpOnly; SameSite=Lax`,
        'theme=dark; Path=/; Max-Age=31536000',
        'tracker=1; Domain=elsewhere.example',
      ]);
      answer(response, { visits: visits.length });
    } else if (request.method === 'POST') {
      response.statusCode = 201;
      answer(response, { id: 'o-1012', state: 'created' });
    } else if (pathname.startsWith('/orders/o-')) answer(response, { id: pathname.slice(8), state: 'open' });
    else {
      orders += 1;
      answer(response, ordersOf(orders));
    }
  });
  const chat = await startSockets(t, (socket) => {
    socket.on('message', (data, isBinary) => socket.send(isBinary ? data : `you said ${(data as Buffer).toString()}`));
  });
  return {
    // A name reads better than an address, and is the same machine.
    api: api.origin.replace('127.0.0.1', 'api.localhost'),
    chat: chat.origin.replace('http', 'ws'),
    visits,
    picture,
    tell: (text) => open.forEach((response) => response.write(text)),
    listeners: () => open.size,
  };
}

function answer(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** No two answers are the same, so that there is something to compare. */
function ordersOf(answer: number): object {
  const state = (index: number): string => (index <= answer ? 'paid' : index % 3 === 0 ? 'cancelled' : 'open');
  return {
    total: 12,
    updated: `2026-03-14T09:2${answer % 10}:00Z`,
    orders: Array.from({ length: 12 }, (_, at) => ({
      id: `o-${1000 + at}`,
      sku: `A-${(at % 4) + 1}`,
      state: state(at + 1),
      price: { amount: 12.5 * (at + 1), currency: 'EUR' },
      customer: { name: at % 2 === 0 ? 'Zoë Müller' : 'Alice Archer', city: 'Zürich' },
    })),
  };
}

const manyRows = Array.from({ length: 100_001 }, (_, row) =>
  row === 0 ? 'id,name,amount' : `${row},Customer ${row},${(row / 8).toFixed(2)}`,
).join('\n');

const feed =
  '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>New in the shop</title>' +
  '<entry id="1"><title>Tea</title></entry><entry id="2"><title>Cake</title></entry></feed>';
const guide = `# Orders API

An API for **orders**, with [documentation](https://example.com/docs) and \`GET /orders\`.

> Ask for a token first.

\`\`\`json
{ "id": "o-1000", "state": "open" }
\`\`\`

1. sign in
2. list the orders

| name  | type    |
| ----- | ------- |
| id    | string  |
| price | number  |
`;

const page = `<!DOCTYPE html><html><head><title>Shop</title><link rel="stylesheet" href="style.css">
<style>body { font-family: sans-serif } h1 { color: teal }</style></head>
<body><h1>Maintenance</h1><p>The shop is <em>closed</em> until noon.</p>
<p><img src="images/logo.png" alt="Logo of the shop" width="120" height="60"> <a href="/status">Status</a></p>
<form><input value="search"> <button>Go</button></form></body></html>`;
