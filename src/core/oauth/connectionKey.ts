import { sha256 } from './digest';
import type { ConnectionConfig } from './model';

/**
 * What makes two connections the same to a session: the server, the client and the audience. Name, label, scopes and
 * origins are left out, so renaming a connection or editing a scope signs nobody out.
 */
export function connectionKey(connection: ConnectionConfig): Promise<string> {
  const { issuer, endpoints, clientId, audience } = connection;
  const server = issuer === undefined ? [endpoints.authorization ?? '', endpoints.token ?? ''] : normalized(issuer);
  return sha256(JSON.stringify([server, clientId === undefined ? 'dynamic' : ['client', clientId], audience ?? null]));
}

/** With and without the closing slash is one issuer. */
function normalized(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).href : issuer;
}
