import { sha256 } from './digest';
import type { ConnectionConfig, ExchangedTokenSetting, Grant } from './model';

type KeyFields = Pick<
  ConnectionConfig,
  'issuer' | 'endpoints' | 'clientId' | 'audience' | 'grant' | 'vscode' | 'clientAuth'
> &
  Partial<Pick<ConnectionConfig, 'assertion' | 'exchange' | 'resource'>>;

/**
 * What makes two connections the same to a session: the server, the client with how it authenticates, and the
 * audience or resources, whose token is nobody else's business; and whether it is the client itself that signs in, or a
 * session of the client would be used for a person's.
 * Name, label, scopes and origins are left out, so renaming a connection or editing a scope signs nobody out.
 */
export async function connectionKey(connection: KeyFields): Promise<string> {
  const { issuer, endpoints, clientId, audience, grant, resource = [], vscode, clientAuth = 'none' } = connection;
  if (vscode !== undefined) return sha256(JSON.stringify(['vscode', vscode]));
  const server = issuer === undefined ? [endpoints.authorization ?? '', endpoints.token ?? ''] : normalized(issuer);
  const client = clientId === undefined ? 'dynamic' : ['client', clientId];
  const manner = [...(clientAuth === 'none' ? [] : [clientAuth]), ...(isPersonal(grant) ? [] : [grant])];
  const resources = resource.length === 0 ? [] : [{ resource: resource.toSorted() }];
  const spoken = await spokenFor(connection);
  return sha256(JSON.stringify([server, client, audience ?? null, ...manner, ...resources, ...spoken]));
}

/**
 * Whom an assertion speaks for, or whose token is exchanged for what: another one is another session. With the keys of
 * the connections that tokens are taken from in it, no session can ever come from itself by way of others, and so none
 * waits for itself when it is renewed.
 */
async function spokenFor({ grant, assertion, exchange }: KeyFields): Promise<readonly unknown[]> {
  if (grant === 'jwtBearer') return [assertion?.issuer ?? null, assertion?.subject ?? null];
  if (grant !== 'tokenExchange' || !exchange) return [];
  const { subject, actor, requestedType } = exchange;
  return [await tokenKey(subject), actor ? await tokenKey(actor) : null, requestedType ?? null];
}

async function tokenKey({ source, type }: ExchangedTokenSetting): Promise<readonly unknown[]> {
  if (source.kind === 'secret') return ['secret', source.name, type ?? null];
  return ['session', source.connection ? await connectionKey(source.connection) : source.name, type ?? null];
}

/** Both grants sign in a person, so a session of one serves the other. */
function isPersonal(grant: Grant): boolean {
  return grant === 'authorizationCode' || grant === 'deviceCode';
}

/** With and without the closing slash is one issuer. */
function normalized(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).href : issuer;
}
