import type { RequestListener } from 'node:http';
import type { TokenLookup } from './accessTokens';
import { authenticate, invalidToken, metadataPath } from './bearer';
import { echo } from './echo';
import { numberFrom, sendJson, type Exchange } from './exchange';
import { orderRoutes } from './orderRoutes';
import { OrderBook } from './orders';
import { serveRoutes, type Route } from './router';
import { testRoutes } from './testRoutes';

/** Where the parts of the playground are. */
export interface SampleAddresses {
  readonly issuer: string;
  readonly api: string;
  readonly otherOrigin: string;
}

/** The API that the sample request files call. */
export function sampleApi(lookup: TokenLookup, addresses: SampleAddresses): RequestListener {
  const routes: Route[] = [
    ['GET', '/profile', (exchange) => profile(exchange, lookup)],
    ['GET', '/old-token-check', (exchange) => oldTokenCheck(exchange, lookup)],
    ...orderRoutes(lookup, new OrderBook()),
    ...testRoutes(() => addresses.otherOrigin),
    ['GET', metadataPath, (exchange) => sendJson(exchange, 200, resourceMetadata(addresses))],
  ];
  routes.unshift([
    'GET',
    '/',
    (exchange) => sendJson(exchange, 200, { name: 'Latchkey playground API', routes: routes.map(describe) }),
  ]);
  return serveRoutes(routes);
}

/** The server that a redirect to another origin leads to: it shows what arrived there. */
export function otherOriginApi(): RequestListener {
  return serveRoutes([
    [
      '*',
      '/*',
      (exchange) => echo(exchange, { note: 'You were redirected to another origin. No access token should be here.' }),
    ],
  ]);
}

/** What the API says about itself (RFC 9728 §2), so that nobody has to write down where to sign in. */
function resourceMetadata({ api, issuer }: SampleAddresses): Readonly<Record<string, unknown>> {
  return {
    resource: api,
    resource_name: 'Latchkey playground',
    authorization_servers: [issuer],
    scopes_supported: ['profile', 'email', 'orders.read', 'orders.write'],
    bearer_methods_supported: ['header'],
  };
}

async function profile(exchange: Exchange, lookup: TokenLookup): Promise<void> {
  const { user, scopes, clientId, issuedAt, expiresAt } = await authenticate(exchange, lookup);
  sendJson(exchange, 200, {
    id: user.id,
    ...(scopes.includes('profile') ? { name: user.name } : {}),
    ...(scopes.includes('email') ? { email: user.email } : {}),
    scopes,
    clientId,
    token: { issuedAt: isoTime(issuedAt), expiresAt: isoTime(expiresAt) },
  });
}

/** Refuses tokens that are still valid but older than `maxAge` seconds, as a server with a clock of its own would. */
async function oldTokenCheck(exchange: Exchange, lookup: TokenLookup): Promise<void> {
  const maxAge = numberFrom(exchange.url.searchParams.get('maxAge'), 'maxAge', 30, 86_400);
  const { issuedAt } = await authenticate(exchange, lookup);
  const age = Math.max(0, Math.floor(Date.now() / 1000) - issuedAt);
  if (age > maxAge)
    throw invalidToken(exchange, `The access token is ${age} seconds old, at most ${maxAge} are accepted.`);
  sendJson(exchange, 200, { tokenAge: age, maxAge });
}

function describe([method, path]: Route): string {
  return `${method === '*' ? 'ANY' : method} ${path}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
