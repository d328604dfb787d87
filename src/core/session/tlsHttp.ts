import { relevantTls } from '../oauth/connectionTls';
import type { ConnectionConfig } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { GrantOfTrust } from '../oauth/signInPorts';
import type { SessionRecord } from './sessionRecord';
import type { TlsProfiles } from './tlsProfiles';
import type { TlsScope } from './tlsScope';

/** What {@link tlsHttp} works with. */
export interface TlsHttpPorts {
  readonly http: OAuthHttp;
  readonly tls: TlsProfiles;
}

/** Requests to an authorization server, secured as the settings say. */
export function tlsHttp({ http, tls }: TlsHttpPorts, scope: TlsScope): OAuthHttp {
  return { ...http, transport: tls.transport(http.transport, scope) };
}

/** Requests of a session, when no project file needs to be open. */
export function recordHttp(ports: TlsHttpPorts, record: SessionRecord): OAuthHttp {
  const { tls: settings = [], folder = '', connectionName, fileDigests: digests } = record;
  return tlsHttp(ports, withApproval({ settings, folder, connectionName }, digests));
}

/** Of a connection with the digests of its files, once the user has approved them. */
export function connectionScope({ tls: settings = [], name, fileDigests }: ConnectionConfig, folder: string): TlsScope {
  return withApproval({ settings, folder, connectionName: name }, fileDigests);
}

/** Of a request with a connection's token: all settings, and what was approved of those that the connection uses. */
export function grantedScope(connection: ConnectionConfig, folder: string, grant: GrantOfTrust | undefined): TlsScope {
  const scope = connectionScope({ ...connection, fileDigests: undefined }, folder);
  if (!grant?.facts.files) return scope;
  const origins = new Set(relevantTls(connection, grant.hosts).map(({ origin }) => origin));
  return { ...scope, approved: { origins, digests: grant.facts.files } };
}

function withApproval(scope: TlsScope, digests: ConnectionConfig['fileDigests']): TlsScope {
  if (!digests) return scope;
  return { ...scope, approved: { origins: new Set(scope.settings.map(({ origin }) => origin)), digests } };
}
