import type { ProtectedResource } from '../../../src/core/oauth/protectedResource';
import type { AskedApi } from '../../../src/core/oauth/resourceDiscovery';
import type { Header } from '../../../src/core/ports';
import { startQuirkServer, type QuirkServer } from './quirkServer';

export const resourceWellKnown = '/.well-known/oauth-protected-resource';

/** An API on 127.0.0.1 that wants a token for `/orders` and describes itself as a test says (RFC 9728). */
export interface ProtectedApi extends QuirkServer {
  /** What somebody without a token meets at the path. */
  ask(path?: string): Promise<AskedApi>;
}

export interface ProtectedApiOptions {
  /** Members over the metadata; `undefined`: publishes none. */
  readonly metadata?: ((origin: string) => Readonly<Record<string, unknown>>) | undefined;
  /** Parameters of the Bearer challenge. */
  readonly challenge?: (origin: string) => string;
  readonly accepts?: (accessToken: string) => Promise<boolean>;
}

export async function startProtectedApi(options: ProtectedApiOptions = {}): Promise<ProtectedApi> {
  const server = await startQuirkServer();
  const { origin } = server;
  const metadata = options.metadata?.(origin);
  if (metadata) server.routes[resourceWellKnown] = () => ({ body: { resource: origin, ...metadata } });
  const challenge = options.challenge?.(origin) ?? `resource_metadata="${origin}${resourceWellKnown}"`;
  server.routes['/orders'] = async ({ headers }) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (token !== undefined && (await options.accepts?.(token)) === true) return { body: { orders: [] } };
    return { status: 401, headers: { 'www-authenticate': `Bearer ${challenge}` }, body: { title: 'Unauthorized' } };
  };
  return Object.assign(server, {
    ask: async (path = '/orders') => {
      const response = await fetch(`${origin}${path}`);
      await response.text();
      return { url: new URL(path, origin), headers: [...response.headers] as readonly Header[] };
    },
  });
}

/** What is known of an API that has said nothing special. */
export function resourceWith(more: Partial<ProtectedResource>): ProtectedResource {
  return { resource: 'https://api.acme.dev', issuers: [], scopes: [], dpop: false, documentation: undefined, ...more };
}
