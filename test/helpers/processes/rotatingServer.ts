import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { startAuthServer, type AuthServer } from '../oauth/authServer';

/** An access token as the server knows it. Times are milliseconds since the epoch. */
interface IssuedToken {
  readonly issuedAt: number;
  readonly byRefresh: boolean;
  /** When it became worthless before its time. */
  killedAt?: number;
}

/**
 * A certified authorization server that rotates refresh tokens and ends the session of whoever uses one twice, with a
 * protected endpoint beside it that takes each access token for exactly its lifetime.
 */
export interface RotatingServer extends AsyncDisposable {
  readonly auth: AuthServer;
  readonly issuer: string;
  /** The protected endpoint. */
  readonly api: string;
  /** How often new tokens were given out for a refresh token. */
  readonly refreshes: () => number;
  /** The errors of the token endpoint: a refresh token that was used twice is among them. */
  readonly refusals: readonly string[];
  /** Refreshes of a token that was neither due nor worthless: each one is a refresh too many. */
  readonly needless: () => readonly string[];
  /** When an access token was, or will be, worth nothing any more. */
  readonly endOf: (token: string) => { readonly at: number; readonly killed: boolean } | undefined;
  /** Makes the newest access token worthless at once, as an API that signs somebody out does. */
  killNewest(): void;
}

/** @param lifetime of access tokens, in seconds. */
export async function startRotatingServer(lifetime: number): Promise<RotatingServer> {
  const auth = await startAuthServer({ accessTokenTtl: lifetime });
  const tokens = new Map<string, IssuedToken>();
  const refusals: string[] = [];
  auth.provider.on('grant.success', (context: KoaContextWithOIDC) => {
    const { access_token: value } = context.body as { readonly access_token: string };
    const byRefresh = context.oidc.params?.['grant_type'] === 'refresh_token';
    tokens.set(value, { issuedAt: Date.now(), byRefresh });
  });
  auth.provider.on('grant.error', (_context: KoaContextWithOIDC, error: Error) => refusals.push(error.message));
  const endOf: RotatingServer['endOf'] = (value) => {
    const token = tokens.get(value);
    if (!token) return undefined;
    const end = token.issuedAt + lifetime * 1000;
    const { killedAt = Infinity } = token;
    return { at: Math.min(end, killedAt), killed: killedAt < end };
  };
  const server = createServer((request, response) => {
    const value = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (Date.now() < (endOf(value)?.at ?? 0)) response.end('{}');
    else response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ auth, issuer: auth.issuer, refusals, endOf },
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`,
    refreshes: () => [...tokens.values()].filter(({ byRefresh }) => byRefresh).length,
    needless: () => needlessRefreshes([...tokens.values()], lifetime * 1000),
    killNewest() {
      const newest = [...tokens.values()].at(-1);
      if (newest) newest.killedAt ??= Date.now();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await auth[Symbol.asyncDispose]();
    },
  };
}

/**
 * A client counts from when the answer arrived, so what it does is never early by the server's clock. The server
 * itself counts in whole seconds, of which the first may be nearly over: a token is worthless that much earlier there.
 */
function needlessRefreshes(tokens: readonly IssuedToken[], lifetime: number): readonly string[] {
  return tokens.slice(1).flatMap(({ issuedAt, byRefresh }, index) => {
    const before = tokens[index];
    if (!byRefresh || before === undefined) return [];
    const dueAt = Math.min(before.issuedAt + lifetime * 0.75, before.killedAt ?? Infinity);
    return issuedAt >= dueAt ? [] : [`refreshed ${dueAt - issuedAt} ms early`];
  });
}
