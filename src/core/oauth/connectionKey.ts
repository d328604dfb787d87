import { sha256 } from './digest';
import type { ConnectionConfig, Grant } from './model';

type KeyFields = Pick<
  ConnectionConfig,
  'issuer' | 'endpoints' | 'clientId' | 'audience' | 'grant' | 'vscode' | 'clientAuth'
> &
  Partial<Pick<ConnectionConfig, 'resource'>>;

/**
 * What makes two connections the same to a session: the server, the client with how it authenticates, and the
 * audience or resources, whose token is nobody else's business; and whether it is the client itself that signs in, or a
 * session of the client would be used for a person's.
 * Name, label, scopes and origins are left out, so renaming a connection or editing a scope signs nobody out.
 */
export function connectionKey(connection: KeyFields): Promise<string> {
  const { issuer, endpoints, clientId, audience, grant, resource = [], vscode, clientAuth = 'none' } = connection;
  if (vscode !== undefined) return sha256(JSON.stringify(['vscode', vscode]));
  const server = issuer === undefined ? [endpoints.authorization ?? '', endpoints.token ?? ''] : normalized(issuer);
  const client = clientId === undefined ? 'dynamic' : ['client', clientId];
  const manner = [...(clientAuth === 'none' ? [] : [clientAuth]), ...(isPersonal(grant) ? [] : [grant])];
  const resources = resource.length === 0 ? [] : [{ resource: resource.toSorted() }];
  return sha256(JSON.stringify([server, client, audience ?? null, ...manner, ...resources]));
}

/** Both grants sign in a person, so a session of one serves the other. */
function isPersonal(grant: Grant): boolean {
  return grant === 'authorizationCode' || grant === 'deviceCode';
}

/** With and without the closing slash is one issuer. */
function normalized(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).href : issuer;
}
